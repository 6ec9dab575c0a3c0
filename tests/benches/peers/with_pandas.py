"""The settlement of a year in pandas, file by file.

`python -m tests.benches.peers.with_pandas ROWS RUN OUT`: the derived files of a receive call, the run whose figures
are used, and the Parquet file to write.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tests.benches.peers.figures import ANSWER, EMPLOYMENTS, FAR_DAY, OUT_OF_BASE, SUB_NUMBERS, Figures
from tests.benches.peers.figures import read as read_figures

RETURN = ["payroll_tax_number", "period_start", "period_end"]
RELATION = ["payroll_tax_number", "bsn", "relation_number"]
IDENTITY = [*RETURN, "bsn", "personnel_number", "relation_number"]
COLUMNS = [
    "fragment", "action", *RELATION, "personnel_number", "period_start", "period_end", "started_on", "ended_on",
    "birth_date", "income_kind", "employment_nature", "insured_wao", "insured_ww", "insured_zw",
    "asked_jobs_agreement", "premium_wage_low_cents", "premium_wage_high_cents", "paid_hours",
]  # fmt: skip
SUMS = ["paid_hours", "target_group_hours", "base_cents", "base_hours", "high_rows", "all_rows"]
FAR = pd.Timestamp(FAR_DAY)
ONE_DAY = pd.Timedelta(days=1)
# Stands for a number that is not there, so that numbers stay whole.
NOTHING = {"bool": False, "int64": -1, "string": ""}


def read(path: Path, columns: list[str] | None = None) -> pd.DataFrame:
    """A Parquet file; days and moments become timestamps."""
    table = pq.read_table(path, columns=columns)
    filled = [
        pc.fill_null(column, NOTHING[str(column.type)]) if str(column.type) in NOTHING else column
        for column in table.columns
    ]
    return pa.table(filled, table.column_names).to_pandas(date_as_object=False)


def small_table(rows: Path, name: str, columns: list[str]) -> pd.DataFrame:
    """A delivery that is small; empty when it never came."""
    frames = [read(path, columns) for path in sorted(rows.glob(f"{name}-[0-9]*.parquet"))]
    return pd.concat(frames) if frames else pd.DataFrame(columns=columns)


def answer(rows: Path, figures: Figures) -> pd.DataFrame:
    """One row per employer, as the settlement has it."""
    returns, persons = sums_and_hours(rows, figures)
    returns = after_deductions(rows, returns)
    employers = employers_with_size(rows, returns, figures)
    charged = surcharges(returns, employers, figures)
    granted = benefits(persons, figures)
    settled = employers.merge(charged, on="rsin", how="left").merge(granted, on="rsin", how="left")
    amounts = ["surcharge_base_cents", "surcharge_cents", "lkv_cents", "bonus_cents"]
    settled[amounts] = settled[amounts].fillna(0).astype("int64")
    return settled.sort_values("rsin")[list(ANSWER)]


def sums_and_hours(rows: Path, figures: Figures) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What each return in force adds up to, and the hours of each person with an employer that count for LKV."""
    registered, traits = register_by_period(rows, figures.year), merged_traits(rows)
    returns, persons = [], []
    for of_file in in_force(rows, figures):
        facts = with_facts(of_file, registered, traits)
        returns.append(facts.groupby(RETURN, as_index=False)[SUMS].sum())
        persons.append(hours_of_persons(facts, figures))
    return (
        pd.concat(returns).groupby(RETURN, as_index=False).sum(),
        pd.concat(persons).groupby(["rsin", "bsn"], as_index=False).sum(),
    )


def in_force(rows: Path, figures: Figures) -> Iterator[pd.DataFrame]:
    """Income relations in force at the end of the as-of day: those of corrections, and file by file all others."""
    replaced, later = messages(rows, figures)
    corrections = last_words(rows, figures.year, later)
    yield corrections[corrections["action"] == "I"].reset_index(drop=True)
    for path in sorted(rows.glob(f"returns-{figures.year}-*.parquet")):
        yield full_returns(path, replaced, corrections).reset_index(drop=True)


def messages(rows: Path, figures: Figures) -> tuple[pd.Series, pd.DataFrame]:
    """Full returns that are not in force, and corrections that are."""
    columns = ["fragment", *RETURN, "message_id", "filed_at", "return_kind", "repeated"]
    every = read(rows / "fragments.parquet", columns)
    every = every[every["period_start"].dt.year == figures.year]
    if every["repeated"].any():
        raise ValueError("a message says two things of one income relation")
    filed = every["filed_at"] < figures.filed_before
    several = every[filed & every.duplicated(RETURN, keep=False)]
    full = several[several["return_kind"] == "V"].sort_values(["filed_at", "message_id"])
    last = full.drop_duplicates(RETURN, keep="last")[[*RETURN, "filed_at", "message_id"]]
    placed = several.merge(last, on=RETURN, how="left", suffixes=("", "_last"))
    same_moment = placed["filed_at"] == placed["filed_at_last"]
    before = (placed["filed_at"] < placed["filed_at_last"]) | (
        same_moment & (placed["message_id"] < placed["message_id_last"])
    )
    too_late = every.loc[~filed, "fragment"]
    replaced = pd.concat([placed.loc[before, "fragment"], too_late])
    later = every[(every["return_kind"] != "V") & ~every["fragment"].isin(replaced)]
    return replaced, later[["fragment", "filed_at", "message_id", "return_kind"]]


def last_words(rows: Path, year: int, later: pd.DataFrame) -> pd.DataFrame:
    """Of each income relation that a correction is about, what the last one says."""
    frames = [read(path, COLUMNS) for path in sorted(rows.glob(f"corrections-{year}-*.parquet"))]
    corrections = pd.concat(frames or [pd.DataFrame(columns=COLUMNS)]).merge(later, on="fragment")
    corrections["personnel_number"] = corrections["personnel_number"].where(corrections["bsn"] == -1, "")
    # A supplementary return (A) goes before a correction (C) in one message.
    ordered = corrections.sort_values(["filed_at", "message_id", "return_kind"], kind="stable")
    return ordered.drop_duplicates(IDENTITY, keep="last")[COLUMNS]


def full_returns(path: Path, replaced: pd.Series, corrections: pd.DataFrame) -> pd.DataFrame:
    """Rows of full returns in force in a file, without those that a correction is about."""
    frame = read(path, COLUMNS)
    frame = frame[~frame["fragment"].isin(replaced)].reset_index(drop=True)
    perhaps = frame.loc[frame["bsn"].isin(corrections["bsn"]), IDENTITY]
    perhaps["personnel_number"] = perhaps["personnel_number"].where(perhaps["bsn"] == -1, "")
    about = perhaps.reset_index().merge(corrections[IDENTITY], on=IDENTITY)
    return frame.drop(index=about["index"])


def register_by_period(rows: Path, year: int) -> pd.DataFrame:
    """Which persons are registered in which periods."""
    register = small_table(rows, "register", ["bsn", "registered_from", "registered_until"])
    pairs = register.merge(periods(year), how="cross")
    until = pairs["registered_until"].fillna(FAR)
    pairs = pairs[(pairs["registered_from"] <= pairs["period_end"]) & (until >= pairs["period_start"])]
    return pairs[["bsn", "period_start", "period_end"]].drop_duplicates().assign(registered=True)


def periods(year: int) -> pd.DataFrame:
    """Months and four weeks of a year."""
    months = pd.date_range(f"{year}-01-01", periods=12, freq="MS")
    first, last = pd.Timestamp(year, 1, 1), pd.Timestamp(year, 12, 31)
    monday = pd.Timestamp.fromisocalendar(year, 1, 1)
    starts = [monday + 28 * number * ONE_DAY for number in range(13)]
    ends = [start - ONE_DAY for start in starts[1:]]
    return pd.DataFrame(
        {
            "period_start": [*months, first, *starts[1:]],
            "period_end": [*(months + pd.offsets.MonthEnd()), *ends, last],
        }
    )


def merged_traits(rows: Path) -> pd.DataFrame:
    """Traits, those that touch made one."""
    keys = [*RELATION, "trait"]
    traits = small_table(rows, "traits", [*keys, "from_day", "until_day"]).sort_values([*keys, "from_day"])
    traits["until_day"] = traits["until_day"].fillna(FAR)
    before = traits.groupby(keys)["until_day"].cummax().groupby([traits[key] for key in keys]).shift()
    traits["piece"] = (before.isna() | (traits["from_day"] > before + ONE_DAY)).cumsum()
    return traits.groupby([*keys, "piece"], as_index=False).agg({"from_day": "min", "until_day": "max"})


def with_facts(rows: pd.DataFrame, registered: pd.DataFrame, traits: pd.DataFrame) -> pd.DataFrame:
    """Rows with whether they are in the target group and in the base."""
    nature = rows["employment_nature"]
    flags = trait_flags(rows, traits)
    wsw = nature.isin([21, 22]) | flags["wsw"]
    seconded = (nature == 22) | flags["wsw_seconded"]
    out_of_count = (nature == 24) | flags["sheltered"] | (wsw & ~seconded)
    in_register = rows.index.isin(of_register(rows, registered))
    rows["in_target_group"] = in_register & ~out_of_count
    in_base = ~(nature.isin(OUT_OF_BASE) | flags["on_first_day"])
    wage = rows["premium_wage_low_cents"] + rows["premium_wage_high_cents"]
    rows["base_cents"] = wage.where(in_base, 0)
    rows["base_hours"] = rows["paid_hours"].where(in_base, 0)
    rows["target_group_hours"] = rows["paid_hours"].where(rows["in_target_group"], 0)
    rows["high_rows"] = ((rows["premium_wage_high_cents"] != 0) & ~nature.isin([21, 22])).astype("int64")
    rows["all_rows"] = 1
    return rows


def of_register(rows: pd.DataFrame, registered: pd.DataFrame) -> pd.Series:
    """Index of the rows whose person is registered in their period."""
    key = ["bsn", "period_start", "period_end"]
    perhaps = rows.loc[rows["bsn"].isin(registered["bsn"]), key].reset_index()
    return perhaps.merge(registered, on=key)["index"]


def trait_flags(rows: pd.DataFrame, traits: pd.DataFrame) -> pd.DataFrame:
    """What the traits say of each row."""
    perhaps = rows.loc[
        rows["bsn"].isin(traits["bsn"]), [*RELATION, "period_start", "period_end", "started_on", "ended_on"]
    ]
    joined = perhaps.reset_index().merge(traits, on=RELATION)
    first = joined["started_on"].where(joined["started_on"] > joined["period_start"], joined["period_start"])
    last = joined["ended_on"].where(joined["ended_on"] < joined["period_end"], joined["period_end"])
    first, last = first.where(first <= last, joined["period_start"]), last.where(first <= last, joined["period_end"])
    covers = (joined["from_day"] <= first) & (joined["until_day"] >= last)
    touches = (joined["from_day"] <= last) & (joined["until_day"] >= first)
    flags = {
        "wsw": (joined["trait"] == "wsw") & covers,
        "wsw_seconded": (joined["trait"] == "wsw_seconded") & touches,
        "sheltered": (joined["trait"] == "sheltered") & covers,
        "on_first_day": (joined["from_day"] <= first) & (joined["until_day"] >= first),
    }
    return pd.DataFrame({name: rows.index.isin(joined.loc[true, "index"]) for name, true in flags.items()}, rows.index)


def hours_of_persons(rows: pd.DataFrame, figures: Figures) -> pd.DataFrame:
    """Hours that count for the LKV of the jobs agreement."""
    few = rows[rows["in_target_group"] & rows["asked_jobs_agreement"]]
    counts = few[insured_employment(few) & below_pension_age(few, figures) & (few["bsn"] != -1)]
    hours = counts.assign(rsin=counts["payroll_tax_number"] // SUB_NUMBERS)
    return hours.groupby(["rsin", "bsn"], as_index=False)["paid_hours"].sum()


def insured_employment(rows: pd.DataFrame) -> pd.Series:
    """Whether each row is an employment insured for one of WAO/WIA, WW and ZW."""
    insured = rows["insured_wao"] | rows["insured_ww"] | rows["insured_zw"]
    return insured & rows["income_kind"].isin(EMPLOYMENTS)


def below_pension_age(rows: pd.DataFrame, figures: Figures) -> pd.Series:
    """Whether the person of each row has not reached the pension age on the first day of the period."""
    return rows["birth_date"] > rows["period_start"] - pd.DateOffset(years=figures.pension_age_years)


def after_deductions(rows: Path, returns: pd.DataFrame) -> pd.DataFrame:
    """The returns with what supplements on benefits take off their base; no more is taken off than is in it."""
    deductions = small_table(rows, "deductions", [*RETURN, "amount_cents"])
    joined = returns.merge(deductions, on=RETURN, how="left")
    off = joined["amount_cents"].fillna(0).astype("int64")
    base = joined["base_cents"]
    return joined.assign(base_cents=(base - off).where((off <= 0) | (off <= base), base.clip(upper=0)))


def employers_with_size(rows: Path, returns: pd.DataFrame, figures: Figures) -> pd.DataFrame:
    """Every employer with its sums, and whether it is small."""
    sums = returns.assign(rsin=returns["payroll_tax_number"] // SUB_NUMBERS).groupby("rsin", as_index=False)[SUMS].sum()
    listed = small_table(rows, "employers", ["rsin", "started_on"])
    bills = small_table(rows, "wage_bills", ["rsin", "year", "premium_wage_cents"])
    bills = bills[bills["year"] == figures.year - 2].rename(columns={"premium_wage_cents": "premium_wage_t2_cents"})
    joined = listed.merge(sums, on="rsin", how="outer").merge(bills, on="rsin", how="left")
    joined[SUMS] = joined[SUMS].fillna(0).astype("int64")
    joined["premium_wage_t2_cents"] = joined["premium_wage_t2_cents"].astype("Int64")
    starter = joined["started_on"].dt.year.isin([figures.year - 1, figures.year])
    known = joined["premium_wage_t2_cents"].notna()
    joined["small_ground"] = np.select([starter, known], ["starter", "wage_bill"], "declared_class")
    by_wage = (joined["premium_wage_t2_cents"] <= figures.small_limit_cents).fillna(value=False).astype(bool)
    declared = (joined["high_rows"] == 0) & (joined["all_rows"] > 0)
    joined["small_employer"] = np.select([starter, known], [True, by_wage], declared)
    return joined


def surcharges(returns: pd.DataFrame, employers: pd.DataFrame, figures: Figures) -> pd.DataFrame:
    """Base and surcharge of every employer that owes, at the rate in balance."""
    owing = employers.loc[~employers["small_employer"], "rsin"]
    lines = returns.assign(rsin=returns["payroll_tax_number"] // SUB_NUMBERS)
    lines = lines[lines["rsin"].isin(owing)]
    rate = figures.surcharge_rate(int(lines["base_cents"].sum()), int(lines["base_hours"].sum()))
    # Whole euros, rounded down.
    lines = lines.assign(surcharge_cents=lines["base_cents"] * rate // 1_000_000 * 100)
    summed = lines.groupby("rsin", as_index=False)[["base_cents", "surcharge_cents"]].sum()
    return summed.rename(columns={"base_cents": "surcharge_base_cents"})


def benefits(persons: pd.DataFrame, figures: Figures) -> pd.DataFrame:
    """LKV and bonus of every employer."""
    lkv = (persons["paid_hours"] * figures.lkv_rate_cents).clip(0, figures.lkv_cap_cents)
    bonus = (persons["paid_hours"] * figures.bonus_rate_cents).clip(lower=0)
    lines = persons.assign(lkv_cents=lkv, bonus_cents=bonus)
    return lines.groupby("rsin", as_index=False)[["lkv_cents", "bonus_cents"]].sum()


if __name__ == "__main__":
    answer(Path(sys.argv[1]), read_figures(Path(sys.argv[2]))).to_parquet(sys.argv[3], index=False)
