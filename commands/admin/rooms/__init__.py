"""`!admin` about rooms: linked to a community, what each is for, its language, its protection."""
