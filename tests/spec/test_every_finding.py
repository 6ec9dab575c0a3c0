"""Every finding of a settlement is declared, and found as often as it is listed."""

from datetime import date, datetime
from types import SimpleNamespace

from quotum.run.findings.counting import numbers
from quotum.run.findings.declared import BY_CODE, FINDINGS
from quotum.run.findings.deliveries_used import REJECTED
from quotum.run.findings.finding import Material, Of, OfSettlement
from tests.spec.lkv import Claims, benefits, worked
from tests.spec.rule_7_quota_levy.levies import allocation, both_years, hours_of, levy
from tests.spec.tables import (
    EMPLOYER,
    OTHER_EMPLOYER,
    OTHER_PERSON,
    PERSON,
    Country,
    declaration,
    deduction,
    employer,
    month,
    new_engine,
    registered,
    row,
    settle,
    trait,
    transfer,
    wage_bill,
)  # fmt: skip

THIRD, STARTER, GIVER = "000000125", "000000036", "000000048"
LATER = {"DatTdAanm": "2026-03-20T09:00:00", "IdBer": "M2"}
OTHERS = {"LhNr": f"{OTHER_EMPLOYER}L01", "SofiNr": THIRD}
REMARKABLE = Country(
    [
        row(AantVerlU=9_000, PrlnAofAnwLg="1000000.00"),
        row(NumIV=2, SofiNr=OTHER_PERSON, Gebdat=""),
        row(NumIV=3, SofiNr="", PersNr="P1"),
        row(NumIV=4, SofiNr=THIRD, CdAard=21),
        row(Soort="A", Actie="X", NumIV=9, **LATER),
        row(Soort="C", **month(2), **LATER),
        *(row(**month(3), IdBer="M3", AantVerlU=hours) for hours in (1, 2)),
        row(**OTHERS),
        row(**OTHERS | {"DatEindTv": "2026-01-25"}),
        *(row(**month(number, 2024), PrlnAofAnwHg="99999.00") for number in range(1, 13)),
    ],
    [registered(), registered(OTHER_PERSON)],
    [employer(), employer(STARTER, "2025-05-01"), employer(GIVER)],
    [wage_bill("9000000.00"), wage_bill("1.00", STARTER), wage_bill("100.00", GIVER)],
    [trait("sheltered", bsn=THIRD, relation="4")],
    [transfer("1"), transfer("0.6", giver=GIVER), transfer("0.6", giver=GIVER, on="2025-08-01")],
    [deduction("9999999.00"), deduction("1.00", number=5)],
    received=datetime.fromisoformat("2026-03-01T12:00:00"),
)  # fmt: skip


def _of_settlement(engine):
    of_2027 = row(**month(1, 2027), DatTdAanm="2027-02-20T09:00:00")
    not_tested = settle(engine, Country([of_2027]), date(2028, 5, 1), 2027, {}).findings()
    return {*settle(engine, REMARKABLE).findings(), *not_tested}


def _of_benefits(engine):
    asked = [worked(), worked(NumIV=2, SofiNr=OTHER_PERSON, DatAanv="", IndAvrLkvOudrWn="J")]
    findings = benefits(engine, Claims(asked, [registered()], declarations=[declaration(bsn=OTHER_PERSON)])).findings
    left = [worked(8, 2026, DatAanv="2024-02-01")]
    ended = [registered(until="2026-06-30")]
    ran_out = benefits(engine, Claims(left, ended, declarations=[declaration()]), 2026).findings
    return {*findings, *ran_out}


def _of_levy(engine):
    hours = [*both_years(50_000), hours_of(1_000, bsn=PERSON, NumIV=2), *both_years(50_000, OTHER_EMPLOYER)]
    moved = [
        allocation(2_000, EMPLOYER, OTHER_EMPLOYER),
        allocation(1, EMPLOYER, STARTER),
        allocation(1, EMPLOYER, OTHER_EMPLOYER, agreed_on="2027-08-02"),
    ]
    listed = [employer(started_on="2025-05-01")]
    return set(levy(engine, Country(hours, [registered()], listed), moved).findings)


def _of_the_whole():
    jobs = SimpleNamespace(few_registered_then=True, part_of_the_country=True)
    terms = SimpleNamespace(due=True)
    of = OfSettlement(terms, None, {}, None, rate_source="balance")
    material = Material(None, None, (), None, settled=of, jobs=jobs)
    whole = {finding.code: finding.places(material) for finding in FINDINGS if finding.of is Of.RUN}
    return set(numbers(None, whole))


def test_every_finding_is_found(tmp_path):
    """Each as often as it is listed; rejected rows of deliveries are counted by delivery, not here."""
    engine = new_engine("pyarrow", tmp_path)
    result = _of_settlement(engine) | _of_benefits(engine) | _of_levy(engine) | _of_the_whole()
    assert set(BY_CODE) - result == {REJECTED}
    assert result <= set(BY_CODE)
