"""Two people talk about a request: questions before a yes, a place to meet after it, news, and how it ended."""
