"""A community's team: who is in it, what is asked of it, how it takes changes back."""
