"""How a sheet comes to be: proposed or made of a message, signed and agreed to by people, reviewed."""
