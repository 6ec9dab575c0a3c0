"""Every table and column, declared once.

Intake, Parquet schemas, the generator, the documentation (`quotum tables`) and the checks all read
this module; a name, unit or kind that is not here does not exist.
"""

from enum import StrEnum
from typing import Final

import attrs
import pyarrow as pa
from attrs import frozen


class Kind(StrEnum):
    """What the values of a column are."""

    TEXT = "text"
    BSN = "bsn"
    RSIN = "rsin"
    PAYROLL_TAX_NUMBER = "payroll tax number"
    WHOLE = "whole number"
    CODE = "code"
    EUROS = "euros"
    CENTS = "cents"
    SHARE = "share"
    DATE = "date"
    MOMENT = "date and time"
    FLAG = "J or N"
    CHOICE = "choice"
    BOOLEAN = "true or false"
    HUNDREDTHS = "hundredths"
    TENTHS = "tenths"


PERSONAL: Final = frozenset({Kind.BSN, Kind.RSIN, Kind.PAYROLL_TAX_NUMBER})

# How a column is kept inside quotum (in the archive and while computing); a moment is an instant, in UTC.
_INSIDE: Final[dict[Kind, pa.DataType]] = {
    Kind.TEXT: pa.string(),
    Kind.BSN: pa.int64(),
    Kind.RSIN: pa.int64(),
    Kind.PAYROLL_TAX_NUMBER: pa.int64(),
    Kind.WHOLE: pa.int64(),
    Kind.CODE: pa.int64(),
    Kind.EUROS: pa.int64(),
    Kind.CENTS: pa.int64(),
    Kind.SHARE: pa.string(),
    Kind.DATE: pa.date32(),
    Kind.MOMENT: pa.timestamp("us"),
    Kind.FLAG: pa.bool_(),
    Kind.CHOICE: pa.string(),
    Kind.BOOLEAN: pa.bool_(),
    Kind.HUNDREDTHS: pa.int64(),
    Kind.TENTHS: pa.int64(),
}
# How it is written in the files of a run: identifiers as strings of nine digits (or twelve characters).
_WRITTEN: Final[dict[Kind, pa.DataType]] = _INSIDE | {
    Kind.BSN: pa.string(),
    Kind.RSIN: pa.string(),
    Kind.PAYROLL_TAX_NUMBER: pa.string(),
    Kind.MOMENT: pa.timestamp("us", "UTC"),
}


@frozen(cache_hash=True)
class Column:
    """One column of a table."""

    name: str
    """Name in files and code."""
    kind: Kind
    """What its values are."""
    meaning: str
    """What it says, with the Dutch term."""
    unit: str = ""
    """Unit of a quantity."""
    null: bool = False
    """Whether a value may be absent."""
    optional: bool = False
    """Whether a delivery may leave the whole column out."""
    delivered: str = ""
    """Name in a delivery, where it differs."""
    aliases: tuple[str, ...] = ()
    """Older or other names accepted in a delivery; those of AFAS Profit among them."""
    spolisbus: str = ""
    """Name in CBS SPOLISBUS, accepted in a delivery in any case, with or without a leading S."""
    choices: tuple[str, ...] = ()
    """The values allowed, for a choice."""
    longest: int = 0
    """Largest number of characters (text) or digits (whole number, code); 0 is without limit."""
    negative: bool = False
    """Whether a number may be below zero."""
    source: str = ""
    """Element of the payroll return it comes from."""

    @property
    def delivered_name(self) -> str:
        """Name of the column in a delivery."""
        return self.delivered or self.name

    @property
    def inside(self) -> pa.DataType:
        """Arrow type in the archive and while computing."""
        return _INSIDE[self.kind]

    @property
    def written(self) -> pa.DataType:
        """Arrow type in the files of a run."""
        return _WRITTEN[self.kind]

    @property
    def personal(self) -> bool:
        """Whether a value may identify a person, so that it never appears in a message."""
        return self.kind in PERSONAL or self.name in {"personnel_number", "name", "iban", "birth_date"}


@frozen(cache_hash=True)
class Table:
    """A table with its columns in order."""

    name: str
    """Name of the table; for a delivery, its kind."""
    meaning: str
    """One row per what."""
    columns: tuple[Column, ...]
    """Columns, in the order of the file."""
    key: tuple[str, ...] = ()
    """Columns that identify a row; the files of a run are sorted by it."""

    def column(self, name: str) -> Column:
        """The column of that name.

        Raises:
            KeyError: There is none.
        """
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the columns, in order."""
        return tuple(column.name for column in self.columns)

    @property
    def computed(self) -> tuple[str, ...]:
        """Names of the columns that are computed row by row: all but the mark, which the writer of the file adds."""
        return tuple(name for name in self.names if name != SIMULATION.name)

    @property
    def inside_schema(self) -> pa.Schema:
        """Arrow schema in the archive and while computing."""
        return pa.schema([pa.field(column.name, column.inside, column.null) for column in self.columns])

    @property
    def written_schema(self) -> pa.Schema:
        """Arrow schema in the files of a run."""
        return pa.schema([pa.field(column.name, column.written, column.null) for column in self.columns])


def _c(name: str, kind: Kind, meaning: str, unit: str = "", **more: object) -> Column:
    return Column(name, kind, meaning, unit, **more)  # type: ignore[arg-type]


SIMULATION: Final = _c(
    "simulation", Kind.BOOLEAN, "true: a scenario set a figure, and nothing in the file is settled or decided"
)
"""Last column of every file with results: one that travels alone still says what it is."""

_RELATION = "InkomstenverhoudingInitieel"
_PERIOD = f"{_RELATION}/Inkomstenperiode"
_WAGES = f"{_RELATION}/Werknemersgegevens"

RETURNS: Final = Table(
    "returns",
    "income relation in a payroll return (loonaangifte); a return without rows is one line without NumIV",
    (
        _c("message_id", Kind.TEXT, "identification of the message (identificatie bericht)", delivered="IdBer", longest=32, source="Bericht/IdBer"),
        _c("made_at", Kind.MOMENT, "when the employer made the message (datum en tijd aanmaak)", "local time, unless with an offset", delivered="DatTdAanm", source="Bericht/DatTdAanm"),
        _c("return_kind", Kind.CHOICE, "V volledige aangifte, A aanvullende aangifte, C tijdvakcorrectie", delivered="Soort", choices=("V", "A", "C")),
        _c("action", Kind.CHOICE, "I initieel, X intrekking (withdrawal)", delivered="Actie", choices=("I", "X"), null=True),
        _c("payroll_tax_number", Kind.PAYROLL_TAX_NUMBER, "loonheffingennummer: RSIN, L, two digits", delivered="LhNr", spolisbus="LHNR", source="AdministratieveEenheid/LhNr"),
        _c("period_start", Kind.DATE, "first day of the return period (aangiftetijdvak)", delivered="DatAanvTv", spolisbus="DATUMAANVANGIKO", source="DatAanvTv"),
        _c("period_end", Kind.DATE, "last day of the return period", delivered="DatEindTv", spolisbus="DATUMEINDEIKO", source="DatEindTv"),
        _c("relation_number", Kind.WHOLE, "number of the income relation (inkomstenverhouding); empty: a return without rows", delivered="NumIV", longest=4, null=True, source=f"{_RELATION}/NumIV"),
        _c("bsn", Kind.BSN, "citizen service number; absent for the anonymous rate", delivered="SofiNr", null=True, source=f"{_RELATION}/NatuurlijkPersoon/SofiNr"),
        _c("personnel_number", Kind.TEXT, "personnel number (personeelsnummer)", delivered="PersNr", null=True, longest=35, source=f"{_RELATION}/PersNr"),
        _c("started_on", Kind.DATE, "start of the income relation (datum aanvang)", delivered="DatAanv", spolisbus="DATUMAANVANGIKV", null=True, source=f"{_RELATION}/DatAanv"),
        _c("ended_on", Kind.DATE, "end of the income relation (datum einde)", delivered="DatEind", spolisbus="DATUMEINDEIKV", null=True, source=f"{_RELATION}/DatEind"),
        _c("birth_date", Kind.DATE, "birth date (geboortedatum)", delivered="Gebdat", null=True, source=f"{_RELATION}/NatuurlijkPersoon/Gebdat"),
        _c("income_kind", Kind.CODE, "kind of income relation (soort inkomstenverhouding)", delivered="SrtIV", aliases=("ViIn",), spolisbus="SRTIV", longest=2, null=True, source=f"{_PERIOD}/SrtIV"),
        _c("employment_nature", Kind.WHOLE, "nature of the employment (code aard arbeidsverhouding)", delivered="CdAard", aliases=("ViEm",), spolisbus="CDAARD", longest=2, null=True, source=f"{_PERIOD}/CdAard"),
        _c("insured_wao", Kind.FLAG, "insured for WAO/WIA", delivered="IndWAO", aliases=("YWAO",), spolisbus="INDWAO", null=True, source=f"{_PERIOD}/IndWAO"),
        _c("insured_ww", Kind.FLAG, "insured for WW", delivered="IndWW", aliases=("YnWW",), spolisbus="INDWW", null=True, source=f"{_PERIOD}/IndWW"),
        _c("insured_zw", Kind.FLAG, "insured for ZW", delivered="IndZW", aliases=("YnZW",), spolisbus="INDZW", null=True, source=f"{_PERIOD}/IndZW"),
        _c("asked_older", Kind.FLAG, "request LKV oudere werknemer", delivered="IndAvrLkvOudrWn", spolisbus="INDAVRLKVOUDRWN", aliases=("Lkvo",), null=True, source=f"{_PERIOD}/IndAvrLkvOudrWn"),
        _c("asked_disabled", Kind.FLAG, "request LKV arbeidsgehandicapte werknemer", delivered="IndAvrLkvAgWn", spolisbus="INDAVRLKVAGWN", aliases=("PiAw",), null=True, source=f"{_PERIOD}/IndAvrLkvAgWn"),
        _c("asked_jobs_agreement", Kind.FLAG, "request LKV doelgroep banenafspraak", delivered="IndAvrLkvDgBaf", spolisbus="INDAVRLKVDGBAFSB", aliases=("IndAvrLkvDgBafSb", "PkBa"), null=True, source=f"{_PERIOD}/IndAvrLkvDgBaf"),
        _c("asked_reassigned", Kind.FLAG, "request LKV herplaatsen arbeidsgehandicapte werknemer", delivered="IndAvrLkvHpAgWn", spolisbus="INDAVRLKVHPAGWN", aliases=("PkHa",), null=True, source=f"{_PERIOD}/IndAvrLkvHpAgWn"),
        _c("social_wage_cents", Kind.EUROS, "wage for social security (loon SV)", "cents", delivered="LnSV", spolisbus="LNSV", null=True, negative=True, source=f"{_WAGES}/LnSV"),
        _c("premium_wage_low_cents", Kind.EUROS, "premium wage Aof, low class (premieloon Aof laag)", "cents", delivered="PrlnAofAnwLg", spolisbus="PRLNAOFANWLG", null=True, negative=True, source=f"{_WAGES}/PrlnAofAnwLg"),
        _c("premium_wage_high_cents", Kind.EUROS, "premium wage Aof, high class (premieloon Aof hoog)", "cents", delivered="PrlnAofAnwHg", spolisbus="PRLNAOFANWHG", null=True, negative=True, source=f"{_WAGES}/PrlnAofAnwHg"),
        _c("premium_benefit_cents", Kind.EUROS, "premium wage Aof over benefits (premieloon Aof uitkering)", "cents", delivered="PrlnAofAnwUit", spolisbus="PRLNAOFANWUIT", null=True, negative=True, source=f"{_WAGES}/PrlnAofAnwUit"),
        _c("paid_hours", Kind.WHOLE, "paid hours (aantal verloonde uren)", "hours", delivered="AantVerlU", spolisbus="AANTVERLU", longest=5, null=True, negative=True, source=f"{_WAGES}/AantVerlU"),
        _c("filed_at", Kind.MOMENT, "when the message was filed (ingediend); else the time it was made stands in", "local time, unless with an offset", delivered="Ingediend", optional=True, null=True),
    ),
)

REGISTER: Final = Table(
    "register",
    "registration of a person in the registratie doelgroep banenafspraak",
    (
        _c("bsn", Kind.BSN, "citizen service number"),
        _c("registered_from", Kind.DATE, "first day in the target group"),
        _c("registered_until", Kind.DATE, "last day in the target group, included; empty while it runs", null=True),
        _c("ground", Kind.TEXT, "ground of the registration (Wfsv art. 38b)", longest=100, null=True),
        _c("ended_by", Kind.CHOICE, "how it ended: at the person's own request (eigen verzoek, Wtl art. 6.2 lid 4) or otherwise; empty: unknown", choices=("own_request", "other"), null=True, optional=True),
    ),
)

EMPLOYERS: Final = Table(
    "employers",
    "employer (werkgever) by its fiscal number",
    (
        _c("rsin", Kind.RSIN, "fiscal number (RSIN)"),
        _c("name", Kind.TEXT, "name", longest=200, null=True),
        _c("sector", Kind.CHOICE, "sector: overheid (government) or niet-overheid (market)", choices=("overheid", "niet-overheid")),
        _c("started_on", Kind.DATE, "since when it is an employer"),
        _c("iban", Kind.TEXT, "account for payments", longest=34, null=True),
        _c("ended_on", Kind.DATE, "last day as an employer", null=True, optional=True),
        _c("bic", Kind.TEXT, "bank of the account", longest=11, null=True, optional=True),
        _c("region", Kind.TEXT, "labour market region (arbeidsmarktregio)", longest=100, null=True, optional=True),
    ),
    key=("rsin",),
)

WAGE_BILLS: Final = Table(
    "wage_bills",
    "employer and year: premium wage fixed elsewhere",
    (
        _c("rsin", Kind.RSIN, "fiscal number (RSIN)"),
        _c("year", Kind.WHOLE, "calendar year", longest=4),
        _c("premium_wage_cents", Kind.EUROS, "premium wage (premieplichtig loon) of the year", "cents", delivered="premium_wage", negative=True),
    ),
    key=("rsin", "year"),
)

TRAITS: Final = Table(
    "traits",
    "kind of work of an income relation over an interval",
    (
        _c("payroll_tax_number", Kind.PAYROLL_TAX_NUMBER, "loonheffingennummer", delivered="lhnr"),
        _c("bsn", Kind.BSN, "citizen service number"),
        _c("relation_number", Kind.WHOLE, "number of the income relation", delivered="income_relation", longest=4),
        _c("from_day", Kind.DATE, "first day", delivered="from"),
        _c("until_day", Kind.DATE, "last day, included; empty while it runs", delivered="until", null=True),
        _c("trait", Kind.CHOICE, "kind of work", choices=("wsw", "wsw_seconded", "sheltered", "lent_out")),
    ),
)

DECLARATIONS: Final = Table(
    "declarations",
    "declaration for a wage cost benefit (doelgroepverklaring)",
    (
        _c("bsn", Kind.BSN, "citizen service number"),
        _c("category", Kind.CHOICE, "category of the benefit", choices=("older", "disabled", "jobs_agreement", "jobs_agreement_training", "reassigned")),
        _c("from_day", Kind.DATE, "first day it covers", delivered="from"),
        _c("until_day", Kind.DATE, "last day it covers, included; empty: without end", delivered="until", null=True),
    ),
)

TRANSFERS: Final = Table(
    "transfers",
    "transfer of undertaking (overgang van onderneming)",
    (
        _c("from_rsin", Kind.RSIN, "transferor"),
        _c("to_rsin", Kind.RSIN, "acquirer"),
        _c("on_day", Kind.DATE, "day of the transfer", delivered="on"),
        _c("share", Kind.SHARE, "wage of the part over wage of the whole in the year before, between 0 and 1"),
    ),
    key=("from_rsin", "to_rsin", "on_day"),
)

ALLOCATIONS: Final = Table(
    "allocations",
    "hours of a lent-out person allocated to the borrower (Besluit Wfsv art. 2.28)",
    (
        _c("lender_rsin", Kind.RSIN, "lender"),
        _c("borrower_rsin", Kind.RSIN, "borrower"),
        _c("bsn", Kind.BSN, "citizen service number"),
        _c("year", Kind.WHOLE, "calendar year", longest=4),
        _c("hours", Kind.WHOLE, "paid hours allocated", "hours", longest=5),
        _c("agreed_on", Kind.DATE, "day of the agreement"),
    ),
)

DEDUCTIONS: Final = Table(
    "deductions",
    "supplements on benefits that owe no surcharge, per payroll tax number and period",
    (
        _c("payroll_tax_number", Kind.PAYROLL_TAX_NUMBER, "loonheffingennummer", delivered="lhnr"),
        _c("period_start", Kind.DATE, "first day of the return period"),
        _c("period_end", Kind.DATE, "last day of the return period"),
        _c("amount_cents", Kind.EUROS, "premium wage to be left out", "cents", delivered="amount", negative=True),
    ),
    key=("payroll_tax_number", "period_start", "period_end"),
)

DELIVERIES: Final = (RETURNS, REGISTER, EMPLOYERS, WAGE_BILLS, TRAITS, DECLARATIONS, TRANSFERS, ALLOCATIONS, DEDUCTIONS)

LOONAANGIFTE: Final = "loonaangifte"
"""The kind of delivery that is XML as the tax authority has it: its rows are those of `returns`."""

# The archive keeps a return in two tables: what the message says of itself once, and its rows.
FRAGMENTS: Final = Table(
    "fragments",
    "rows of one message, kind and period that came in one piece of one delivery",
    (
        _c("fragment", Kind.WHOLE, "number within the receive call"),
        _c("delivery", Kind.WHOLE, "number of the delivery within the receive call"),
        _c("member", Kind.WHOLE, "number of the member within the container; 0 for a plain file"),
        _c("payroll_tax_number", Kind.PAYROLL_TAX_NUMBER, "loonheffingennummer"),
        _c("message_id", Kind.TEXT, "identification of the message"),
        _c("filed_at", Kind.MOMENT, "filing time that counts", "instant, UTC"),
        _c("filing_given", Kind.BOOLEAN, "whether the delivery gave the filing time"),
        _c("return_kind", Kind.CHOICE, "V, A or C", choices=("V", "A", "C")),
        _c("period_start", Kind.DATE, "first day of the return period"),
        _c("period_end", Kind.DATE, "last day of the return period"),
        _c("rows", Kind.WHOLE, "number of rows", "rows"),
        _c("repeated", Kind.BOOLEAN, "whether two of its rows have the same identity"),
    ),
    key=("fragment",),
)

_MESSAGE_COLUMNS: Final = frozenset({"message_id", "made_at", "filed_at", "return_kind"})

INCOME_RELATIONS: Final = Table(
    "income_relations",
    "accepted row of a return, as the archive keeps it",
    (
        _c("delivery", Kind.WHOLE, "number of the delivery within the receive call"),
        _c("fragment", Kind.WHOLE, "fragment (message, kind and period) the row belongs to"),
        _c("row", Kind.WHOLE, "number of the row within its file, from 1"),
        *(column for column in RETURNS.columns if column.name not in _MESSAGE_COLUMNS),
    ),
)

CORRECTIONS: Final = Table(
    "corrections",
    "accepted row of a supplementary return or a correction: apart, so that these few are found without a search",
    INCOME_RELATIONS.columns,
)

PROVENANCE: Final = ("delivery", "fragment", "row")
"""Columns of a row of a return that say where it came from."""

SAID: Final = tuple(name for name in INCOME_RELATIONS.names if name not in PROVENANCE)
"""What a row of a return says: rows that agree in all of this are one."""

OF_ROWS: Final = (INCOME_RELATIONS.name, CORRECTIONS.name)
"""Names of the tables of rows of returns: of full ones, and of corrections."""

SUMS: Final = Table(
    "sums",
    "what the rows of a fragment add up to, by nature of the employment; withdrawals are left out",
    (
        _c("fragment", Kind.WHOLE, "fragment (message, kind and period) that the rows belong to"),
        _c("payroll_tax_number", Kind.PAYROLL_TAX_NUMBER, "loonheffingennummer"),
        _c("period_start", Kind.DATE, "first day of the return period"),
        _c("period_end", Kind.DATE, "last day of the return period"),
        _c("employment_nature", Kind.WHOLE, "nature of the employment, where the law tells it apart", null=True),
        _c("all_rows", Kind.WHOLE, "number of rows", "rows"),
        _c("rows_without_bsn", Kind.WHOLE, "rows without a BSN", "rows"),
        _c("employment_rows", Kind.WHOLE, "rows of a kind that is an employment", "rows"),
        _c("high_rows", Kind.WHOLE, "rows with premium wage in the high class", "rows"),
        _c("low_rows", Kind.WHOLE, "rows with premium wage in the low class", "rows"),
        _c("paid_hours", Kind.WHOLE, "paid hours", "hours"),
        _c("premium_wage_low_cents", Kind.CENTS, "premium wage Aof, low class", "cents"),
        _c("premium_wage_high_cents", Kind.CENTS, "premium wage Aof, high class", "cents"),
        _c("wage_magnitude", Kind.WHOLE, "premium wages without their signs, in steps of 2^20 cents", "steps"),
    ),
    key=("fragment", "employment_nature"),
)

OF_RETURNS: Final = (*OF_ROWS, FRAGMENTS.name, SUMS.name)
"""Names of the tables of returns, which grow with people and months; all others are small."""

OF_THE_WHOLE: Final = 0
"""Number of the row of a finding about a delivery, or a member of one, as a whole."""

REJECT: Final = "reject"
FINDING: Final = "finding"
"""Levels of a rule that a delivered row breaks: it is not accepted, or it is and the finding is kept."""

FINDINGS: Final = Table(
    "findings",
    "rule broken by a row or a return that was received",
    (
        _c("delivery", Kind.WHOLE, "number of the delivery within the receive call"),
        _c("member", Kind.WHOLE, "number of the member within the container"),
        _c("row", Kind.WHOLE, "number of the row within its file, from 1; 0: the whole of it", null=True),
        _c("rule", Kind.TEXT, "name of the rule"),
        _c("level", Kind.CHOICE, "reject: the row was not accepted; finding: it was", choices=("reject", "finding")),
        _c("value", Kind.TEXT, "what was found, unless it is personal", null=True),
    ),
)

NOT_REPLACED: Final = frozenset((*OF_RETURNS, FINDINGS.name))
"""Names of the derived tables that no later one takes the place of."""

_SETTLED_EMPLOYER: Final = (
    _c("rsin", Kind.RSIN, "fiscal number (RSIN)"),
    _c("sector", Kind.CHOICE, "sector as delivered", choices=("overheid", "niet-overheid"), null=True),
)

SETTLEMENT: Final = Table(
    "settlement",
    "employer",
    (
        *_SETTLED_EMPLOYER,
        _c("small_employer", Kind.BOOLEAN, "small employer (kleine werkgever), exempt from the surcharge; empty when nobody is tested", null=True),
        _c("small_ground", Kind.CHOICE, "what decided it; empty when nobody is tested", choices=("wage_bill", "transfer", "starter", "declared_class"), null=True),
        _c("premium_wage_t2_cents", Kind.CENTS, "premium wage of year t-2, after transfers; it decides nothing where the ground is starter; empty when unknown", "cents", null=True),
        _c("paid_hours", Kind.WHOLE, "paid hours over all rows in force", "hours"),
        _c("target_group_hours", Kind.WHOLE, "paid hours of the target group", "hours"),
        _c("surcharge_base_cents", Kind.CENTS, "premium wage over which the surcharge is owed; 0 where none is", "cents"),
        _c("surcharge_cents", Kind.CENTS, "inclusivity surcharge (inclusiviteitsopslag)", "cents"),
        _c("lkv_cents", Kind.CENTS, "LKV doelgroep banenafspraak", "cents"),
        _c("bonus_cents", Kind.CENTS, "jobs agreement bonus (banenafspraakbonus)", "cents"),
        _c("payable_cents", Kind.CENTS, "LKV and bonus, paid out", "cents"),
        _c("net_cents", Kind.CENTS, "payable less surcharge, for insight: nothing nets them", "cents"),
        SIMULATION,
    ),
    key=("rsin",),
)

QUOTA_SETTLEMENT: Final = Table(
    "settlement",
    "employer, under --regime quota-levy",
    (
        *_SETTLED_EMPLOYER,
        _c("paid_hours_t1", Kind.WHOLE, "paid hours of year t-1 over all rows filed by 1 May of year t", "hours"),
        _c("paid_hours", Kind.WHOLE, "paid hours over all rows in force", "hours"),
        _c("target_group_hours", Kind.WHOLE, "paid hours of the target group", "hours"),
        _c("quota_percentage_hundredths", Kind.HUNDREDTHS, "quota percentage (quotumpercentage) of the sector; empty without sector", "hundredths of a percent point", null=True),
        _c("quota_shortage_tenths", Kind.TENTHS, "quota shortage (quotumtekort); 0 where no levy is owed", "tenths of a job"),
        _c("quota_levy_cents", Kind.CENTS, "quota levy (quotumheffing)", "cents"),
        SIMULATION,
    ),
    key=("rsin",),
)

QUOTA_LINES: Final = Table(
    "quota_lines",
    "employer, under --regime quota-levy: from its hours to the variables of the levy",
    (
        _c("rsin", Kind.RSIN, "fiscal number (RSIN)"),
        _c("counted_hours_t1", Kind.WHOLE, "paid hours of year t-1 without agency workers and Wsw employments, held against the threshold", "hours"),
        _c("counted_hours", Kind.WHOLE, "variable A: the same of year t", "hours"),
        _c("counted_target_hours", Kind.WHOLE, "hours of the target group among these", "hours"),
        _c("borrowed_hours", Kind.WHOLE, "hours allocated to it as a borrower (Besluit Wfsv art. 2.28)", "hours"),
        _c("lent_hours", Kind.WHOLE, "hours allocated to borrowers and taken off it", "hours"),
        _c("levy_target_hours", Kind.WHOLE, "variable C: hours of the target group that count", "hours"),
        _c("bound", Kind.BOOLEAN, "whether both years reach the threshold (Wfsv art. 34 lid 4)"),
        _c("part_of_year", Kind.BOOLEAN, "whether it was an employer for part of year t-1 or t only (Wfsv art. 34 lid 8 b)"),
        SIMULATION,
    ),
    key=("rsin",),
)

BONUS_LINES: Final = Table(
    "bonus_lines",
    "employer and person with at least one row that meets the conditions",
    (
        _c("rsin", Kind.RSIN, "fiscal number (RSIN)"),
        _c("bsn", Kind.BSN, "citizen service number"),
        _c("paid_hours", Kind.WHOLE, "paid hours that count", "hours"),
        _c("lkv_cents", Kind.CENTS, "LKV doelgroep banenafspraak", "cents"),
        _c("lkv_capped", Kind.BOOLEAN, "whether the maximum cut it off"),
        _c("bonus_cents", Kind.CENTS, "jobs agreement bonus", "cents"),
        _c("granted_category", Kind.CHOICE, "category of the benefit that is granted", choices=("older", "disabled", "jobs_agreement", "reassigned")),
        SIMULATION,
    ),
    key=("rsin", "bsn"),
)

OTHER_LKV_LINES: Final = Table(
    "other_lkv_lines",
    "employer, person and other category of LKV: reported, not settled",
    (
        _c("rsin", Kind.RSIN, "fiscal number (RSIN)"),
        _c("bsn", Kind.BSN, "citizen service number"),
        _c("category", Kind.CHOICE, "category", choices=("older", "disabled", "reassigned")),
        _c("paid_hours", Kind.WHOLE, "paid hours that count", "hours"),
        _c("lkv_cents", Kind.CENTS, "LKV of the category", "cents"),
        SIMULATION,
    ),
    key=("rsin", "bsn", "category"),
)

SURCHARGE_LINES: Final = Table(
    "surcharge_lines",
    "payroll tax number and return period of employers that owe",
    (
        _c("lhnr", Kind.PAYROLL_TAX_NUMBER, "loonheffingennummer"),
        _c("period_start", Kind.DATE, "first day of the return period"),
        _c("period_end", Kind.DATE, "last day of the return period"),
        _c("base_cents", Kind.CENTS, "premium wage that counts", "cents"),
        _c("surcharge_cents", Kind.CENTS, "surcharge, whole euros", "cents"),
        SIMULATION,
    ),
    key=("lhnr", "period_start", "period_end"),
)

SET_ASIDE: Final = Table(
    "set_aside",
    "return of which a message was set aside because it contradicts itself",
    (
        _c("lhnr", Kind.PAYROLL_TAX_NUMBER, "loonheffingennummer"),
        _c("period_start", Kind.DATE, "first day of the return period"),
        _c("period_end", Kind.DATE, "last day of the return period"),
        _c("delivery", Kind.TEXT, "digest (SHA-256) of the delivery in which the message contradicts itself"),
        _c("member", Kind.WHOLE, "number of the member within the container; 0 for a plain file"),
        _c("row", Kind.WHOLE, "number of the first row that differs from another of the message, from 1"),
        SIMULATION,
    ),
    key=("lhnr", "period_start", "period_end"),
)

QUALITY: Final = Table(
    "quality",
    "finding",
    (
        _c("code", Kind.TEXT, "name of the rule or finding"),
        _c("place", Kind.TEXT, "where: a delivery by digest, or a stage of the run"),
        _c("count", Kind.WHOLE, "how often", "times"),
        _c("cents", Kind.CENTS, "the most that hangs on it: LKV and bonus, surcharge or levy; empty where that cannot be computed", "cents", null=True),
    ),
    key=("code", "place"),
)

# What `quotum diff` writes.
DIFFERENCES: Final = Table(
    "differences",
    "employer and column of settlement that differs between two runs of one year",
    (
        _c("rsin", Kind.RSIN, "fiscal number (RSIN)"),
        _c("first_number", Kind.WHOLE, "sequence number of the employer in the first run; empty when it is not in it", null=True),
        _c("second_number", Kind.WHOLE, "sequence number of the employer in the second run; empty when it is not in it", null=True),
        _c("column", Kind.TEXT, "column of settlement"),
        _c("first", Kind.TEXT, "value in the first run; a number is 0 where the employer is not in it", null=True),
        _c("second", Kind.TEXT, "value in the second run; a number is 0 where the employer is not in it", null=True),
        _c("difference", Kind.WHOLE, "second less first, in the unit of the column; empty for what is no number or unknown in one", null=True),
        SIMULATION,
    ),
    key=("rsin", "column"),
)

DIFFERENCE_CAUSES: Final = Table(
    "difference_causes",
    "employer that differs between two runs, and a cause of its own that can have done it",
    (
        _c("rsin", Kind.RSIN, "fiscal number (RSIN)"),
        _c("cause", Kind.CHOICE, "messages: filed or delivered for one run only; else the delivery that is not the same for it", choices=("messages", "register", "traits", "declarations", "employers", "wage_bills", "transfers", "deductions", "allocations")),
        _c("count", Kind.WHOLE, "how many messages, persons (register, declarations) or rows"),
        SIMULATION,
    ),
    key=("rsin", "cause"),
)

DIFFERENCE_MESSAGES: Final = Table(
    "difference_messages",
    "piece of a message that one of two runs counted and the other did not, of employers that differ",
    (
        _c("rsin", Kind.RSIN, "fiscal number (RSIN)"),
        _c("lhnr", Kind.PAYROLL_TAX_NUMBER, "loonheffingennummer"),
        _c("period_start", Kind.DATE, "first day of the return period"),
        _c("period_end", Kind.DATE, "last day of the return period"),
        _c("filed_at", Kind.MOMENT, "filing time that counts", "instant, UTC"),
        _c("message_id", Kind.TEXT, "identification of the message (IdBer)"),
        _c("return_kind", Kind.CHOICE, "V, A or C", choices=("V", "A", "C")),
        _c("counted_by", Kind.CHOICE, "the run that counted it", choices=("first", "second")),
        _c("rows", Kind.WHOLE, "rows in the piece", "rows"),
        _c("call", Kind.WHOLE, "number of the receive call it came in"),
        _c("file", Kind.TEXT, "name of the delivered file, with what looks like a BSN starred out"),
        _c("member", Kind.WHOLE, "number of the member within the container; 0 for a plain file"),
        _c("message", Kind.WHOLE, "sequence number of the piece within the receive call"),
        SIMULATION,
    ),
    key=("rsin", "lhnr", "period_start", "period_end", "filed_at", "message_id", "return_kind", "counted_by", "call", "message"),
)

_GRANTED: Final = tuple(
    _c(f"{side}_{name}", Kind.CENTS, f"{meaning}, {words}", "cents", negative=side == "difference")
    for side, words in (("before", "first run"), ("after", "second run"), ("difference", "after less before"))
    for name, meaning in (("lkv_cents", "LKV doelgroep banenafspraak"), ("bonus_cents", "jobs agreement bonus"), ("payable_cents", "both"))
)

LKV_DOWNWARD: Final = Table(
    "lkv_downward",
    "employer and person whose LKV and bonus become less (revision, Wtl art. 4.3 lid 1)",
    (_c("rsin", Kind.RSIN, "fiscal number (RSIN)"), _c("bsn", Kind.BSN, "citizen service number"), *_GRANTED, SIMULATION),
    key=("rsin", "bsn"),
)

LKV_UPWARD: Final = Table(
    "lkv_upward",
    "employer and person whose LKV and bonus become more (only on objection)",
    LKV_DOWNWARD.columns,
    key=LKV_DOWNWARD.key,
)

SURCHARGE_CORRECTIONS: Final = Table(
    "surcharge_corrections",
    "payroll tax number and return period whose base or surcharge differs (a correction of the payroll return)",
    (
        *SURCHARGE_LINES.columns[:3],
        *(
            _c(f"{side}_{name}", Kind.CENTS, f"{meaning}, {words}", "cents", negative=True)
            for side, words in (("before", "first run"), ("after", "second run"), ("difference", "after less before"))
            for name, meaning in (("base_cents", "premium wage that counts"), ("surcharge_cents", "surcharge"))
        ),
        SIMULATION,
    ),
    key=SURCHARGE_LINES.key,
)

NOT_PAYABLE: Final = Table(
    "not_payable",
    "employer to whom something is due that a payment order cannot pay",
    (
        _c("number", Kind.WHOLE, "number of the employer: its row in the settlement, from 1"),
        _c("rsin", Kind.RSIN, "fiscal number (RSIN)"),
        _c("due_cents", Kind.CENTS, "what is due", "cents"),
        _c("reason", Kind.CHOICE, "why it cannot be paid", choices=("not_in_employers", "no_iban", "iban_check_digits", "iban_outside_sepa", "above_sepa_maximum")),
        SIMULATION,
    ),
    key=("rsin",),
)

_REASONS: Final = {
    "no_bsn": "that has no BSN",
    "not_registered": "in a period in which the person is not registered",
    "sheltered": "of sheltered work",
    "wsw": "of Wsw employment",
    "no_declaration": "of a person without a declaration (doelgroepverklaring)",
    "not_qualified": "of a person of whom no employment gives a right",
    "abolished": "for an LKV that the law no longer has",
    "not_begun": "before the right began",
    "years_over": "after the years of the right",
    "not_insured": "that is no insured employment",
    "no_birth_date": "without a birth date",
    "pension_age": "in a period before which the pension age was reached",
}

OVERVIEW: Final = Table(
    "overview",
    "employer, person and category of LKV asked for, with the intended assessment (preliminary overview, Wtl art. 4.1 lid 4)",
    (
        _c("rsin", Kind.RSIN, "fiscal number (RSIN)"),
        _c("bsn", Kind.BSN, "citizen service number; empty: all rows of the employer that have none", null=True),
        _c("category", Kind.CHOICE, "category asked for", choices=("older", "disabled", "jobs_agreement", "reassigned")),
        _c("assessment", Kind.CHOICE, "granted; gives_way: another category is higher (Wtl art. 4.1 lid 3); no_right: no row counts", choices=("granted", "gives_way", "no_right")),
        _c("asked_rows", Kind.WHOLE, "rows in force that ask for it", "rows"),
        _c("asked_hours", Kind.WHOLE, "paid hours of these", "hours", negative=True),
        _c("counted_rows", Kind.WHOLE, "rows among these that count", "rows"),
        _c("paid_hours", Kind.WHOLE, "paid hours that count", "hours", negative=True),
        _c("lkv_cents", Kind.CENTS, "LKV as it would be decided; of older, disabled and reassigned it is reported and not settled", "cents"),
        _c("lkv_capped", Kind.BOOLEAN, "whether the maximum cut it off"),
        _c("bonus_cents", Kind.CENTS, "jobs agreement bonus as it would be decided", "cents"),
        _c("granted_category", Kind.CHOICE, "category that is granted for the person; empty when none is", choices=("older", "disabled", "jobs_agreement", "reassigned"), null=True),
        *(_c(f"rows_{code}", Kind.WHOLE, f"rows that do not count: {words}; a row can have several reasons", "rows") for code, words in _REASONS.items()),
        SIMULATION,
    ),
    key=("rsin", "bsn", "category"),
)

MISSED: Final = Table(
    "missed",
    "employer and person for whom the LKV doelgroep banenafspraak was not asked, or was asked in vain",
    (
        _c("rsin", Kind.RSIN, "fiscal number (RSIN)"),
        _c("bsn", Kind.BSN, "citizen service number"),
        _c("kind", Kind.CHOICE, "not_asked: a right, and rows that do not ask; never_registered: asked for, and never in the register (Wtl art. 4.7)", choices=("not_asked", "never_registered")),
        _c("paid_hours", Kind.WHOLE, "hours that would count besides; of never_registered the hours asked for", "hours", negative=True),
        _c("cents", Kind.CENTS, "what hangs on it: LKV and bonus that would be granted then (of never_registered: were the person registered), of the highest category, less what is granted now", "cents"),
        _c("correct_until", Kind.DATE, "last day on which a corrected return counts for the decision (Wtl art. 4.1 lid 2)"),
        SIMULATION,
    ),
    key=("rsin", "bsn", "kind"),
)

RECONCILIATION: Final = Table(
    "reconciliation",
    "employer and person of somebody else's decision on the LKV doelgroep banenafspraak, or of the run at its employers",
    (
        _c("rsin", Kind.RSIN, "fiscal number (RSIN)"),
        _c("bsn", Kind.BSN, "citizen service number"),
        _c("status", Kind.CHOICE, "same, differs, not_in_run (the run counts no row), not_in_decision", choices=("same", "differs", "not_in_run", "not_in_decision")),
        _c("reasons", Kind.TEXT, "codes of what a difference comes from, with semicolons between them; those of rows that do not count are as in overview"),
        _c("their_hours", Kind.WHOLE, "hours in the decision; empty when it does not say", "hours", null=True, negative=True),
        _c("run_hours", Kind.WHOLE, "hours that count in the run", "hours", negative=True),
        _c("their_lkv_cents", Kind.CENTS, "LKV in the decision; empty when the person is not in it", "cents", null=True),
        _c("run_lkv_cents", Kind.CENTS, "LKV in the run", "cents"),
        _c("difference_lkv_cents", Kind.CENTS, "LKV of the run less that of the decision", "cents", negative=True),
        _c("their_bonus_cents", Kind.CENTS, "bonus in the decision; empty when it does not say", "cents", null=True),
        _c("run_bonus_cents", Kind.CENTS, "bonus in the run", "cents"),
        _c("difference_bonus_cents", Kind.CENTS, "bonus of the run less that of the decision; empty when that does not say", "cents", null=True, negative=True),
        SIMULATION,
    ),
    key=("rsin", "bsn"),
)

ARCHIVE_TABLES: Final = (FRAGMENTS, INCOME_RELATIONS, CORRECTIONS, SUMS, FINDINGS)
RUN_TABLES: Final = (SETTLEMENT, BONUS_LINES, OTHER_LKV_LINES, SURCHARGE_LINES, QUOTA_SETTLEMENT, QUOTA_LINES, SET_ASIDE, QUALITY)
DIFF_TABLES: Final = (DIFFERENCES, DIFFERENCE_CAUSES, DIFFERENCE_MESSAGES, LKV_DOWNWARD, LKV_UPWARD, SURCHARGE_CORRECTIONS)
EMPLOYER_TABLES: Final = (OVERVIEW, MISSED, RECONCILIATION)
ALL_TABLES: Final = (*DELIVERIES, *ARCHIVE_TABLES, *RUN_TABLES, *DIFF_TABLES, NOT_PAYABLE, *EMPLOYER_TABLES)

attrs.resolve_types(Table)
