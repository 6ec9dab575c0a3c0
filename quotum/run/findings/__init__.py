"""What a settlement finds beside amounts: how often, where, and what is at stake."""
