"""Progress of a command and time left: a bar on a terminal, a line a minute in a log.

Work that takes less than a minute leaves no line in a log. How long it will take is not said before it can be known.
"""

import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from jobs import words
from jobs.terminal import say as print_line
from quotum.words import ENGLISH, Sentence, in_language, joined, phrase

# Share of the time of each stage of a settlement: of 9.3 million rows (65,000 employers) on two cores.
SETTLING: Final = {
    "in force": 29, "count": 9, "jobs": 8, "exempt": 5, "bonus": 27, "surcharge": 3, "settle": 1, "write": 17,
    "tie": 2, "seal": 1,
}  # fmt: skip
_LEVYING: Final = {"year before": 30, "allocate": 10, "levy": 10}
# The same of a simulation, whose first pass is kept; of a replay what comes before and after; and of a comparison.
SIMULATING: Final = {
    "scenarios": 1, "base": 1, "in force": 14, "count": 3, "employers": 3, "jobs": 3, "persons": 4, "rights": 36,
    "sweep": 8, "tables": 2, "write": 30,
}  # fmt: skip
COMPARING: Final = {"digests": 5, "employers": 40, "messages": 30, "deliveries": 20, "write": 10}
_DIGESTS, _DERIVING, _COMPARED = 4, 250, 3
_OTHERWISE: Final = 5
_LINE_AFTER: Final = 60.0
_LOOKED_EVERY: Final = 1.0
_SHOWN_EVERY: Final = 0.25
# What is left is estimated from what is done: not from less than this.
_ENOUGH_SHARE, _ENOUGH_SECONDS = 0.05, 3.0
_OF_STAGE: Final = 0.25
_MINUTE: Final = 60


def stages_with_weights(stages: tuple[str, ...]) -> dict[str, float]:
    """The stages of a settlement with their shares of the work."""
    return {stage: (SETTLING | _LEVYING).get(stage, _OTHERWISE) for stage in stages}


def stages_of_replay(settling: tuple[str, ...], *, from_originals: bool) -> dict[str, float]:
    """The stages of a replay, with those of the settlement between them."""
    deriving = {"derive": float(_DERIVING)} if from_originals else {}
    return {"digests": _DIGESTS} | deriving | stages_with_weights(settling) | {"compare": _COMPARED}


def stages_of_replayed_simulation(*, from_originals: bool) -> dict[str, float]:
    """The stages of a replayed simulation, with those of the simulation between them."""
    deriving = {"derive": float(_DERIVING)} if from_originals else {}
    return {"digests": float(_DIGESTS)} | deriving | SIMULATING | {"compare": float(_COMPARED)}


def stages_again(*more: str) -> dict[str, float]:
    """The stages of a settlement made once more up to what is granted, and what a command does with it."""
    again = ("in force", "count", "jobs", "exempt", "bonus", "surcharge", "settle")
    return stages_with_weights((*again, *more, "write"))


class Course:
    """The progress of a command."""

    def __init__(
        self,
        command: str,
        stages: Mapping[str, float] | None = None,
        total: float | None = None,
        unit: str = "",
        repeats: Mapping[str, int] | None = None,
        clock: Callable[[], float] = time.monotonic,
        query: Callable[[], float | None] = lambda: None,
    ) -> None:
        """Begin.

        Args:
            command: Its name.
            stages: Work in each stage, in their order and in any measure; None where there are no stages.
            total: How much is counted in all, where there are no stages and it is known.
            unit: What is counted; nothing where what is counted is not to be shown.
            repeats: How often a stage comes that comes more than once.
            clock: Seconds since any moment.
            query: How far the present query is, from 0 to 1; None where that is not known.
        """
        self._command, self._weights, self._total, self._unit = command, stages or {}, total, unit
        self._repeats = repeats or {}
        self._clock, self._query = clock, query
        self._began = clock()
        self._stage, self._times = "", 0
        self._queries, self._last = 0, 0.0
        self._counted, self._measured, self._measure = 0, 0.0, 0.0
        self._furthest, self._moved = 0.0, 0.0

    def stage(self, name: str) -> None:
        """Notes that a stage begins and that earlier stages are done; a stage can be skipped or come again."""
        _ = self.share  # so that it does not go back when this stage has no weight
        self._times = self._times + 1 if name == self._stage else 0
        self._stage = name
        self._queries, self._last = 0, 0.0

    def count(self, number: int, what: str = "") -> None:
        """Adds to the number of units that are done."""
        self._counted += number
        self._stage = what or self._stage

    def measure(self, number: float, total: float) -> None:
        """Notes progress in another measure than the counted unit, such as bytes, and its total."""
        self._measured, self._measure = self._measured + number, total

    @property
    def seconds(self) -> float:
        """Time since the start."""
        return self._clock() - self._began

    @property
    def share(self) -> float | None:
        """Part that is done, from 0 to 1; None when unknown."""
        if self._weights:
            present = self._share_of_stages()
        elif self._total:
            present = self._counted / self._total
        elif self._measure and self._measured:
            present = self._measured / self._measure
        else:
            return None
        if present > self._furthest:
            self._furthest, self._moved = min(present, 1.0), self.seconds
        return self._furthest

    def _share_of_stages(self) -> float:
        names = list(self._weights)
        if self._stage not in names:
            return 0.0
        before = names[: names.index(self._stage)]
        present = self._weights[self._stage] * self._share_of_stage()
        return (sum(self._weights[name] for name in before) + present) / sum(self._weights.values())

    def _share_of_stage(self) -> float:
        """Counts each query as a part of what is left of a stage, as the number of queries is unknown."""
        if self._stage in self._repeats:
            return min(self._times / self._repeats[self._stage], 1.0)
        present = self._query() or 0.0
        if present < self._last:
            self._queries += 1
        self._last = present
        return 1 - (1 - _OF_STAGE) ** self._queries * (1 - _OF_STAGE * present)

    def seconds_left(self) -> float | None:
        """Time left, at the rate up to the last progress; None when unknown."""
        share = self.share
        if share is None or share < _ENOUGH_SHARE or self._moved < _ENOUGH_SECONDS:
            return None
        left = self._moved * (1 - share) / share - (self.seconds - self._moved)
        return left if left > 0 else None

    @property
    def doing(self) -> Sentence:
        """The present stage."""
        stage = words.STAGES[self._stage].sentence() if self._stage in words.STAGES else self._stage
        counted = words.UNITS[self._unit].sentence(count=self._counted) if self._unit and self._counted else ""
        return joined(", ", (part for part in (stage, counted) if part))

    @property
    def title(self) -> Sentence:
        """The command and its stage."""
        return joined(": ", (part for part in (self._command, self.doing) if part))

    def line(self) -> Sentence:
        """Command, stage, progress and time left in a line."""
        share, left = self.share, self.seconds_left()
        far = "" if share is None else f"{share:.0%}"
        so_far = words.SO_FAR.sentence(time=_in_words(self.seconds))
        parts = (self.doing, far, so_far, words.LEFT.sentence(time=_in_words(left)) if left else "")
        doing = joined(", ", (part for part in parts if part))
        return phrase("quotum: {command}: {doing}", command=self._command, doing=doing)


class LogLines:
    """Reports the progress of a command, at most once a minute."""

    def __init__(self, course: Course, say: Callable[[str], None]) -> None:
        """Begin.

        Args:
            course: How far the command is.
            say: Writes a line.
        """
        self._course, self._say = course, say
        self._next = _LINE_AFTER

    def look(self) -> None:
        """Reports a line when a minute has passed since the last."""
        _ = self._course.share  # so that it is known when it moved
        if self._course.seconds >= self._next:
            self._say(self._course.line())
            self._next = self._course.seconds + _LINE_AFTER


def bytes_of(paths: Iterable[Path]) -> int:
    """Total bytes of files; an unreadable file counts as 0, and its reader reports why."""
    size = 0
    for path in paths:
        with suppress(OSError):
            size += path.stat().st_size
    return size


@contextmanager
def followed(
    command: str,
    stages: Mapping[str, float] | None = None,
    total: float | None = None,
    unit: str = "",
    repeats: Mapping[str, int] | None = None,
    say: Callable[[str], None] | None = None,
    language: str = ENGLISH,
) -> Iterator[Course]:
    """Shows the progress of a command while it works.

    Args:
        command: Its name.
        stages: Work in each stage.
        total: How much is counted in all.
        unit: What is counted.
        repeats: How often a stage comes that comes more than once.
        say: Writes a line where there is no terminal; on standard error when None.
        language: Language of what is shown.
    """
    from quotum.engine.query_progress import query_share, watch

    course = Course(command, stages, total, unit, repeats, query=query_share)
    if sys.stderr.isatty():
        watch()
        with _on_terminal(course, language):
            yield course
        return
    lines = LogLines(course, say or (lambda line: print_line(line, language, aside=True)))
    with _every(_LOOKED_EVERY, lines.look):
        yield course


@contextmanager
def _on_terminal(course: Course, language: str) -> Iterator[None]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TaskProgressColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn(),
        TextColumn("{task.fields[left]}"),
    )  # fmt: skip
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None, left="")

        def show() -> None:
            share, left = course.share, course.seconds_left()
            estimate = "" if left is None else words.LEFT.words(language, time=_in_words(left))
            total, completed = (None, 0.0) if share is None else (1.0, share)
            title = in_language(course.title, language)
            progress.update(task, description=title, total=total, completed=completed, left=estimate)

        with _every(_SHOWN_EVERY, show):
            yield


@contextmanager
def _every(seconds: float, look: Callable[[], None]) -> Iterator[None]:
    """Looks at intervals, in a thread of its own."""
    stop = threading.Event()

    def turn() -> None:
        while not stop.wait(seconds):
            look()

    thread = threading.Thread(target=turn, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _in_words(seconds: float) -> Sentence:
    """A time in words."""
    if seconds < _MINUTE:
        return phrase("{seconds} s", seconds=max(round(seconds), 1))
    if seconds < _MINUTE * _MINUTE:
        return phrase("{minutes} min", minutes=round(seconds / _MINUTE))
    hours, minutes = divmod(round(seconds / _MINUTE), _MINUTE)
    return words.HOURS.sentence(hours=hours, minutes=minutes)


__all__ = [
    "COMPARING",
    "SETTLING",
    "SIMULATING",
    "Course",
    "LogLines",
    "bytes_of",
    "followed",
    "stages_again",
    "stages_of_replay",
    "stages_of_replayed_simulation",
    "stages_with_weights",
]
