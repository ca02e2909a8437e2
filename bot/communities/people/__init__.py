"""People: what they have set, where they are members, when and how much they turned to us."""
