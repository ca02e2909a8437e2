"""`!appui`: themes of support, a team's application, and what its people are asked."""
