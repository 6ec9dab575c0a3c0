"""How often findings occur: the number of their places, each frame looked at once."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

import narwhals as nw
from attrs import frozen

from quotum.engine.interface import Engine
from quotum.frames import Frame
from quotum.run.findings.declared import FINDINGS
from quotum.run.findings.finding import Finding, Material, Part
from quotum.run.stages.columns import sums

_ROWS = "rows_found"


def counts(made: Material) -> dict[str, int]:
    """How often each finding of a settlement occurs; those that never do are left out.

    Args:
        made: What the stages gave.
    """
    return numbers(made.engine, {one.code: one.places(made) for one in FINDINGS})


def numbers(engine: Engine, places: Mapping[str, Iterable[Part]]) -> dict[str, int]:
    """How many places there are by name, in order; names without any are left out.

    What is counted in the same frame is counted at once: most frames have a row for each employer.

    Args:
        engine: Where it runs.
        places: Places by name.
    """
    found: Counter[str] = Counter()
    asked: defaultdict[int, list[_Asked]] = defaultdict(list)
    for code, parts in places.items():
        for part in parts:
            found[code] += part.times
            if part.counted is not None:
                asked[id(part.counted)].append(_Asked(code, part.counted, part.number))
    for of_frame in asked.values():
        for one, number in zip(of_frame, _numbers(engine, of_frame), strict=True):
            found[one.code] += number
    return {code: number for code, number in sorted(found.items()) if number}


@frozen
class _Asked:
    """A number that is asked of a frame."""

    code: str
    """What it is the number of."""
    frame: Frame
    """What is counted."""
    number: nw.Expr | None
    """What each row stands for; None: itself."""


def _numbers(engine: Engine, asked: list[_Asked]) -> list[int]:
    """The numbers that are asked of one and the same frame."""
    summed = {f"found_{place}": one.number for place, one in enumerate(asked) if one.number is not None}
    frame = asked[0].frame.with_columns(**summed) if summed else asked[0].frame
    wanted = sums(*summed)
    if len(summed) < len(asked):
        wanted.append(nw.len().alias(_ROWS))
    row = engine.collect(frame.select(*wanted)).to_pylist()[0]
    return [int(row[_ROWS if one.number is None else f"found_{place}"] or 0) for place, one in enumerate(asked)]


def places_of(made: Material, finding: Finding) -> Frame | None:
    """The places of a finding together; None where no row, return or employer is its place."""
    frames = [part.rows() for part in finding.places(made) if part.rows is not None]
    return nw.concat(frames, how="vertical") if frames else None


__all__ = ["counts", "numbers", "places_of"]
