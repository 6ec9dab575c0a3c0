"""quotum: settles the quota regime of the Dutch jobs agreement (banenafspraak)."""

__version__ = "0.1.0"
