"""The ears and the mouth: the only folder that imports nio."""
