"""The settlement of a year in Polars: one lazy query over all files, by its streaming engine.

`python -m tests.benches.peers.with_polars ROWS RUN OUT`: the derived files of a receive call, the run whose figures
are used, and the Parquet file to write.
"""

import sys
from datetime import date, timedelta
from pathlib import Path

import polars as pl
from polars import col

from tests.benches.peers.figures import ANSWER, EMPLOYMENTS, FAR_DAY, OUT_OF_BASE, SUB_NUMBERS, Figures
from tests.benches.peers.figures import read as read_figures

RETURN = ["payroll_tax_number", "period_start", "period_end"]
PERSON = ["bsn", "period_start", "period_end"]
RELATION = ["payroll_tax_number", "bsn", "relation_number"]
IDENTITY = [*RETURN, "bsn", "personnel_key", "relation_number"]
ROW = ["fragment", "row"]
FLAGS = ["wsw", "wsw_seconded", "sheltered", "on_first_day"]
SUMS = ["paid_hours", "target_group_hours", "base_cents", "base_hours", "high_rows", "all_rows"]
SMALL_TABLES = {
    "register": {"bsn": pl.Int64, "registered_from": pl.Date, "registered_until": pl.Date},
    "traits": dict.fromkeys(RELATION, pl.Int64) | {"trait": pl.String, "from_day": pl.Date, "until_day": pl.Date},
    "deductions": {
        "payroll_tax_number": pl.Int64,
        "period_start": pl.Date,
        "period_end": pl.Date,
        "amount_cents": pl.Int64,
    },
    "employers": {"rsin": pl.Int64, "started_on": pl.Date},
    "wage_bills": {"rsin": pl.Int64, "year": pl.Int64, "premium_wage_cents": pl.Int64},
}


def small_table(rows: Path, name: str) -> pl.LazyFrame:
    """A delivery that is small; empty when it never came."""
    schema = SMALL_TABLES[name]
    paths = sorted(rows.glob(f"{name}-[0-9]*.parquet"))
    return pl.scan_parquet(paths).select(*schema) if paths else pl.LazyFrame(schema=schema)


def answer(rows: Path, figures: Figures) -> pl.DataFrame:
    """One row per employer, as the settlement has it."""
    facts = with_facts(in_force(rows, figures), rows, figures.year)
    summed = facts.group_by(RETURN).agg(col(SUMS).sum())
    returns, persons = pl.collect_all([summed, hours_of_persons(facts, figures)], engine="streaming")
    returns = after_deductions(rows, returns).with_columns(rsin=col("payroll_tax_number") // SUB_NUMBERS)
    employers = employers_with_size(rows, returns, figures)
    charged = surcharges(returns.join(employers.filter(~col("small_employer")), on="rsin", how="semi"), figures)
    amounts = ["surcharge_base_cents", "surcharge_cents", "lkv_cents", "bonus_cents"]
    return (
        employers.join(charged, on="rsin", how="left")
        .join(benefits(persons, figures), on="rsin", how="left")
        .with_columns(col(amounts).fill_null(0))
        .sort("rsin")
        .select(ANSWER)
    )


def in_force(rows: Path, figures: Figures) -> pl.LazyFrame:
    """Income relations in force at the end of the as-of day."""
    replaced, later = (few.lazy() for few in pl.collect_all(messages(rows, figures), engine="streaming"))
    corrections = last_words(rows, figures.year, later).collect(engine="streaming").lazy()
    full = with_identity(pl.scan_parquet(rows / f"returns-{figures.year}-*.parquet"))
    standing = full.join(replaced, on="fragment", how="anti").join(
        corrections, on=IDENTITY, how="anti", nulls_equal=True
    )
    return pl.concat([standing, corrections.filter(col("action") == "I").select(full.collect_schema().names())])


def with_identity(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Rows with their personnel number where they have no BSN."""
    return rows.with_columns(personnel_key=pl.when(col("bsn").is_null()).then(col("personnel_number").fill_null("")))


def messages(rows: Path, figures: Figures) -> tuple[pl.LazyFrame, pl.LazyFrame]:
    """Full returns that are not in force, and corrections that are."""
    every = pl.scan_parquet(rows / "fragments.parquet").filter(col("period_start").dt.year() == figures.year)
    if every.select(col("repeated").any()).collect().item():
        raise ValueError("a message says two things of one income relation")
    filed = every.filter(col("filed_at") < figures.filed_before)
    several = filed.filter(pl.len().over(RETURN) > 1).select(
        "fragment", *RETURN, "message_id", "filed_at", "return_kind"
    )
    full = several.filter(col("return_kind") == "V").sort("filed_at", "message_id")
    last = full.group_by(RETURN).agg(col("filed_at").last().alias("last_at"), col("message_id").last().alias("last_id"))
    earlier = (col("filed_at") < col("last_at")) | (
        (col("filed_at") == col("last_at")) & (col("message_id") < col("last_id"))
    )
    too_late = every.filter(col("filed_at") >= figures.filed_before).select("fragment")
    replaced = pl.concat([several.join(last, on=RETURN).filter(earlier).select("fragment"), too_late])
    later = every.filter(col("return_kind") != "V").join(replaced, on="fragment", how="anti")
    return replaced, later.select("fragment", "filed_at", "message_id", "return_kind")


def last_words(rows: Path, year: int, later: pl.LazyFrame) -> pl.LazyFrame:
    """Of each income relation that a correction is about, what the last one says."""
    corrections = with_identity(pl.scan_parquet(rows / f"corrections-{year}-*.parquet")).join(later, on="fragment")
    # A supplementary return (A) goes before a correction (C) in one message.
    ordered = corrections.sort("filed_at", "message_id", "return_kind", maintain_order=True)
    return ordered.unique(IDENTITY, keep="last", maintain_order=True)


def periods(year: int) -> pl.LazyFrame:
    """Months and four weeks of a year."""
    months = [date(year, month, 1) for month in range(1, 13)]
    monday = date.fromisocalendar(year, 1, 1)
    weeks = [date(year, 1, 1), *(monday + timedelta(weeks=4 * number) for number in range(1, 13))]
    ends = [start - timedelta(days=1) for starts in (months, weeks) for start in (*starts[1:], date(year + 1, 1, 1))]
    return pl.LazyFrame({"period_start": [*months, *weeks], "period_end": ends})


def register_by_period(rows: Path, year: int) -> pl.LazyFrame:
    """Which persons are registered in which periods."""
    until = col("registered_until").fill_null(FAR_DAY)
    overlaps = (col("registered_from") <= col("period_end")) & (until >= col("period_start"))
    pairs = small_table(rows, "register").join(periods(year), how="cross").filter(overlaps)
    return pairs.select(PERSON).unique().with_columns(registered=True)


def trait_flags(relations: pl.LazyFrame, rows: Path) -> pl.LazyFrame:
    """What the traits say of the rows that have any."""
    keys = [*RELATION, "trait"]
    traits = small_table(rows, "traits").sort(*keys, "from_day").with_columns(col("until_day").fill_null(FAR_DAY))
    before = col("until_day").cum_max().shift().over(keys)
    begins = (before.is_null() | (col("from_day") > before + timedelta(days=1))).alias("begins")
    merged = (
        traits.with_columns(begins)
        .with_columns(piece=col("begins").cum_sum())
        .group_by(*keys, "piece")
        .agg(col("from_day").min(), col("until_day").max())
    )
    first = pl.max_horizontal("period_start", "started_on")
    last = pl.min_horizontal("period_end", "ended_on")
    served = first <= last
    first, last = (
        pl.when(served).then(first).otherwise("period_start"),
        pl.when(served).then(last).otherwise("period_end"),
    )
    covers = (col("from_day") <= first) & (col("until_day") >= last)
    touches = (col("from_day") <= last) & (col("until_day") >= first)
    flags = relations.join(merged, on=RELATION).select(
        *ROW,
        wsw=(col("trait") == "wsw") & covers,
        wsw_seconded=(col("trait") == "wsw_seconded") & touches,
        sheltered=(col("trait") == "sheltered") & covers,
        on_first_day=(col("from_day") <= first) & (col("until_day") >= first),
    )
    return flags.group_by(ROW).agg(col(FLAGS).any())


def with_facts(frame: pl.LazyFrame, rows: Path, year: int) -> pl.LazyFrame:
    """Rows with whether they are in the target group and in the base."""
    nature = col("employment_nature").fill_null(0)
    wsw = nature.is_in([21, 22]) | col("wsw")
    out_of_count = (nature == 24) | col("sheltered") | (wsw & ~((nature == 22) | col("wsw_seconded")))
    out_of_base = nature.is_in(OUT_OF_BASE) | col("on_first_day")
    high, hours = col("premium_wage_high_cents"), col("paid_hours")
    return (
        # Asked of the rows beforehand, or all of them would wait in memory until the flags of the last are known.
        frame.join(trait_flags(frame, rows).collect(engine="streaming").lazy(), on=ROW, how="left")
        .join(register_by_period(rows, year), on=PERSON, how="left")
        .with_columns(col(*FLAGS, "registered").fill_null(value=False))
        .with_columns(in_target_group=col("registered") & ~out_of_count, out_of_base=out_of_base)
        .with_columns(
            base_cents=pl.when("out_of_base").then(0).otherwise(col("premium_wage_low_cents") + high),
            base_hours=pl.when("out_of_base").then(0).otherwise(hours),
            target_group_hours=pl.when("in_target_group").then(hours).otherwise(0),
            high_rows=((high != 0) & ~nature.is_in([21, 22])).cast(pl.Int64),
            all_rows=pl.lit(1, pl.Int64),
        )
    )


def hours_of_persons(facts: pl.LazyFrame, figures: Figures) -> pl.LazyFrame:
    """Hours that count for the LKV of the jobs agreement."""
    insured = pl.any_horizontal("insured_wao", "insured_ww", "insured_zw")
    young = col("birth_date") > col("period_start").dt.offset_by(f"-{figures.pension_age_years}y")
    counts = col("in_target_group") & col("asked_jobs_agreement") & insured & young & col("bsn").is_not_null()
    few = facts.filter(counts & col("income_kind").is_in(EMPLOYMENTS))
    return few.group_by(col("payroll_tax_number") // SUB_NUMBERS, "bsn").agg(col("paid_hours").sum())


def after_deductions(rows: Path, returns: pl.DataFrame) -> pl.DataFrame:
    """The returns with what supplements on benefits take off their base; no more is taken off than is in it."""
    off, base = col("amount_cents").fill_null(0), col("base_cents")
    lessened = pl.when((off <= 0) | (off <= base)).then(base - off).otherwise(base.clip(upper_bound=0))
    return returns.join(small_table(rows, "deductions").collect(), on=RETURN, how="left").with_columns(
        base_cents=lessened
    )


def employers_with_size(rows: Path, returns: pl.DataFrame, figures: Figures) -> pl.DataFrame:
    """Every employer with its sums, and whether it is small."""
    listed, bills = small_table(rows, "employers").collect(), small_table(rows, "wage_bills").collect()
    wages = bills.filter(col("year") == figures.year - 2).select("rsin", premium_wage_t2_cents="premium_wage_cents")
    sums = returns.group_by("rsin").agg(col(SUMS).sum())
    starter = col("started_on").dt.year().is_in([figures.year - 1, figures.year]).fill_null(value=False)
    known = col("premium_wage_t2_cents").is_not_null()
    declared = (col("high_rows") == 0) & (col("all_rows") > 0)
    by_wage = col("premium_wage_t2_cents") <= figures.small_limit_cents
    grounds = pl.when(starter).then(pl.lit("starter")).when(known).then(pl.lit("wage_bill"))
    return (
        listed.join(sums, on="rsin", how="full", coalesce=True)
        .join(wages, on="rsin", how="left")
        .with_columns(col(SUMS).fill_null(0))
        .with_columns(
            small_ground=grounds.otherwise(pl.lit("declared_class")),
            small_employer=pl.when(starter).then(pl.lit(value=True)).when(known).then(by_wage).otherwise(declared),
        )
    )


def surcharges(owing: pl.DataFrame, figures: Figures) -> pl.DataFrame:
    """Base and surcharge of every employer that owes, at the rate in balance."""
    rate = figures.surcharge_rate(owing["base_cents"].sum(), owing["base_hours"].sum())
    # Whole euros, rounded down.
    surcharge = col("base_cents") * rate // 1_000_000 * 100
    return owing.group_by("rsin").agg(
        col("base_cents").sum().alias("surcharge_base_cents"), surcharge.sum().alias("surcharge_cents")
    )


def benefits(persons: pl.DataFrame, figures: Figures) -> pl.DataFrame:
    """LKV and bonus of every employer."""
    lkv = (col("paid_hours") * figures.lkv_rate_cents).clip(0, figures.lkv_cap_cents)
    bonus = (col("paid_hours") * figures.bonus_rate_cents).clip(lower_bound=0)
    return persons.group_by(rsin="payroll_tax_number").agg(
        lkv.sum().alias("lkv_cents"), bonus.sum().alias("bonus_cents")
    )


if __name__ == "__main__":
    answer(Path(sys.argv[1]), read_figures(Path(sys.argv[2]))).write_parquet(sys.argv[3])
