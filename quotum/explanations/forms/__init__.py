"""The forms of an explanation: text, page, JSON and a screen."""
