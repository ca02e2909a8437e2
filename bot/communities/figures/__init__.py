"""Figures for a community's team: how a noun declares them, and what may be shown."""
