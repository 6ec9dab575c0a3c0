"""The steps of the jobs over a year: each calls what the command of its name calls."""

from collections.abc import Callable
from pathlib import Path

from jobs.log import Field, Log
from jobs.progress import followed, stages_with_weights
from jobs.year_job import Plan, Step, Told

_SET_ASIDE = 3


def _settled(plan: Plan) -> Told | None:
    """The run, once it is whole and the archive notes it."""
    from quotum.archive.layout import existing
    from quotum.archive.notes import notes
    from quotum.run_folder.bag import is_run, run_digest

    if not is_run(plan.run) or run_digest(plan.run) not in {one.digest for one in notes(existing(plan.archive))}:
        return None
    return _told_of_run(plan)


def _settle(plan: Plan, log: Log) -> Told:
    from quotum.run.regimes import regime as regimes
    from quotum.run.room import room_remarks
    from quotum.run.settle import prepare, settle
    from quotum.run_folder.request import Request

    request = Request(
        archive=plan.archive,
        year=plan.year,
        as_of=plan.as_of,
        out=plan.run,
        scenarios=plan.scenarios,
        known_on=plan.known_on,
        decided_on=plan.decided_on,
        threads=plan.threads,
        memory_limit=plan.memory_limit,
    )
    prepared = prepare(request)
    remarks = (*prepared.remarks, *room_remarks(prepared))
    with followed(
        f"job {plan.job}", stages_with_weights(regimes.named(request.regime).stages), say=log.progress
    ) as course:
        settled = settle(prepared, course.stage)
    return _told_of_run(plan, (*remarks, *settled.used))


def _told_of_run(plan: Plan, remarks: tuple[str, ...] = ()) -> Told:
    """What a run came to; also of one that was there before, whose set-aside messages are not forgotten."""
    import json

    import pyarrow.parquet as pq

    from quotum.money import euro_text
    from quotum.run_folder.bag import run_digest

    totals = json.loads((plan.run / "data" / "macro.json").read_text("utf-8"))["totals"]
    aside = pq.read_metadata(plan.run / "data" / "set_aside.parquet").num_rows
    digest = run_digest(plan.run)
    said = f"{plan.year} as filed by {plan.as_of}, payable {euro_text(totals['payable_cents'])}, run {digest[:16]}"
    said += f"; {aside:,} returns concerned by messages that were set aside" if aside else ""
    fields: dict[str, Field] = {"payable_cents": totals["payable_cents"], "digest": digest, "set_aside": aside}
    return Told(said, fields, _SET_ASIDE if aside else 0, remarks)


def _overview_place(plan: Plan) -> Path:
    return plan.folder / "overview"


def _overview(plan: Plan, log: Log) -> Told:
    from quotum.output.overview.making import Request, make_overview
    from quotum.output.run_again import Means

    place, means = _overview_place(plan), Means(plan.archive, None, plan.threads, plan.memory_limit)
    request = Request(plan.run, place, (), plan.language, plan.simulation, means)
    with followed(f"job {plan.job}", say=log.progress) as course:
        made = make_overview(request, course.stage)
    return Told(f"{made.rows:,} requests, {place}", {"rows": made.rows, "folder": str(place)}, 0, made.remarks)


def _orders_place(plan: Plan) -> Path:
    return plan.folder / "payments"


def _ordered(plan: Plan) -> Told | None:
    """The order, once the archive notes it as finished: also when its files were taken away to be sent."""
    from quotum.archive.layout import existing
    from quotum.archive.orders import orders
    from quotum.money import euro_text
    from quotum.run_folder.bag import run_digest

    digest, place = run_digest(plan.run), str(_orders_place(plan).resolve())
    for one in orders(existing(plan.archive)):
        if one.finished and (one.run, one.place, one.simulation) == (digest, place, plan.simulation):
            gone = "" if _orders_place(plan).is_dir() else "; its folder is no longer there, so it may have been sent"
            said = f"order {one.number}, {one.transactions:,} payments, {euro_text(one.control_sum_cents)}{gone}"
            return Told(said, {"payments": one.transactions, "control_sum_cents": one.control_sum_cents})
    return None


def _order(plan: Plan, log: Log) -> Told:
    from quotum.money import euro_text
    from quotum.output.payments.order_lines import remarks
    from quotum.output.payments.ordering import order
    from quotum.output.payments.request import Request

    if plan.payment is None:
        raise RuntimeError("the step belongs to a plan with a payment")
    request = Request(
        run=plan.run,
        archive=plan.archive,
        out=_orders_place(plan),
        debtor=plan.payment.debtor,
        execution_date=plan.payment.execution_date,
        simulation=plan.simulation,
    )
    with followed(f"job {plan.job}", say=log.progress) as course:
        made = order(request, course.stage)
    said = f"order {made.number}, {made.transactions:,} payments, {euro_text(made.control_sum_cents)}"
    fields: dict[str, Field] = {"payments": made.transactions, "control_sum_cents": made.control_sum_cents}
    return Told(said, fields, 0, tuple(remarks(made)))


def _decisions_place(plan: Plan) -> Path:
    return plan.folder / "decisions"


def _decide(plan: Plan, log: Log) -> Told:
    from quotum.output.decisions.making import make
    from quotum.output.decisions.request import Request
    from quotum.output.decisions.telling import remarks

    place = _decisions_place(plan)
    request = Request(
        plan.run, plan.archive, place, plan.decided_on, plan.office or "", None, simulation=plan.simulation
    )
    with followed(f"job {plan.job}", unit="decisions", say=log.progress) as course:
        made = make(request, course.count)
    count = made.totals["employers"]
    return Told(f"{count:,} decisions, {place}", {"employers": count, "folder": str(place)}, 0, tuple(remarks(made)))


def _report(plan: Plan, _log: Log) -> Told:
    from quotum.report.run_file import write_report

    place = write_report(plan.run, plan.folder / "report.html", plan.language)
    return Told(str(place), {"page": str(place)})


def _state(plan: Plan, _log: Log) -> Told:
    from quotum.archive.layout import write_durably, writing
    from quotum.output.statement.page import as_page
    from quotum.output.statement.statement import require_tied, statement_of

    found, place = statement_of(plan.run), plan.folder / "statement.html"
    require_tied(found)
    with writing(plan.folder):
        write_durably(place, as_page(found).encode())
    return Told(f"{found.verdict}, {place}", {"page": str(place)})


def _once(place: Callable[[Plan], Path]) -> Callable[[Plan], Told | None]:
    """A step that was done when what it makes is there: it has its name only when it is whole."""

    def there(plan: Plan) -> Told | None:
        found = place(plan)
        return Told(str(found), {"place": str(found)}) if found.exists() else None

    return there


_SETTLE = Step("settle", _settled, _settle)
_LAST = (
    Step("report", _once(lambda plan: plan.folder / "report.html"), _report),
    Step("statement", _once(lambda plan: plan.folder / "statement.html"), _state),
)


def preliminary_steps() -> tuple[Step, ...]:
    """Settle, overview, report, statement."""
    return (_SETTLE, Step("overview", _once(_overview_place), _overview), *_LAST)


def yearly_steps(plan: Plan) -> tuple[Step, ...]:
    """Settle, payments, decisions when asked, report, statement."""
    decided = Step("decisions", _once(lambda its: _decisions_place(its) / "decisions.json"), _decide)
    return (_SETTLE, Step("payments", _ordered, _order), *((decided,) if plan.office else ()), *_LAST)


__all__ = ["preliminary_steps", "yearly_steps"]
