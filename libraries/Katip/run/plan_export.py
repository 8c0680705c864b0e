"""`katip plan --export FILE`: the list to be decided on from the portal's own export, without a session or a browser."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from Katip.approvals.export import ExportRow, ExportWords, read_export
from Katip.approvals.finding import Finding, Level
from Katip.approvals.legal_checks import waiting_days
from Katip.approvals.rules import Rules
from Katip.approvals.rules_file import load_rules
from Katip.approvals.worklist_writer import PlanRow, write_worklist
from Katip.errors import ExportRefused
from Katip.messages import msg
from Katip.model import Status
from Katip.portal import Portal, load_portal
from Katip.turkish import fold, for_terminal

DEFAULT_PORTAL = "today"
_MOST_NAMED = 10


def plan_from_export(
    export: Path, portal_name: str, workplaces: Collection[str], make_folder: Callable[[], Path]
) -> str:
    """Write the worklist of what an export says is pending.

    Args:
        export: the export's file.
        portal_name: the portal, whose file words the list.
        workplaces: SGK numbers, digits; empty for all.
        make_folder: makes the folder for the list, once it is known that there is one.

    Returns:
        What a person should know: how many, what was left out, where the list is, and how to go on.

    Raises:
        ExportRefused: the export cannot be used.
        ConfigurationError: the portal or the rules cannot be used.
    """
    portal, rules = load_portal(portal_name), load_rules()
    read = read_export(export, export_words(portal))
    rows = [row for row in read if not workplaces or row.workplace.sgk in workplaces]
    if not rows:
        raise ExportRefused(
            export.name,
            [
                msg(
                    "no contract of the workplace that was asked for; it has {found}",
                    found=", ".join(dict.fromkeys(row.workplace.sgk for row in read)),
                )
            ],
        )
    _refuse_unknown_statuses(export.name, rows)
    today = datetime.now(UTC).astimezone().date()
    open_rows = [row for row in rows if row.contract.status in (Status.PENDING, Status.WAITING)]
    open_rows.sort(key=lambda row: row.contract.status is Status.WAITING)
    said = [_counted(export.name, rows), *_left_out(rows)]
    if not open_rows:
        return "\n".join([*said, msg("Nothing is pending, so no list was made.")])
    xlsx, _ = write_worklist(make_folder(), [_plan_row(row, rules, today) for row in open_rows])
    return "\n".join(
        [
            *said,
            msg("The list: {xlsx}", xlsx=xlsx),
            msg(
                "Once Karar, Karar Veren and Karar Tarihi are filled in: katip rehearse --portal {portal} --worklist {xlsx}",
                portal=portal_name,
                xlsx=xlsx,
            ),
        ]
    )


def export_words(portal: Portal) -> ExportWords:
    """Return how a portal words its list.

    Args:
        portal: the portal.
    """
    return ExportWords(
        columns={key: label.names for key, label in portal.columns.items()},
        required=portal.procedure.party_columns,
        words=portal.wording.words,
        turn=portal.turn,
        category_of=portal.procedure.category_of,
    )


def _plan_row(row: ExportRow, rules: Rules, today: date) -> PlanRow:
    findings = rules.assess(row.contract, today, row.employees, row.hazard)
    if row.state and not fold(row.state).startswith("aktif"):
        state = msg('the export says "{state}" of the contract', state=row.state)
        findings = (*findings, Finding("state", Level.INFO, state))
    return PlanRow(row.workplace, row.contract, waiting_days(row.contract, today), findings, row.employees, row.hazard)


def _refuse_unknown_statuses(file: str, rows: Sequence[ExportRow]) -> None:
    if all(row.contract.status is Status.OTHER for row in rows):
        found = ", ".join(f'"{text}"' for text in dict.fromkeys(row.contract.status_text for row in rows))
        raise ExportRefused(
            file,
            [
                msg(
                    "no status is known, seen are {found}; add the wordings to the portal's file under [statuses]",
                    found=found,
                )
            ],
        )


def _counted(file: str, rows: Sequence[ExportRow]) -> str:
    number = Counter(row.contract.status for row in rows)
    return msg(
        "{file}: {rows} contracts read; {pending} are the employer's turn, {waiting} wait for somebody else first.",
        file=for_terminal(file),
        rows=len(rows),
        pending=number[Status.PENDING],
        waiting=number[Status.WAITING],
    )


def _left_out(rows: Sequence[ExportRow]) -> list[str]:
    """Return a line for each status that puts a contract on no list."""
    others = Counter(
        row.contract.status_text for row in rows if row.contract.status not in (Status.PENDING, Status.WAITING)
    )
    lines = [
        msg('  left out: {number} with the status "{status}"', number=number, status=for_terminal(status))
        for status, number in others.most_common(_MOST_NAMED)
    ]
    more = len(others) - _MOST_NAMED
    return [*lines, *([msg("  and {number} other statuses", number=more)] if more > 0 else [])]
