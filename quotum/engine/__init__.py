"""Where expressions run: `engine.open(name, ...)` gives one, and `interface.Engine` says what it can be asked."""

from quotum.engine.choosing import DUCKDB, ENGINES, SPARK
from quotum.engine.choosing import open_engine as open  # noqa: A004 - read as `engine.open`

__all__ = ["DUCKDB", "ENGINES", "SPARK", "open"]
