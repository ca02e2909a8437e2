"""From an event of a room to a row of the inbox: is it for us, and what must be looked up before it is answered."""
