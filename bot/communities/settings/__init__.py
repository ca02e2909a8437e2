"""What a community's team may set: the kinds of settings, those of the community itself, what was set."""
