"""What is demanded of rows and of whole returns: raw rows in, accepted rows and findings out."""
