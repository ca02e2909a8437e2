"""Pictures of figures, drawn in a process of their own."""
