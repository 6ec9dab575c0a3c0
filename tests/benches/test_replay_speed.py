"""Repeating a run of two million rows beside settling it, and checking digests beside reading. Run by `make bench`."""

import sys
from pathlib import Path

import pytest

from tests.benches import measure

EMPLOYERS = 14_000
AT_MOST = 1.3
READ = (
    "import pathlib, sys\nfor path in pathlib.Path(sys.argv[1]).rglob('*'):\n    path.is_file() and path.read_bytes()"
)

pytestmark = pytest.mark.bench


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bench-replay")
    measure.command(
        "generate", "--employers", str(EMPLOYERS), "--year", "2026", "--seed", "1", "--format", "parquet", "--out",
        folder / "country",
    )  # fmt: skip
    deliveries = sorted((folder / "country").glob("returns-*.parquet")) + sorted((folder / "country").glob("*.csv"))
    measure.command("receive", *deliveries, "--archive", folder / "archive", "--received", "2027-05-02T06:00:00")
    return folder / "archive"


def test_replay_of_two_million_rows_beside_its_settle(archive: Path) -> None:
    def settle(number: int) -> measure.Measured:
        return measure.command(
            "settle", "--archive", archive, "--year", "2026", "--as-of", "2027-05-01", "--scenario",
            archive.parent / "country" / "scenario.toml", "--out", archive.parent / f"run-{number}",
        )  # fmt: skip

    settle(0)
    # In turn, and the quickest of three counts: a machine that is busy with other things makes no ratio.
    pairs = [(settle(number), measure.command("replay", archive.parent / "run-0")) for number in (1, 2, 3)]
    settled, repeated = (min(item, key=lambda result: result.seconds) for item in zip(*pairs, strict=True))
    lines = {
        "settle": settled,
        "replay": repeated,
        "replay --from-originals": measure.command("replay", archive.parent / "run-0", "--from-originals"),
        "verify": measure.command("verify", archive.parent / "run-0"),
        "archive check": measure.command("archive", "check", "--archive", archive),
        "python reads every byte of the archive": measure.process(sys.executable, "-c", READ, str(archive)),
    }
    measure.report("2 million rows", lines, "settle")
    assert repeated.seconds <= AT_MOST * settled.seconds
