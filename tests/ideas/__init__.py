"""Irritants and ideas."""
