"""Wage cost benefits (loonkostenvoordelen): Wtl, and what it takes from the AOW."""
