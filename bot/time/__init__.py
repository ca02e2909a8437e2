"""Dates, hours, zones, holidays and recurrence, as people say them and as they are computed. Pure."""
