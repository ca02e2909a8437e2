"""`!rdv R-7 …`: what whoever organises a meet-up changes of it."""
