"""The hands: verbs on nouns; each service owns its tables."""
