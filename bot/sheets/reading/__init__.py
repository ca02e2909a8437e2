"""What is read of sheets: what is published, by searches, side by side, as a document."""
