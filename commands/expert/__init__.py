"""`!expert`: ask for help, volunteer, and follow a request to its end."""
