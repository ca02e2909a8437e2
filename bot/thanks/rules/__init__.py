"""What may be thanked for, and when it is passed on. Pure."""
