"""The examples in the help of commands: they run as they stand after `make demo`, in this order; a test runs them."""

from typing import Final

HEADING: Final = "Example, after make demo:"

EXAMPLES: Final = {
    "generate": ("quotum generate --employers 200 --year 2026 --format parquet --out demo/small",),
    "receive": (
        "quotum receive demo/country/*.zip demo/country/*.parquet demo/country/*.csv \\",
        "  --archive demo/another",
    ),
    "settle": ("quotum settle --archive demo/archive --year 2026 --as-of 2027-05-01 --out demo/law-as-it-is",),
    "simulate": (
        "quotum simulate --archive demo/archive --year 2026 --as-of 2027-05-01 \\",
        "  --basis demo/country/targets.toml --scenario activated-balance --out demo/compared-once-more",
    ),
    "scenario": ("quotum scenario list",),
    "scenario_list": ("quotum scenario list --language nl",),
    "scenario_show": ("quotum scenario show activated-budget > demo/own.toml",),
    "explain": ("quotum explain demo/run-2026 800976551 --brief",),
    "quality": ("quotum quality demo/run-2026 --rule declared_class_decides --limit 5",),
    "missed": ("quotum missed demo/run-2026 --out demo/missed",),
    "overview": (
        "quotum settle --archive demo/archive --year 2026 --as-of 2027-01-31 --out demo/january",
        "quotum overview demo/january --out demo/overview --simulation --language nl",
    ),
    "diff": ("quotum diff demo/january demo/law-as-it-is --out demo/differences",),
    "payments": (
        'quotum payments demo/run-2026 --simulation --debtor-name "Ontvanger" \\',
        "  --debtor-iban NL86INGB0002445588 --execution-date 2027-07-15 --out demo/order",
    ),
    "decisions": (
        "quotum decisions demo/run-2026 --simulation --decided-on 2027-07-01 \\",
        "  --employer 800976551 --out demo/decision",
    ),
    "audit_file": ("quotum audit-file demo/run-2026 --out demo/journal.xaf",),
    "reconcile": (
        "printf 'bsn;lkv\\n100000009;0,00\\n' > demo/specification.csv",
        "quotum reconcile demo/run-2026 --decision demo/specification.csv --dialect nl \\",
        "  --employer 800976551 --out demo/reconciled",
    ),
    "report": ("quotum report demo/run-2026 --out demo/rapport.html --language nl",),
    "statement": ("quotum statement demo/run-2026",),
    "verify": ("quotum verify demo/run-2026",),
    "replay": ("quotum replay demo/run-2026 --from-originals",),
    "parameters": ("quotum parameters --on 2026-01-01",),
    "tables": ("quotum tables settlement",),
    "archive": ("quotum archive size --archive demo/archive",),
    "archive_list": ("quotum archive list --archive demo/archive",),
    "archive_runs": ("quotum archive runs --archive demo/archive --year 2026",),
    "archive_check": ("quotum archive check --archive demo/archive",),
    "archive_findings": ("quotum archive findings --archive demo/archive --rule wage_without_hours --limit 5",),
    "archive_size": ("quotum archive size --archive demo/archive",),
    "archive_rebuild": ("quotum archive rebuild --archive demo/another --damaged",),
    "archive_forget": ("quotum archive forget --archive demo/archive --before 2020 --dry-run",),
    "job": (
        "mkdir demo/drop && cp demo/country/register.csv demo/drop",
        "quotum job nightly --drop demo/drop --archive demo/archive --quiet-for 0",
    ),
    "job_nightly": ("quotum job nightly --drop demo/drop --archive demo/archive --keep-done 30",),
    "job_audit": ("quotum job audit --archive demo/archive --year 2026 --out demo/audit.html",),
    "job_preliminary": (
        "quotum job preliminary --archive demo/archive --year 2026 --simulation --before-its-day \\",
        "  --out demo",
    ),
    "job_yearly": (
        "quotum job yearly --archive demo/another --year 2026 --simulation --before-its-day \\",
        '  --debtor-name "Ontvanger" --debtor-iban NL86INGB0002445588 --execution-date 2027-07-15 \\',
        "  --decided-on 2027-07-01 --decisions --out demo",
    ),
    "archive_merge": ("quotum archive merge demo/archive --archive demo/another",),
    "archive_withdraw": ('quotum archive withdraw 1 --archive demo/another --reason "a rehearsal"',),
}
"""Lines by the module of the command; a line that ends with a backslash goes on in the next."""


def epilog(module: str) -> str | None:
    """The end of the help of a command; None for a command without an example.

    Args:
        module: Name of its module in `jobs`.
    """
    if module not in EXAMPLES:
        return None
    return "\n".join(("\b", HEADING, *(f"  {line}" for line in EXAMPLES[module])))
