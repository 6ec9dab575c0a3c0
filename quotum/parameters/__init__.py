"""The dated figures, their closed loader, and scenarios."""
