"""Surcharge, sectors and savings loss: Wet banenafspraak."""
