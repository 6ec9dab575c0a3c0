"""The steps of the jobs over a year: each calls what the command of its name calls."""

from collections.abc import Callable
from pathlib import Path

from jobs import words
from jobs.log import Field, Log
from jobs.progress import followed, stages_with_weights
from jobs.year_job import Plan, Step, StepResult
from quotum.words import phrase

_SET_ASIDE = 3


def _earlier_run(plan: Plan) -> StepResult | None:
    """Result of the run once it is whole and the archive notes it."""
    from quotum.archive.layout import existing
    from quotum.archive.notes import notes
    from quotum.run_folder.bag import is_run, run_digest

    if not is_run(plan.run) or run_digest(plan.run) not in {note.digest for note in notes(existing(plan.archive))}:
        return None
    return _run_result(plan)


def _settle(plan: Plan, log: Log) -> StepResult:
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
    return _run_result(plan, (*remarks, *settled.used))


def _run_result(plan: Plan, remarks: tuple[str, ...] = ()) -> StepResult:
    """Result of the step of a run; also of an earlier run, whose set-aside messages are not forgotten."""
    import json

    import pyarrow.parquet as pq

    from quotum.money import euro_text
    from quotum.run_folder.bag import run_digest

    totals = json.loads((plan.run / "data" / "macro.json").read_text("utf-8"))["totals"]
    aside = pq.read_metadata(plan.run / "data" / "set_aside.parquet").num_rows
    digest = run_digest(plan.run)
    message = words.RUN_OF_YEAR.sentence(
        year=plan.year, as_of=plan.as_of, euros=euro_text(totals["payable_cents"]), digest=digest[:16],
        aside=words.SET_ASIDE.sentence(count=aside) if aside else "",
    )  # fmt: skip
    fields: dict[str, Field] = {"payable_cents": totals["payable_cents"], "digest": digest, "set_aside": aside}
    return StepResult(message, fields, _SET_ASIDE if aside else 0, remarks)


def _overview_place(plan: Plan) -> Path:
    return plan.folder / "overview"


def _overview(plan: Plan, log: Log) -> StepResult:
    from quotum.output.overview.making import Request, make_overview
    from quotum.output.rerun import Means

    place, means = _overview_place(plan), Means(plan.archive, None, plan.threads, plan.memory_limit)
    request = Request(plan.run, place, (), plan.language, plan.simulation, means)
    with followed(f"job {plan.job}", say=log.progress) as course:
        overview = make_overview(request, course.stage)
    message = words.REQUESTS_AT.sentence(count=overview.rows, place=place)
    return StepResult(message, {"rows": overview.rows, "folder": str(place)}, 0, overview.remarks)


def _orders_place(plan: Plan) -> Path:
    return plan.folder / "payments"


def _earlier_order(plan: Plan) -> StepResult | None:
    """Result of the order once the archive notes it as finished, also when its files were taken away to be sent."""
    from quotum.archive.layout import existing
    from quotum.archive.orders import orders
    from quotum.money import euro_text
    from quotum.run_folder.bag import run_digest

    digest, place = run_digest(plan.run), str(_orders_place(plan).resolve())
    for order in orders(existing(plan.archive)):
        if order.finished and (order.run, order.place, order.simulation) == (digest, place, plan.simulation):
            message = words.ORDER_MADE.sentence(
                number=order.number, count=order.transactions, euros=euro_text(order.control_sum_cents),
                gone="" if _orders_place(plan).is_dir() else words.ORDER_GONE.sentence(),
            )  # fmt: skip
            return StepResult(message, {"payments": order.transactions, "control_sum_cents": order.control_sum_cents})
    return None


def _order(plan: Plan, log: Log) -> StepResult:
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
        result = order(request, course.stage)
    message = words.ORDER_MADE.sentence(
        number=result.number, count=result.transactions, euros=euro_text(result.control_sum_cents), gone=""
    )
    fields: dict[str, Field] = {"payments": result.transactions, "control_sum_cents": result.control_sum_cents}
    return StepResult(message, fields, 0, tuple(remarks(result)))


def _decisions_place(plan: Plan) -> Path:
    return plan.folder / "decisions"


def _decide(plan: Plan, log: Log) -> StepResult:
    from quotum.output.decisions.decision_lines import remarks
    from quotum.output.decisions.making import make
    from quotum.output.decisions.request import Request

    place = _decisions_place(plan)
    request = Request(
        plan.run, plan.archive, place, plan.decided_on, plan.office or "", None, simulation=plan.simulation
    )
    with followed(f"job {plan.job}", unit="decisions", say=log.progress) as course:
        decisions = make(request, course.count)
    count = decisions.totals["employers"]
    message = words.DECISIONS_AT.sentence(count=count, place=place)
    return StepResult(message, {"employers": count, "folder": str(place)}, 0, tuple(remarks(decisions)))


def _report(plan: Plan, _log: Log) -> StepResult:
    from quotum.report.run_file import write_report

    place = write_report(plan.run, plan.folder / "report.html", plan.language)
    return StepResult(str(place), {"page": str(place)})


def _state(plan: Plan, _log: Log) -> StepResult:
    from quotum.archive.layout import write_durably, writing
    from quotum.output.statement.page import as_page
    from quotum.output.statement.statement import require_tied, statement_of

    statement, place = statement_of(plan.run), plan.folder / "statement.html"
    require_tied(statement)
    with writing(plan.folder):
        write_durably(place, as_page(statement).encode())
    message = phrase("{verdict}, {place}", verdict=statement.verdict, place=place)
    return StepResult(message, {"page": str(place)})


def _earlier_file(place: Callable[[Plan], Path]) -> Callable[[Plan], StepResult | None]:
    """Earlier result of a step by the file it makes, which gets its name only when it is whole."""

    def earlier_result(plan: Plan) -> StepResult | None:
        path = place(plan)
        return StepResult(str(path), {"place": str(path)}) if path.exists() else None

    return earlier_result


_SETTLE = Step("settle", _earlier_run, _settle)
_LAST = (
    Step("report", _earlier_file(lambda plan: plan.folder / "report.html"), _report),
    Step("statement", _earlier_file(lambda plan: plan.folder / "statement.html"), _state),
)


def preliminary_steps() -> tuple[Step, ...]:
    """Settle, overview, report, statement."""
    return (_SETTLE, Step("overview", _earlier_file(_overview_place), _overview), *_LAST)


def yearly_steps(plan: Plan) -> tuple[Step, ...]:
    """Settle, payments, decisions when asked, report, statement."""
    decisions = Step("decisions", _earlier_file(lambda own: _decisions_place(own) / "decisions.json"), _decide)
    return (_SETTLE, Step("payments", _earlier_order, _order), *((decisions,) if plan.office else ()), *_LAST)


__all__ = ["preliminary_steps", "yearly_steps"]
