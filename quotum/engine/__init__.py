"""Engines that run expressions: `engine.open(name, ...)` opens one, `interface.Engine` declares its operations."""

from quotum.engine.choice import DUCKDB, ENGINES, SPARK
from quotum.engine.choice import open_engine as open  # noqa: A004 - read as `engine.open`

__all__ = ["DUCKDB", "ENGINES", "SPARK", "open"]
