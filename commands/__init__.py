"""The menu: one file or folder for each word that a member types."""
