"""The one shape in which tables pass between stages: a lazy narwhals frame, whatever engine runs it."""

from typing import Any

import narwhals as nw

Frame = nw.LazyFrame[Any]
