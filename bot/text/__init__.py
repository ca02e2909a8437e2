"""What people write, read without knowing who or where: words, numbers, quotes, emergencies, patient data. Pure."""
