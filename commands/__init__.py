"""The menu: one file per word that a member types."""
