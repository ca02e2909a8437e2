"""The door: from an event to a reply."""
