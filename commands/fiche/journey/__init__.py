"""`!fiche F-12 …` about a published sheet: try it, adapt it, offer it to others, let it last."""
