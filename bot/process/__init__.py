"""This process and its children: its memory, its tasks, what it waits for."""
