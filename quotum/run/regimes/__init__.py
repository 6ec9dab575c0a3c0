"""The regimes under which a year is settled; `regime` chooses."""
