"""The dashboard of a community's team: it shows what all nouns declare (`Noun.figures`), and knows none of them."""
