"""Count of hours, small employers, surcharge and bonus as variables of OpenFisca, over rows in force.

`python -m tests.benches.peers.with_openfisca FACTS RUN OUT`, with the Python of an environment that has
openfisca-core: the folder that `rows_in_force` made, the run whose figures are used, and the Parquet file to write.
"""

import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from openfisca_core.entities import Entity, GroupEntity
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import Simulation, SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from tests.benches.peers.figures import ANSWER, OUT_OF_BASE, Figures
from tests.benches.peers.figures import read as read_figures

MEMBER = [{"key": "member", "plural": "members", "label": "rows"}]
ROW = Entity("row", "rows", "An income relation in a return period", "")
FILING = GroupEntity("filing", "filings", "A return", "", MEMBER)
EMPLOYMENT = GroupEntity("employment", "employments", "A person with an employer", "", MEMBER)
EMPLOYER = GroupEntity("employer", "employers", "An employer", "", MEMBER)


class Yearly(Variable):
    """Any variable here: returns are entities, so that all is said of the year."""

    kind = int

    def __init_subclass__(cls) -> None:
        # OpenFisca looks for these in the class itself, not in those above it.
        cls.value_type, cls.definition_period = cls.kind, DateUnit.YEAR

    def __init__(self, baseline_variable: Variable | None = None) -> None:
        super().__init__(baseline_variable)
        if self.value_type is int:
            # OpenFisca holds whole numbers in 32 bits, in which the cents of an employer do not fit.
            self.dtype = np.int64


class Whole(Yearly):
    """A whole number."""


class Flag(Yearly):
    """Yes or no."""

    kind = bool


def given_as(kind: type[Yearly], entity: Entity, *names: str) -> list[type[Yearly]]:
    """Variables without a formula."""
    return [type(name, (kind,), {"entity": entity}) for name in names]


INPUTS = [
    *given_as(Whole, ROW, "employment_nature", "premium_wage_low_cents", "premium_wage_high_cents", "paid_hours"),
    *given_as(Flag, ROW, "wsw", "wsw_seconded", "sheltered", "on_first_day", "registered", "asked_jobs_agreement"),
    *given_as(Flag, ROW, "insured_employment", "below_pension_age"),
    *given_as(Whole, FILING, "deduction_cents"),
    *given_as(Whole, EMPLOYER, "started_in", "premium_wage_t2_cents", "surcharge_rate"),
    *given_as(Flag, EMPLOYER, "wage_known"),
]


class in_target_group(Flag):
    entity = ROW

    def formula(row, period):
        nature = row("employment_nature", period)
        wsw = np.isin(nature, [21, 22]) | row("wsw", period)
        seconded = (nature == 22) | row("wsw_seconded", period)
        out = (nature == 24) | row("sheltered", period) | (wsw & ~seconded)
        return row("registered", period) & ~out


class in_base(Flag):
    entity = ROW

    def formula(row, period):
        return ~(np.isin(row("employment_nature", period), OUT_OF_BASE) | row("on_first_day", period))


class declares_high_class(Flag):
    entity = ROW

    def formula(row, period):
        ordinary = ~np.isin(row("employment_nature", period), [21, 22])
        return (row("premium_wage_high_cents", period) != 0) & ordinary


class hours_for_lkv(Whole):
    entity = ROW

    def formula(row, period):
        asked = row("asked_jobs_agreement", period) & row("insured_employment", period)
        counts = asked & row("below_pension_age", period) & row("in_target_group", period)
        return row("paid_hours", period) * counts


class base_cents(Whole):
    """Of a return, after deductions: no more is taken off than is in it."""

    entity = FILING

    def formula(filing, period):
        rows = filing.members
        wage = rows("premium_wage_low_cents", period) + rows("premium_wage_high_cents", period)
        base = filing.sum(wage * rows("in_base", period)).astype(np.int64)
        off = filing("deduction_cents", period)
        return np.where((off <= 0) | (off <= base), base - off, np.minimum(base, 0))


class surcharge_cents(Whole):
    """Of a return, whole euros rounded down."""

    entity = FILING

    def formula(filing, period):
        # A group cannot ask another group: every row of a return carries the rate of its employer.
        rate = filing.value_from_first_person(filing.members.employer("surcharge_rate", period))
        return filing("base_cents", period) * rate // 1_000_000 * 100


class lkv_cents(Whole):
    """Of a person with an employer."""

    entity = EMPLOYMENT

    def formula(employment, period, parameters):
        lkv = parameters(period).lkv
        hours = employment.sum(employment.members("hours_for_lkv", period)).astype(np.int64)
        return np.clip(hours * lkv.rate_cents, 0, lkv.cap_cents)


class bonus_cents(Whole):
    """Of a person with an employer."""

    entity = EMPLOYMENT

    def formula(employment, period, parameters):
        hours = employment.sum(employment.members("hours_for_lkv", period)).astype(np.int64)
        return np.maximum(hours * parameters(period).bonus.rate_cents, 0)


class small_employer(Flag):
    entity = EMPLOYER

    def formula(employer, period, parameters):
        started = employer("started_in", period)
        by_wage = employer("premium_wage_t2_cents", period) <= parameters(period).small_limit_cents
        rows = employer.members
        declared = (employer.sum(rows("declares_high_class", period)) == 0) & (employer.nb_persons() > 0)
        starter = (started == period.start.year) | (started == period.start.year - 1)
        return np.where(starter, True, np.where(employer("wage_known", period), by_wage, declared))


class target_group_hours(Whole):
    entity = EMPLOYER

    def formula(employer, period):
        rows = employer.members
        return employer.sum(rows("paid_hours", period) * rows("in_target_group", period))


class paid_hours_of_employer(Whole):
    entity = EMPLOYER

    def formula(employer, period):
        return employer.sum(employer.members("paid_hours", period))


class base_hours_of_employer(Whole):
    entity = EMPLOYER

    def formula(employer, period):
        rows = employer.members
        return employer.sum(rows("paid_hours", period) * rows("in_base", period))


def summed(name: str, group: str, of: str) -> type[Whole]:
    """What the returns or persons of an employer add up to: the first row of each speaks for it."""

    def formula(employer, period):
        rows = employer.members
        first = employer.simulation.populations[group].members_position == 0
        return employer.sum(getattr(rows, group)(of, period) * first)

    return type(name, (Whole,), {"entity": EMPLOYER, "formula": formula})


RULES = [
    in_target_group, in_base, declares_high_class, hours_for_lkv, base_cents, surcharge_cents, lkv_cents, bonus_cents,
    small_employer, target_group_hours, paid_hours_of_employer, base_hours_of_employer,
    summed("base_of_employer", "filing", "base_cents"),
    summed("surcharge_of_employer", "filing", "surcharge_cents"),
    summed("lkv_of_employer", "employment", "lkv_cents"),
    summed("bonus_of_employer", "employment", "bonus_cents"),
]  # fmt: skip


def system(figures: Figures) -> TaxBenefitSystem:
    """Variables and parameters."""
    benefit_system = TaxBenefitSystem([ROW, FILING, EMPLOYMENT, EMPLOYER])
    benefit_system.add_variables(*INPUTS, *RULES)
    since = f"{figures.year}-01-01"
    benefit_system.parameters = ParameterNode(
        "",
        data={
            "lkv": {
                "rate_cents": {"values": {since: figures.lkv_rate_cents}},
                "cap_cents": {"values": {since: figures.lkv_cap_cents}},
            },
            "bonus": {"rate_cents": {"values": {since: figures.bonus_rate_cents}}},
            "small_limit_cents": {"values": {since: figures.small_limit_cents}},
        },
    )
    return benefit_system


def population(facts: Path, figures: Figures) -> tuple[Simulation, pa.Table]:
    """The country as a simulation, and its employers in the order of their entities."""
    rows, employers = pq.read_table(facts / "rows.parquet"), pq.read_table(facts / "employers.parquet")
    # A sum over members ends at the last group that has any: employers without rows go first.
    without = pc.invert(pc.is_in(employers["rsin"], value_set=rows["rsin"]))
    employers = employers.append_column("without", without).sort_by([("without", "descending"), ("rsin", "ascending")])
    rules = system(figures)
    builder = SimulationBuilder()
    builder.create_entities(rules)
    builder.declare_person_entity("row", range(rows.num_rows))
    persons = np.unique(np.stack([rows["rsin"].to_numpy(), rows["bsn"].to_numpy()]), axis=1, return_inverse=True)[
        1
    ].reshape(-1)
    order = pc.index_in(rows["rsin"], value_set=employers["rsin"]).to_numpy()
    for group, member_of in (("filing", rows["filing"].to_numpy()), ("employment", persons), ("employer", order)):
        groups = employers.num_rows if group == "employer" else int(member_of.max()) + 1
        builder.declare_entity(group, range(groups)).members_entity_id = member_of
    simulation = builder.build(rules)
    for variable in INPUTS:
        if variable.entity is ROW:
            simulation.set_input(variable.__name__, figures.year, rows[variable.__name__].to_numpy())
    deductions = rows.group_by("filing").aggregate([("deduction_cents", "min")]).sort_by("filing")
    simulation.set_input("deduction_cents", figures.year, deductions["deduction_cents_min"].to_numpy())
    for name in ("started_in", "wage_known", "premium_wage_t2_cents"):
        simulation.set_input(name, figures.year, employers[name].to_numpy())
    return simulation, employers


def answer(facts: Path, figures: Figures) -> pa.Table:
    """One row per employer, as the settlement has it."""
    simulation, employers = population(facts, figures)

    def of(name: str) -> np.ndarray:
        return simulation.calculate(name, figures.year)

    owes = ~of("small_employer")
    rate = figures.surcharge_rate(
        int(of("base_of_employer")[owes].sum()), int(of("base_hours_of_employer")[owes].sum())
    )
    simulation.set_input("surcharge_rate", figures.year, np.full(len(owes), rate))
    starter = pc.is_in(employers["started_in"], value_set=pa.array([figures.year - 1, figures.year]))
    ground = pc.if_else(starter, "starter", pc.if_else(employers["wage_known"], "wage_bill", "declared_class"))
    columns = {
        "rsin": employers["rsin"],
        "small_employer": ~owes,
        "small_ground": ground,
        "premium_wage_t2_cents": pc.if_else(employers["wage_known"], employers["premium_wage_t2_cents"], None),
        "paid_hours": of("paid_hours_of_employer"),
        "target_group_hours": of("target_group_hours"),
        "surcharge_base_cents": of("base_of_employer") * owes,
        "surcharge_cents": of("surcharge_of_employer") * owes,
        "lkv_cents": of("lkv_of_employer"),
        "bonus_cents": of("bonus_of_employer"),
    }
    return pa.table(columns).select(ANSWER).sort_by("rsin")


if __name__ == "__main__":
    pq.write_table(answer(Path(sys.argv[1]), read_figures(Path(sys.argv[2]))), sys.argv[3])
