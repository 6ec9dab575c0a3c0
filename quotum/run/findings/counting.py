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


def counts(material: Material) -> dict[str, int]:
    """How often each finding of a settlement occurs; those that never do are left out.

    Args:
        material: What the stages gave.
    """
    return numbers(material.engine, {finding.code: finding.places(material) for finding in FINDINGS})


def numbers(engine: Engine, places: Mapping[str, Iterable[Part]]) -> dict[str, int]:
    """How many places there are by name, in order; names without any are left out.

    Numbers of the same frame are counted in one pass: most frames have a row for each employer.

    Args:
        engine: Where it runs.
        places: Places by name.
    """
    totals: Counter[str] = Counter()
    by_frame: defaultdict[int, list[_NumberOfFrame]] = defaultdict(list)
    for code, parts in places.items():
        for part in parts:
            totals[code] += part.times
            if part.counted is not None:
                by_frame[id(part.counted)].append(_NumberOfFrame(code, part.counted, part.number))
    for of_frame in by_frame.values():
        for question, number in zip(of_frame, _numbers(engine, of_frame), strict=True):
            totals[question.code] += number
    return {code: number for code, number in sorted(totals.items()) if number}


@frozen
class _NumberOfFrame:
    """A number to be counted in a frame."""

    code: str
    """What it is the number of."""
    frame: Frame
    """What is counted."""
    number: nw.Expr | None
    """What each row stands for; None: itself."""


def _numbers(engine: Engine, questions: list[_NumberOfFrame]) -> list[int]:
    """The numbers to be counted in the same frame."""
    summed = {
        f"found_{place}": question.number for place, question in enumerate(questions) if question.number is not None
    }
    frame = questions[0].frame.with_columns(**summed) if summed else questions[0].frame
    expressions = sums(*summed)
    if len(summed) < len(questions):
        expressions.append(nw.len().alias(_ROWS))
    row = engine.collect(frame.select(*expressions)).to_pylist()[0]
    return [
        int(row[_ROWS if question.number is None else f"found_{place}"] or 0)
        for place, question in enumerate(questions)
    ]


def places_of(material: Material, finding: Finding) -> Frame | None:
    """The places of a finding together; None where no row, return or employer is its place."""
    frames = [part.rows() for part in finding.places(material) if part.rows is not None]
    return nw.concat(frames, how="vertical") if frames else None


__all__ = ["counts", "numbers", "places_of"]
