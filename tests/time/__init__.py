"""Promises of dates, hours and zones."""
