"""Reads what people write, whoever and wherever: words, numbers, quotes, emergencies, patient data. Pure."""
