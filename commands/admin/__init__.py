"""`!admin`: what a community's team sets and sees."""
