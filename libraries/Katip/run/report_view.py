"""Where Robot's report opens: on what became of the contracts, below the summary, instead of on an empty search.

Robot has no option for it: the page shows what follows the `#` of its address, and a double click gives none. So a line is added to the page,
which chooses one of the page's own views where the address chooses none, and stays at the top.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Final

from Katip.disk import write_synced
from Katip.errors import CannotRecord

#: The tag of the tasks that stand for one contract each.
CONTRACT_TAG: Final = "contract"
_END: Final = b"</body>"
# All tasks are shown instead where one of them failed that is no contract's, or where there is no contract.
_SCRIPT: Final = """<script>
addEventListener("load", () => {
    if (location.hash) return;
    let view = "#totals?all";
    try {
        const { total, tag } = window.testdata.statistics();
        const contracts = tag.find((each) => each.label === "CONTRACT");
        if (contracts && contracts.fail === total[0].fail) view = "#tags?CONTRACT";
    } catch {}
    addEventListener("hashchange", () => scrollTo(0, 0), { once: true });
    location.replace(view);
});
</script>
""".replace("CONTRACT", CONTRACT_TAG).encode()


def open_on_outcomes(report: Path) -> None:
    """Have a report of Robot open on the contracts; the file stays as it is where it cannot be written, or was changed before.

    Args:
        report: `report.html` of a run; one that is not there is left out.
    """
    with suppress(OSError, CannotRecord):
        page = report.read_bytes()
        before, end, after = page.rpartition(_END)
        if end and _SCRIPT not in page:
            write_synced(report, before + _SCRIPT + end + after)
