"""Every mutant of `quotum.law` against the tests: `python -m tests.mutation [module ...]`.

A mutant meets the spec tests of its own rule first, then all spec tests, then the generated
agreement (not with `--spec`). What survives must stand in `survivors.toml` with the reason why it changes nothing; a
survivor without a reason, and a reason without a survivor, end with code 1.
"""

import os
import signal
import sys
import time
import tomllib
from collections.abc import Iterable, Iterator
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from pathlib import Path
from types import ModuleType

# Loaded once, before every fork; what pytest rewrites may not be.
import duckdb  # noqa: F401
import lxml.etree  # noqa: F401
import narwhals  # noqa: F401
import pandas  # noqa: F401
import pyarrow.compute
import pyarrow.parquet
import pytest

from tests.mutation.mutants import Mutant, modules, mutants_of
from tests.mutation.places import RULES, SURVIVORS

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 300
PROCESSES = 2


class _Mutated(MetaPathFinder, Loader):
    """Gives the mutant where its module is asked for."""

    def __init__(self, mutant: Mutant) -> None:
        self.name = f"quotum.law.{mutant.module}"
        self.source = mutant.source

    def find_spec(self, fullname: str, _path: object, _target: object = None) -> ModuleSpec | None:
        return spec_from_loader(fullname, self) if fullname == self.name else None

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self.source, self.name, "exec"), module.__dict__)  # noqa: S102


def suites(module: str) -> tuple[list[str], ...]:
    """Arguments of pytest, the quickest to find a mistake first."""
    folders = sorted(
        str(path) for rule in RULES.get(module, ()) for path in (ROOT / "tests" / "spec").glob(f"rule_{rule}_*")
    )
    agreement = sorted(str(path) for path in (ROOT / "tests" / "engines").glob("test_agreement*.py"))
    quick = ["-k", "not duckdb and not pandas"]
    return (
        [*folders, *quick],
        [str(ROOT / "tests" / "spec"), *quick],
        [*agreement, str(ROOT / "tests" / "commands" / "test_quota_levy.py")],
    )


def survives(mutant: Mutant | None, arguments: list[str]) -> int:
    """Fork a process that runs tests on a mutant; its number."""
    child = os.fork()
    if child:
        return child
    signal.alarm(SECONDS)
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    os.dup2(silent, 2)
    if mutant is not None:
        sys.meta_path.insert(0, _Mutated(mutant))
    code = pytest.main(["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *arguments])
    os._exit(0 if code == pytest.ExitCode.OK else 1)


def outcomes(result: Iterable[Mutant], stages: int) -> Iterator[tuple[Mutant, int | None]]:
    """Each mutant with the place of the suite that killed it; None when it survives the first `stages` of them."""
    waiting, running = list(reversed(list(result))), {}
    queue = [(mutant, 0) for mutant in waiting]
    while queue or running:
        while queue and len(running) < PROCESSES:
            mutant, stage = queue.pop()
            running[survives(mutant, suites(mutant.module)[stage])] = mutant, stage
        child, status = os.wait()
        mutant, stage = running.pop(child)
        if status:
            yield mutant, stage
        elif stage + 1 == stages:
            yield mutant, None
        else:
            queue.append((mutant, stage + 1))


def require_sound(names: list[str], stages: int) -> None:
    """Without a mistake every suite passes, before and after: otherwise nothing that fails means anything."""
    for arguments in {tuple(suite): None for name in names for suite in suites(name)[:stages]}:
        _child, status = os.waitpid(survives(None, list(arguments)), 0)
        if status:
            sys.exit(f"the tests fail without any mistake: pytest {' '.join(arguments)}")


def main(chosen: list[str]) -> int:
    """Run the mutants of some modules, or of all, and say what survived."""
    os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = "/dev/null"
    pyarrow.set_cpu_count(1)
    stages = 2 if "--spec" in chosen else 3
    names = [name for name in chosen if name != "--spec"] or modules()
    reasons: dict[str, str] = tomllib.loads(SURVIVORS.read_text("utf-8")) if SURVIVORS.exists() else {}
    require_sound(names, stages)
    mutants = [mutant for name in names for mutant in mutants_of(name)]
    started, survivors, killed = time.monotonic(), [], [0, 0, 0]
    for count, (mutant, stage) in enumerate(outcomes(mutants, stages), 1):
        if stage is None:
            survivors.append(mutant.name)
            print(f"survives: {mutant.name}", flush=True)
        else:
            killed[stage] += 1
        if count % 50 == 0:
            print(f"{count} of {len(mutants)} mutants, {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
    require_sound(names, stages)
    unexplained = [name for name in survivors if name not in reasons]
    about = tuple(f"{name}." for name in names)
    stale = [name for name in reasons if name.startswith(about) and name not in survivors]
    print(
        f"{len(mutants)} mutants: killed by the spec tests of their rule {killed[0]}, by other spec tests {killed[1]}, "
        f"by the agreement {killed[2]}; {len(survivors)} survive, {len(unexplained)} of them without a reason"
    )
    for name in stale:
        print(f"no longer survives, its reason can go: {name}")
    return 1 if unexplained or stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
