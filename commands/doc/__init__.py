"""`!doc`: look for a resource, propose one, say what is wrong with one."""
