"""What is kept, by digest; what was known on a day; what is in force."""
