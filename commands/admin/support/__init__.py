"""`!admin appui`: themes of support, and the applications of teams."""
