"""A synthetic country is valid, the same every time, and has everything in it."""

import csv
import os
import subprocess
import sys
import tomllib
import zipfile
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xmlschema
from click.testing import CliRunner
from lxml import etree

from jobs.generate import command
from quotum.errors import CannotWrite, WrongUse
from quotum.generate import defects, rights
from quotum.generate.country import generate
from quotum.generate.flat import NAMES
from quotum.identifiers import passes_eleven_test
from quotum.intake.receive import receive
from quotum.run.settle import prepare, settle
from quotum.run_folder.request import Request
from quotum.tables import DECLARATIONS, DELIVERIES, RETURNS

CHECKOUT = Path(__file__).parents[2]
SCHEMAS = Path(os.environ.get("QUOTUM_SCHEMAS", CHECKOUT.parent / "shared" / "formats"))
ASKED = ("IndAvrLkvOudrWn", "IndAvrLkvAgWn", "IndAvrLkvDgBaf", "IndAvrLkvHpAgWn")
DECIDED = ("SrtIV", "CdAard", "IndWAO", "IndWW", "IndZW")
WAGES = ("LnSV", "PrlnAofAnwLg", "PrlnAofAnwHg", "PrlnAofAnwUit", "AantVerlU")


@pytest.fixture(scope="module")
def sixty(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sixty")
    for form in ("xml", "csv", "parquet"):
        generate(60, 2026, 1, folder / form, form)
    return folder


@pytest.fixture(scope="module")
def country(tmp_path_factory):
    out = tmp_path_factory.mktemp("country") / "out"
    summary = generate(300, 2026, 1, out, "csv")
    return out, summary


@pytest.fixture(scope="module")
def with_many(tmp_path_factory):
    """A country in which every employer hands over and everybody lent out is allocated, as far as may be."""
    out = tmp_path_factory.mktemp("with_many") / "out"
    with pytest.MonkeyPatch.context() as patch:
        for name in ("TRANSFER_SHARE", "ALLOCATED_SHARE"):
            patch.setattr(rights, name, 10_000)
        generate(300, 2026, 1, out, "csv")
    return out


@pytest.fixture(scope="module")
def country_in_xml(tmp_path_factory):
    out = tmp_path_factory.mktemp("country_in_xml") / "out"
    generate(300, 2026, 1, out)
    return [etree.fromstring(message) for _, message in messages_of(out)]


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def returns_of(folder, year=2026):
    return [row for path in sorted(folder.glob(f"returns-{year}*.csv")) for row in rows_of(path)]


def messages_of(folder):
    for path in sorted(folder.glob("*.zip")):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                yield name, archive.read(name)


def schema_path(year):
    path = SCHEMAS / f"Loonaangifte{year}v2.0.xsd"
    if not path.exists():
        pytest.skip(f"the official schema is not at {path}: set QUOTUM_SCHEMAS to the folder that holds it")
    return path


def text_of(node, name):
    result = node.find(f"{{*}}{name}")
    return "" if result is None else result.text


def income_period_in_force(relation, first_day):
    """The income period in force on the first day in service; none then: the earliest."""
    periods = sorted(relation.findall("{*}Inkomstenperiode"), key=lambda period: text_of(period, "DatAanv"))
    begun = [period for period in periods if text_of(period, "DatAanv") <= first_day]
    return begun[-1] if begun else periods[0]


def flat_relation(relation, start):
    """The flat form of one income relation, read from the XML as contract.md says."""
    person = relation.find("{*}NatuurlijkPersoon")
    started = text_of(relation, "DatAanv")
    deciding = income_period_in_force(relation, max(start, started))
    periods = relation.findall("{*}Inkomstenperiode")
    wages = relation.find("{*}Werknemersgegevens")
    return {
        "NumIV": text_of(relation, "NumIV"),
        "SofiNr": text_of(person, "SofiNr"),
        "PersNr": text_of(relation, "PersNr"),
        "DatAanv": started,
        "DatEind": text_of(relation, "DatEind"),
        "Gebdat": text_of(person, "Gebdat"),
        **{name: text_of(deciding, name) for name in DECIDED},
        **{name: "J" if any(text_of(period, name) == "J" for period in periods) else "N" for name in ASKED},
        **{name: text_of(wages, name) for name in WAGES},
    }


def flat_rows(message):
    """The flat form of one message."""
    root = etree.fromstring(message)
    unit = root.find("{*}AdministratieveEenheid")
    head = {
        "IdBer": text_of(root.find("{*}Bericht"), "IdBer"),
        "DatTdAanm": text_of(root.find("{*}Bericht"), "DatTdAanm"),
        "LhNr": text_of(unit, "LhNr"),
    }
    for part in unit.iterfind("{*}*"):
        if not part.tag.endswith(("TijdvakAangifte", "TijdvakCorrectie")):
            continue
        inner, kind = part, "C"
        for name, letter in (("VolledigeAangifte", "V"), ("AanvullendeAangifte", "A")):
            if part.find(f"{{*}}{name}") is not None:
                inner, kind = part.find(f"{{*}}{name}"), letter
        start = text_of(part, "DatAanvTv")
        period = head | {"Soort": kind, "DatAanvTv": start, "DatEindTv": text_of(part, "DatEindTv")}
        empty = dict.fromkeys(NAMES, "") | period | {"Actie": "I"}
        initial = inner.findall("{*}InkomstenverhoudingInitieel")
        withdrawn = inner.findall("{*}InkomstenverhoudingIntrekking")
        if not initial and not withdrawn:
            yield empty
        for relation in initial:
            yield empty | flat_relation(relation, start)
        for relation in withdrawn:
            yield empty | {"Actie": "X"} | {name: text_of(relation, name) for name in ("NumIV", "SofiNr", "PersNr")}


def test_every_message_is_valid_with_lxml(sixty):
    schema = etree.XMLSchema(etree.parse(schema_path(2026)))
    count = 0
    for name, message in messages_of(sixty / "xml"):
        assert schema.validate(etree.fromstring(message)), (name, schema.error_log.last_error)
        count += 1
    assert count > 600


def test_a_sample_is_valid_with_xmlschema(sixty):
    schema = xmlschema.XMLSchema(schema_path(2026))
    small = sorted(messages_of(sixty / "xml"), key=lambda result: len(result[1]))
    for _, message in small[::40][:15]:
        schema.validate(message.decode())


def test_a_country_of_2022_is_valid_too(tmp_path):
    schema = etree.XMLSchema(etree.parse(schema_path(2022)))
    generate(15, 2022, 3, tmp_path / "out")
    for name, message in messages_of(tmp_path / "out"):
        assert schema.validate(etree.fromstring(message)), (name, schema.error_log.last_error)


def test_xml_and_csv_say_the_same(sixty):
    from_xml = [row for _, message in messages_of(sixty / "xml") for row in flat_rows(message)]
    assert from_xml == returns_of(sixty / "csv")


def test_totals_are_the_rows_rounded_down(country_in_xml):
    names = (
        ("TotLnSV", "LnSV"),
        ("TotPrlnAofAnwLg", "PrlnAofAnwLg"),
        ("TotPrlnAofAnwHg", "PrlnAofAnwHg"),
        ("TotPrlnAofAnwUit", "PrlnAofAnwUit"),
    )
    seen_negative = False
    for root in country_in_xml:
        for totals in root.iter("{*}CollectieveAangifte"):
            wages = [
                row.find("{*}Werknemersgegevens")
                for row in totals.getparent().findall("{*}InkomstenverhoudingInitieel")
            ]
            for total, name in names:
                cents = sum(int(text_of(row, name).replace(".", "")) for row in wages)
                assert int(text_of(totals, total)) == cents // 100
                seen_negative |= cents < 0
    assert seen_negative


def test_csv_and_parquet_say_the_same(sixty):
    for year in (2026, 2012):
        tables = [pq.read_table(path) for path in sorted((sixty / "parquet").glob(f"returns-{year}*.parquet"))]
        table = pa.concat_tables(tables)
        texts = [{name: _text(value) for name, value in row.items()} for row in table.to_pylist()]
        assert texts == returns_of(sixty / "csv", year)
        assert table.schema.field("LnSV").type == pa.decimal128(12, 2)
        assert table.schema.field("DatTdAanm").type == pa.timestamp("us")
        assert table.schema.field("DatAanv").type == pa.date32()


def _text(value):
    return "" if value is None else value.isoformat() if hasattr(value, "isoformat") else str(value)


def test_other_deliveries_are_the_same_in_every_form(sixty):
    for name in (*(f"{table.name}.csv" for table in DELIVERIES if table is not RETURNS), "scenario.toml"):
        assert len({(sixty / form / name).read_bytes() for form in ("xml", "csv", "parquet")}) == 1


@pytest.mark.parametrize("form", ["xml", "parquet", "csv"])
def test_same_seed_same_bytes_elsewhere(sixty, tmp_path, form):
    program = (
        "import sys; from pathlib import Path; from quotum.generate.country import generate; "
        "generate(60, 2026, 1, Path(sys.argv[1]), sys.argv[2])"
    )
    elsewhere = {"PYTHONHASHSEED": "4321", "TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONPATH": str(CHECKOUT)}
    subprocess.run([sys.executable, "-c", program, str(tmp_path / "out"), form], check=True, env=os.environ | elsewhere)
    here = {path.name: path.read_bytes() for path in (sixty / form).iterdir()}
    assert here == {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}


def test_another_seed_is_another_country(sixty, tmp_path):
    generate(60, 2026, 2, tmp_path / "out", "csv")
    assert (tmp_path / "out" / "register.csv").read_bytes() != (sixty / "csv" / "register.csv").read_bytes()


def test_the_size_of_a_chunk_changes_nothing(sixty, tmp_path, monkeypatch):
    monkeypatch.setattr("quotum.generate.country.PEOPLE_AT_ONCE", 40)
    monkeypatch.setattr("quotum.generate.country.PERSONS_AT_ONCE", 100)
    generate(60, 2026, 1, tmp_path / "out", "csv")
    for path in (sixty / "csv").iterdir():
        assert path.read_bytes() == (tmp_path / "out" / path.name).read_bytes(), path.name


def test_headers_are_those_of_the_deliveries(country):
    out, _ = country
    for table in DELIVERIES[1:]:
        header = (out / f"{table.name}.csv").read_text(encoding="utf-8").splitlines()[0]
        assert header == ",".join(column.delivered_name for column in table.columns)


def test_numbers_pass_the_eleven_test_and_are_unique(country):
    out, _ = country
    employers = [row["rsin"] for row in rows_of(out / "employers.csv")]
    assert len(set(employers)) == len(employers) == 300
    returns = returns_of(out) + returns_of(out, 2012)
    persons = {row["SofiNr"] for row in returns if row["SofiNr"]}
    registered = {row["bsn"] for row in rows_of(out / "register.csv")}
    for number in {*employers, *persons, *registered}:
        assert passes_eleven_test(number)
    assert {row["LhNr"][:9] for row in returns} <= set(employers)
    assert not persons & set(employers)
    assert registered - persons, "some people in the register work nowhere"
    assert registered & persons


def test_everything_occurs(country):
    out, summary = country
    rows = returns_of(out)
    reported = [row for row in rows if row["NumIV"] and row["Actie"] == "I"]
    assert summary.rows == len(rows)
    assert summary.messages == len({(row["LhNr"], row["IdBer"]) for row in rows})
    assert summary.payroll_tax_numbers == len({row["LhNr"] for row in rows})
    assert {row["SrtIV"] for row in reported} >= {"11", "13", "15", "17", "18", "31"}
    assert {row["CdAard"] for row in reported} >= {"", "1", "11", "18", "21", "22", "23", "24", "82", "83"}
    kinds = Counter((row["Soort"], row["Actie"]) for row in rows)
    assert min(kinds[kind] for kind in (("V", "I"), ("A", "I"), ("C", "I"), ("A", "X"), ("C", "X"))) >= 5
    assert len({row["LhNr"] for row in rows if row["DatAanvTv"] == "2026-01-26"}) >= 10, "four-week filers"
    assert sum(not row["NumIV"] for row in rows) >= 20, "empty returns"
    full = Counter(
        (row["LhNr"], row["DatAanvTv"])
        for row in {(row["LhNr"], row["DatAanvTv"], row["IdBer"]): row for row in rows if row["Soort"] == "V"}.values()
    )
    assert sum(count > 1 for count in full.values()) >= 5, "refilings"
    assert sum(row["DatTdAanm"] > "2027-05-01T23:59:59" for row in rows) >= 5, "filed after 1 May"
    assert sum(int(row["AantVerlU"]) < 0 for row in reported) >= 2
    assert sum(row["Gebdat"] == "" for row in reported) >= 5
    assert sum(row["SofiNr"] == "" for row in reported) >= 5
    assert sum(row["NumIV"] == "2" for row in reported) >= 5
    assert len({row["LhNr"][-2:] for row in rows}) >= 2
    born_67_years_before = {row["SofiNr"] for row in reported if row["Gebdat"].startswith("1959")}
    assert len(born_67_years_before) >= 20, "people who reach the pension age in the year"
    assert any(row["DatEind"].startswith("2026") for row in reported)
    assert any(row["DatAanv"].startswith("2026") for row in reported)
    for name in (*ASKED, "IndWAO", "IndWW", "IndZW"):
        assert {row[name] for row in reported} == {"J", "N"}, name
    traits = {row["trait"] for row in rows_of(out / "traits.csv")}
    assert traits == {"wsw", "wsw_seconded", "sheltered", "lent_out"}


def test_multi_period_relations_and_corrections_in_both_places(country_in_xml):
    two, inside, alone, several = 0, 0, 0, 0
    for root in country_in_xml:
        two += sum(len(row.findall("{*}Inkomstenperiode")) > 1 for row in root.iter("{*}InkomstenverhoudingInitieel"))
        corrections = len(list(root.iter("{*}TijdvakCorrectie")))
        if corrections and next(root.iter("{*}TijdvakAangifte"), None) is not None:
            inside += 1
        elif corrections:
            alone += 1
        several += corrections > 1
    assert two >= 20
    assert inside >= 3
    assert alone >= 3
    assert several >= 1


def test_no_message_contradicts_itself(country):
    out, _ = country
    for year in (2026, 2012):
        identities = Counter(
            (row["LhNr"], row["IdBer"], row["DatAanvTv"], row["Soort"], row["SofiNr"] or row["PersNr"], row["NumIV"])
            for row in returns_of(out, year)
            if row["NumIV"]
        )
        assert max(identities.values()) == 1


def test_what_is_corrected_or_withdrawn_was_reported_before(country):
    out, _ = country
    reported, times = {}, {}
    rows = returns_of(out)
    for row in rows:
        key = (row["LhNr"], row["DatAanvTv"])
        if row["Soort"] == "V":
            times.setdefault(key, []).append(row["DatTdAanm"])
            if row["NumIV"]:
                reported.setdefault(key, set()).add((row["SofiNr"] or row["PersNr"], row["NumIV"]))
    for row in rows:
        if row["Soort"] != "V":
            key = (row["LhNr"], row["DatAanvTv"])
            assert row["DatTdAanm"] > max(times[key])
            if row["Actie"] == "X":
                assert (row["SofiNr"] or row["PersNr"], row["NumIV"]) in reported[key]


def test_december_2012_has_a_baseline(country):
    out, summary = country
    rows = returns_of(out, 2012)
    assert len(rows) == summary.baseline_rows
    assert {(row["DatAanvTv"], row["DatEindTv"]) for row in rows} == {
        ("2012-12-01", "2012-12-31"),
        ("2012-12-03", "2012-12-31"),
    }
    result = {row["bsn"] for row in rows_of(out / "register.csv") if row["registered_from"] <= "2012-12-31"}
    assert sum(row["SofiNr"] in result for row in rows if row["NumIV"]) >= 3


def test_register_has_beginnings_ends_and_second_registrations(country):
    out, _ = country
    rows = rows_of(out / "register.csv")
    assert any(row["registered_from"].startswith("2026") for row in rows)
    assert any(row["registered_until"].startswith("2026") for row in rows)
    assert max(Counter(row["bsn"] for row in rows).values()) == 2
    for row in rows:
        assert not row["registered_until"] or row["registered_from"] <= row["registered_until"]


def test_scenario_asks_more_than_there_is(country):
    out, _ = country
    scenario = tomllib.loads((out / "scenario.toml").read_text(encoding="utf-8"))
    result = scenario["set"]
    assert result["wet_banenafspraak.in_force_from"] == date(2024, 1, 1)
    assert result["wet_banenafspraak.activated_in"] == 2024
    assert result["wet_banenafspraak.surcharge_rate"] == "balance"
    assert 0 < float(result["wet_banenafspraak.required_share"]) < 10
    assert result["wet_banenafspraak.target_jobs_market"] > 20
    assert "made up" in scenario["note"]


def test_wage_bills_are_there_for_most(country):
    out, _ = country
    known = {row["rsin"] for row in rows_of(out / "wage_bills.csv")}
    employers = rows_of(out / "employers.csv")
    started_late = {row["rsin"] for row in employers if row["started_on"] >= "2025-01-01"}
    assert not known & started_late
    assert started_late
    assert 0.7 * len(employers) < len(known) < len(employers) - len(started_late)


def test_declarations_are_of_all_categories_and_go_with_the_requests(country):
    """Most of who is asked for has a declaration that covers the start; others have one that gives no right."""
    out, _ = country
    declared = rows_of(out / "declarations.csv")
    assert {row["category"] for row in declared} == set(DECLARATIONS.column("category").choices)
    known = {row["SofiNr"] for row in returns_of(out) if row["SofiNr"]}
    for row in declared:
        assert row["bsn"] in known
        assert not row["until"] or row["from"] <= row["until"]
    for category, request in zip(("older", "disabled", "jobs_agreement", "reassigned"), ASKED, strict=True):
        asked = {row["SofiNr"]: row["DatAanv"] for row in returns_of(out) if row[request] == "J" and row["SofiNr"]}
        result = {row["bsn"]: row["from"] for row in declared if row["category"].removesuffix("_training") == category}
        assert 0.6 * len(asked) < len(asked.keys() & result) < len(asked), category
        covered = sum(result[bsn] <= start for bsn, start in asked.items() if bsn in result)
        if category != "reassigned":
            assert 0.8 * len(asked.keys() & result) < covered < len(result), category


def test_transfers_are_between_employers_that_are_there(country, with_many):
    assert rows_of(country[0] / "transfers.csv")
    out = with_many
    lives = {row["rsin"]: (row["started_on"], row["ended_on"] or "9999") for row in rows_of(out / "employers.csv")}
    rows = rows_of(out / "transfers.csv")
    assert len(rows) > 200
    assert len({row["from_rsin"] for row in rows}) == len(rows), "each hands over once, so never more than the whole"
    for row in rows:
        assert row["from_rsin"] != row["to_rsin"]
        assert "2025-01-01" <= row["on"] <= "2026-12-31"
        assert lives[row["from_rsin"]][0] < row["on"]
        for rsin in (row["from_rsin"], row["to_rsin"]):
            assert lives[rsin][0] <= row["on"] <= lives[rsin][1]
        assert 0 < float(row["share"]) <= 1


def test_a_lone_employer_hands_nothing_over(tmp_path, monkeypatch):
    for name in ("TRANSFER_SHARE", "ALLOCATED_SHARE"):
        monkeypatch.setattr(rights, name, 10_000)
    for seed in range(4):
        generate(1, 2026, seed, tmp_path / str(seed), "csv", people=20)
        assert not rows_of(tmp_path / str(seed) / "transfers.csv")
        assert not rows_of(tmp_path / str(seed) / "allocations.csv")


def test_deductions_are_of_returns_that_are_there_and_below_their_wage(country):
    out, _ = country
    wages = Counter()
    for row in returns_of(out):
        if row["Soort"] == "V" and row["NumIV"]:
            wages[row["LhNr"], row["DatAanvTv"], row["DatEindTv"]] += float(row["PrlnAofAnwLg"]) + float(
                row["PrlnAofAnwHg"]
            )
    rows = rows_of(out / "deductions.csv")
    keys = [(row["lhnr"], row["period_start"], row["period_end"]) for row in rows]
    assert len(set(keys)) == len(keys) > 5
    assert all(0 < float(row["amount"]) <= wages[key] for key, row in zip(keys, rows, strict=True))


def test_allocations_are_of_hours_that_people_lent_out_worked(country, with_many):
    assert rows_of(country[0] / "allocations.csv")
    out, last = with_many, {}
    for row in sorted(returns_of(out), key=lambda row: row["DatTdAanm"]):
        last[row["LhNr"], row["DatAanvTv"], row["SofiNr"], row["NumIV"]] = row
    lent = Counter()
    for row in last.values():
        if row["CdAard"] in ("11", "22", "82"):
            lent[row["LhNr"][:9], row["SofiNr"]] += int(row["AantVerlU"])
    registered = {row["bsn"] for row in rows_of(out / "register.csv")}
    employers = {row["rsin"] for row in rows_of(out / "employers.csv")}
    rows = rows_of(out / "allocations.csv")
    assert len(rows) >= 5
    for row in rows:
        assert row["bsn"] in registered
        assert 0 < int(row["hours"]) <= lent[row["lender_rsin"], row["bsn"]]
        assert row["borrower_rsin"] in employers - {row["lender_rsin"]}
        assert row["year"] == "2026"
        assert "2026-01-01" <= row["agreed_on"] <= "2027-08-01"


@pytest.mark.parametrize("year", [2024, *(pytest.param(year, marks=pytest.mark.slow) for year in (2025, 2026))])
def test_a_country_of_any_year_has_benefits(year, tmp_path):
    """Until 2025 a right asks for a declaration that covers the start, and a registration."""
    generate(400, year, 1, tmp_path / "out", "parquet")
    received = datetime(year + 1, 12, 1)  # noqa: DTZ001 - local time
    receive(sorted(tmp_path.glob("out/*.[cp]*")), tmp_path / "archive", received)
    settle(prepare(Request(tmp_path / "archive", year, date(year + 1, 5, 1), tmp_path / "run", threads=1)))
    granted = pq.read_table(tmp_path / "run" / "data" / "bonus_lines.parquet").to_pylist()
    assert sum(row["lkv_cents"] for row in granted) > 0
    others = pq.read_table(tmp_path / "run" / "data" / "other_lkv_lines.parquet").to_pylist()
    assert {row["category"] for row in others if row["lkv_cents"] > 0} >= {"older", "disabled"}


def test_people_work_within_the_life_of_their_employer(country):
    out, _ = country
    lives = {row["rsin"]: (row["started_on"], row["ended_on"] or "9999") for row in rows_of(out / "employers.csv")}
    for row in returns_of(out):
        started, ended = lives[row["LhNr"][:9]]
        if row["DatAanv"]:
            assert started <= row["DatAanv"] <= ended
            assert not row["DatEind"] or row["DatAanv"] <= row["DatEind"] <= ended
        assert row["DatAanvTv"] <= ended
        assert row["DatEindTv"] >= started


@pytest.mark.slow
@pytest.mark.parametrize(
    ("form", "what"),
    [
        ("xml", {"date that does not exist", "BSN that fails the eleven test"}),
        ("csv", {"amount with three decimals", "first and last day of the period do not belong together"}),
        ("parquet", {"paid hours missing", "kind of income relation that does not exist"}),
    ],
)
def test_defects_are_where_they_are_said_to_be(tmp_path, form, what, monkeypatch):
    monkeypatch.setattr(defects, "FAULTY_SHARE", 500)
    out = tmp_path / "out"
    summary = generate(80 if form == "xml" else 300, 2026, 1, out, form, defects=True)
    listed = rows_of(out / "defects.csv")
    assert summary.defects == len(listed) > 5
    assert {row["what"] for row in listed} >= what
    for row in listed:
        if form == "csv" and row["what"] == "amount with three decimals":
            assert rows_of(out / row["file"])[int(row["row"]) - 1]["LnSV"] == "1234.567"
        if form == "xml" and row["what"] == "date that does not exist":
            archive, member = row["file"].split("/")
            zip_file = zipfile.ZipFile(out / archive)
            relations = list(etree.fromstring(zip_file.read(member)).iter("{*}InkomstenverhoudingInitieel"))
            zip_file.close()
            assert text_of(relations[int(row["row"]) - 1], "DatAanv") == "2026-02-30"
        if form == "parquet" and row["what"] == "kind of income relation that does not exist":
            assert pq.read_table(out / row["file"])["SrtIV"][int(row["row"]) - 1].as_py() == 99


@pytest.mark.parametrize("employers", [1, 2, 3])
@pytest.mark.parametrize("year", [2014, 2024])
def test_smallest_countries(tmp_path, employers, year):
    summary = generate(employers, year, 5, tmp_path / "out", "parquet", people=employers)
    assert summary.employers == employers
    assert 1 <= summary.people <= 2 * employers


def test_people_asked_for_are_come_near_to(tmp_path):
    seen = []
    summary = generate(
        50, 2026, 1, tmp_path / "out", "parquet", people=2_000, progress=lambda *share: seen.append(share)
    )
    assert 1_800 < summary.people <= 2_000
    assert seen[-1] == (50, 50)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((0, 2026, 1), "at least one employer"),
        ((3, 2021, 1), "2022 to 2026"),
        ((3, 2027, 1), "2022 to 2026"),
        ((3, 2012, 1, "csv"), "2014 to 2099"),
        ((3, 2026, 1, "json"), "xml, parquet, csv"),
        ((20_000_000, 2026, 1), "ask for fewer employers"),
    ],
)
def test_wrong_use(tmp_path, arguments, message):
    employers, year, seed, *form = arguments
    with pytest.raises(WrongUse, match=message):
        generate(employers, year, seed, tmp_path / "out", *form)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_something_in_it_is_refused_and_an_empty_one_is_not(tmp_path):
    generate(1, 2026, 1, tmp_path, "csv")
    with pytest.raises(WrongUse, match="already holds something"):
        generate(1, 2026, 1, tmp_path, "csv")


def test_nothing_half_is_left(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("quotum.generate.country.scenario_text", full)
    with pytest.raises(CannotWrite, match="No space left"):
        generate(2, 2026, 1, tmp_path / "out", "csv")
    assert list(tmp_path.iterdir()) == []


def test_command(tmp_path):
    arguments = ["--employers", "5", "--year", "2026", "--out", str(tmp_path / "out"), "--format", "csv"]
    result = CliRunner().invoke(command, arguments, catch_exceptions=False)
    assert result.exit_code == 0
    assert "employers: 5\n" in result.output


def test_four_week_calendar_fits_its_ends(country):
    out, _ = country
    for row in returns_of(out):
        start, end = date.fromisoformat(row["DatAanvTv"]), date.fromisoformat(row["DatEindTv"])
        assert timedelta(24) <= end - start <= timedelta(34)
