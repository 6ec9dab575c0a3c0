"""The worked examples come out exactly, in whatever form and order their deliveries come."""

import gzip
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from tests.helpers import (
    EXAMPLES,
    KINDS,
    discreet,
    example,
    example_files,
    personal_values,
    rows_of,
    settle_command,
    settled,
    table_rows,
    take_in,
    write_csv,
    write_parquet,
)
from tests.rows import csv_text

Calls = list[list[Path]]
"""The files of each receive call."""


def _expected(name: str, table: str) -> list[dict[str, str]]:
    return rows_of(example(name) / f"expected_{table}.csv")


def _as_text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def assert_as_expected(name: str, calls: Calls, folder: Path) -> None:
    """Receive the calls, settle, and compare every column that is expected, of every line."""
    for call in calls:
        take_in(folder / "archive", call)
    run = folder / "run"
    settled(folder / "archive", run, example(name) / "scenario.toml")
    for table in ("settlement", "bonus_lines"):
        expected = _expected(name, table)
        assert expected
        rows = [{column: _as_text(row[column]) for column in expected[0]} for row in table_rows(run, table)]
        assert rows == expected
    columns = _expected(name, "settlement")[0]
    in_csv = [{column: row[column] for column in columns} for row in rows_of(run / "data" / "settlement.csv")]
    assert in_csv == _expected(name, "settlement")


def _parquet(name: str, folder: Path, *, typed: bool) -> list[Path]:
    return [
        write_parquet(folder / f"{path.stem}.parquet", path.stem, rows_of(path), typed=typed)
        for path in example_files(name)
    ]


def from_csv(name: str, _folder: Path) -> Calls:
    return [example_files(name)]


def a_call_per_file(name: str, _folder: Path) -> Calls:
    return [[path] for path in example_files(name)]


def from_typed_parquet(name: str, folder: Path) -> Calls:
    return [_parquet(name, folder, typed=True)]


def from_parquet_of_strings(name: str, folder: Path) -> Calls:
    return [_parquet(name, folder, typed=False)]


def csv_and_parquet_in_one_call(name: str, folder: Path) -> Calls:
    return [[*example_files(name), *_parquet(name, folder, typed=True)]]


def csv_and_parquet_in_two_calls(name: str, folder: Path) -> Calls:
    return [example_files(name), _parquet(name, folder, typed=True)]


def parquet_and_csv_in_two_calls(name: str, folder: Path) -> Calls:
    return [_parquet(name, folder, typed=False), example_files(name)]


def the_same_files_twice(name: str, _folder: Path) -> Calls:
    return [example_files(name), example_files(name)]


def _spread(name: str, folder: Path, seed: int, returns_files: int) -> list[Path]:
    """Every kind shuffled and dealt over files, columns in another order too, files in any order."""
    chance = random.Random(seed)  # noqa: S311 (the same each time)
    paths = []
    for path in example_files(name):
        rows = rows_of(path)
        columns = list(rows[0])
        chance.shuffle(rows)
        files = returns_files if path.stem == "returns" else min(3, len(rows))
        for number in range(files):
            chance.shuffle(columns)
            part = folder / f"{path.stem}-{number}.csv"
            paths.append(write_csv(part, path.stem, rows[number::files], columns))
    chance.shuffle(paths)
    return paths


def shuffled_over_two_files(name: str, folder: Path) -> Calls:
    return [_spread(name, folder, 1, 2)]


def shuffled_over_seven_files(name: str, folder: Path) -> Calls:
    return [_spread(name, folder, 2, 7)]


def shuffled_over_sixty_files(name: str, folder: Path) -> Calls:
    return [_spread(name, folder, 3, 60)]


def returns_over_five_calls(name: str, folder: Path) -> Calls:
    paths = _spread(name, folder, 4, 5)
    return [[path] for path in paths if path.stem.startswith("returns")] + [
        [path for path in paths if not path.stem.startswith("returns")]
    ]


def gzipped(name: str, folder: Path) -> Calls:
    paths = []
    for path in example_files(name):
        packed = folder / f"{path.stem}.gz"
        packed.write_bytes(gzip.compress(path.read_bytes()))
        paths.append(packed)
    return [paths]


def zstandard_packed(name: str, folder: Path) -> Calls:
    paths = []
    for path in example_files(name):
        packed = folder / f"{path.stem}.zst"
        packed.write_bytes(zstandard.compress(path.read_bytes()))
        paths.append(packed)
    return [paths]


def one_zip_with_everything(name: str, folder: Path) -> Calls:
    packed = folder / "all.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.mkdir("folder")
        for path in example_files(name):
            rows = rows_of(path)
            for number in range(4 if path.stem == "returns" else 1):
                part = rows[number::4] if path.stem == "returns" else rows
                archive.writestr(f"folder/{path.stem}-{number}", csv_text(path.stem, part))
    return [[packed]]


def one_zip_with_parquet(name: str, folder: Path) -> Calls:
    packed = folder / "parquet.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for path in _parquet(name, folder, typed=True):
            archive.write(path, path.name)
    return [[packed]]


FORMS: tuple[Callable[[str, Path], Calls], ...] = (
    from_csv,
    a_call_per_file,
    from_typed_parquet,
    from_parquet_of_strings,
    csv_and_parquet_in_one_call,
    csv_and_parquet_in_two_calls,
    parquet_and_csv_in_two_calls,
    the_same_files_twice,
    shuffled_over_two_files,
    shuffled_over_seven_files,
    shuffled_over_sixty_files,
    returns_over_five_calls,
    gzipped,
    zstandard_packed,
    one_zip_with_everything,
    one_zip_with_parquet,
)


# The rest of the forms, and the many files of the smaller example, only with `make test-all`.
QUICK_FORMS = {
    EXAMPLES[0]: {
        from_csv, csv_and_parquet_in_two_calls, shuffled_over_seven_files, one_zip_with_everything,
    },
    EXAMPLES[1]: {from_csv},
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "form"),
    [
        pytest.param(
            name,
            form,
            id=f"{name}-{form.__name__}",
            marks=[] if form in QUICK_FORMS[name] else [pytest.mark.slow],
        )
        for name in EXAMPLES
        for form in FORMS
    ],
)
def test_exactly_as_expected(name, form, tmp_path):
    files = tmp_path / "files"
    files.mkdir()
    assert_as_expected(name, form(name, files), tmp_path)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_command_says_nothing_personal(name, tmp_path):
    take_in(tmp_path / "archive", example_files(name))
    result = settle_command(tmp_path / "archive", tmp_path / "run", "--scenario", example(name) / "scenario.toml")
    assert result.exit_code == 0
    identifiers = {value for value in personal_values(example_files(name)) if "." not in value and "-" not in value}
    assert len(identifiers) > len(KINDS)
    discreet(result.output, identifiers)
