"""Do numbers, dates and their exactness agree: within each text with their encoding, and between the two."""
