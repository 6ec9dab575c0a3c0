"""Who is paid and who cannot be, of a settlement and a delivery of employers made by hand."""

import json
from types import SimpleNamespace

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from quotum.output.payments import payees as module
from quotum.output.payments.document import MOST_CENTS
from quotum.output.payments.due_amounts import Payable, Upward
from quotum.output.payments.payees import REASONS, Payee, payees
from quotum.output.permission import assumed_under_amounts
from quotum.tables import EMPLOYERS, NOT_PAYABLE
from tests.rows import numbered

ACCOUNT = "NL91ABNA0417164300"


@pytest.fixture
def source(tmp_path):
    """Writes a settlement; as much of a run as is read."""

    def written(*cents: int) -> SimpleNamespace:
        path = tmp_path / "settlement.parquet"
        rsins = [numbered(number) for number in range(1, len(cents) + 1)]
        pq.write_table(pa.table({"rsin": rsins, "payable_cents": pa.array(cents, pa.int64())}), path)
        return SimpleNamespace(settlement=path)

    return written


def _employers(*names: str | None, first: int = 1, iban: str | None = ACCOUNT) -> pa.Table:
    rows = [
        {"rsin": int(numbered(number)), "name": name, "iban": iban, "sector": "overheid"}
        for number, name in enumerate(names, first)
    ]
    return pa.Table.from_pylist(rows, EMPLOYERS.inside_schema)


def _payments(source, employers, due=None) -> list[tuple[int, int, str]]:
    everybody = payees(source, due or Payable(0), employers)
    return [
        (person.payment.number, person.payment.cents, person.payment.name)
        if isinstance(person, Payee)
        else (person.number, person.cents, person.reason)
        for person in everybody
    ]


def test_one_cent_is_paid_and_nothing_is_not(source):
    assert _payments(source(0, 1, 0), _employers("A", "B", "C")) == [(2, 1, "B")]


def test_the_most_of_a_transfer_is_paid_and_a_billion_is_listed(source):
    result = _payments(source(MOST_CENTS, MOST_CENTS + 1), _employers("A", "B"))
    assert result == [(1, 999_999_999_99, "A"), (2, 1_000_000_000_00, "above_sepa_maximum")]


@pytest.mark.parametrize("name", [None, "", "Пекарня"])
def test_the_number_stands_for_a_name_that_cannot_be_sent(source, name):
    (result,) = payees(source(100), Payable(100), _employers(name))
    assert isinstance(result, Payee)
    assert (result.payment.name, result.named) == ("Werkgever volgnummer 1", False)


def test_no_text_holds_an_rsin(source):
    ((_, _, name),) = _payments(source(100), _employers(f"Eenmanszaak {numbered(9)} te Ede"))
    assert name == "Eenmanszaak . te Ede"


@pytest.mark.parametrize("employers", [None, EMPLOYERS.inside_schema.empty_table(), _employers("B", first=2)])
def test_who_was_not_delivered_is_listed(source, employers):
    assert _payments(source(100), employers) == [(1, 100, "not_in_employers")]


@pytest.mark.parametrize("iban", [None, "", "  "])
def test_no_account(source, iban):
    assert _payments(source(100), _employers("A", iban=iban)) == [(1, 100, "no_iban")]


@pytest.mark.parametrize("rows", [1, 2, 3, 7])
def test_numbers_run_on_however_the_settlement_is_read(source, monkeypatch, rows):
    monkeypatch.setattr(module, "_ROWS", rows)
    result = _payments(source(5, 0, 7, 0, 0, 9, 1), _employers("A", "B", "C", "D", "E", "F"))
    assert result == [(1, 5, "A"), (3, 7, "C"), (6, 9, "F"), (7, 1, "not_in_employers")]


def test_what_is_due_upward_goes_to_its_employer(source):
    due = Upward(pa.array([int(numbered(2)), int(numbered(3))]), pa.array([20, 30]))
    assert _payments(source(5, 6, 7), _employers("A", "B", "C"), due) == [(2, 20, "B"), (3, 30, "C")]
    nobody = Upward(pa.array([], pa.int64()), pa.array([], pa.int64()))
    assert (_payments(source(5, 6, 7), _employers("A", "B", "C"), nobody), nobody.total_cents) == ([], 0)


@pytest.mark.parametrize(
    ("assumed", "used", "expected"),
    [
        (["wet_banenafspraak.saving_per_job", "wet_banenafspraak.hours_per_job_month"], [], ()),
        (["wtl.bonus_rate", "wet_banenafspraak.saving_per_job"], [], ("wtl.bonus_rate",)),
        (["wtl.unheard_of"], [], ("wtl.unheard_of",)),
        (
            ["wet_banenafspraak.hours_per_job_month"],
            ["wet_banenafspraak.required_government_share"],
            ("wet_banenafspraak.hours_per_job_month",),
        ),
    ],
)
def test_assumed_figures_that_amounts_rest_on(tmp_path, assumed, used, expected):
    """Those of the job count only where surcharge and bonus depend on it."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "macro.json").write_text(json.dumps({"assumed": [{"name": name} for name in assumed]}))
    run = SimpleNamespace(figures=SimpleNamespace(every=[SimpleNamespace(name=name) for name in used]))
    assert assumed_under_amounts(tmp_path, run) == expected


def test_every_reason_is_declared_and_has_words():
    assert tuple(REASONS) == NOT_PAYABLE.column("reason").choices
