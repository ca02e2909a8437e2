"""Public lists as data: territories and professions, found by what people type."""
