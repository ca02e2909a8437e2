"""What passes between Relais and Matrix as plain data: events that come in, messages and actions that go out. Pure."""
