"""Where the widget toolkits' own files are: in packages of PyPI that are installed for the tests alone.

Nothing of a toolkit is copied into the project. A package is only looked up, never imported: most of them belong to
web frameworks of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path


@dataclass(frozen=True)
class Toolkit:
    """A widget toolkit as its makers ship it.

    Args:
        distribution: The PyPI distribution that carries the files.
        folder: The folder inside the installation that is served under ``/toolkits/NAME/``.
        proof: A script that is true only once the toolkit itself drew: DOM that no page of the corpus writes, or its
            own styles at work.
    """

    distribution: str
    folder: str
    proof: str

    def root(self) -> Path:
        """The folder to serve.

        Raises:
            FileNotFoundError: The distribution is not installed; the message says how to get it.
        """
        try:
            root: Path | None = Path(str(distribution(self.distribution).locate_file(self.folder)))
        except PackageNotFoundError:
            root = None
        if root is None or not root.is_dir():
            raise FileNotFoundError(
                f"The corpus needs the files of {self.distribution} ({self.folder}), which are not installed. "
                "Install the tests' dependencies: pip install -e '.[test]'."
            )
        return root


def _drawn(selector: str) -> str:
    return f"document.querySelector({selector!r})"


TOOLKITS: dict[str, Toolkit] = {
    "aggrid": Toolkit("nicegui", "nicegui/elements/aggrid/dist", _drawn(".ag-root-wrapper .ag-header-cell")),
    "angular": Toolkit("xstatic-angular", "xstatic/pkg/angular/data", _drawn(".ng-scope")),
    "angular-material": Toolkit(
        "xstatic-angular-material", "xstatic/pkg/angular_material/data", _drawn("md-input-container .md-input")
    ),
    "bootstrap4": Toolkit(
        "js.bootstrap4",
        "js/bootstrap4/resources",
        "$.fn.modal && getComputedStyle(document.querySelector('.modal')).display === 'none'",
    ),
    "datatables": Toolkit(
        "xstatic-datatables", "xstatic/pkg/datatables/data", _drawn(".dataTables_wrapper table.dataTable")
    ),
    "extjs3": Toolkit("collective.js.extjs", "collective/js/extjs", _drawn(".x-panel-body, .x-window-body")),
    "extjs4": Toolkit("js.extjs", "js/extjs/resources", _drawn(".x-panel-body, .x-window-body")),
    "jqgrid": Toolkit("js.jqgrid", "js/jqgrid/resources", _drawn(".ui-jqgrid .ui-jqgrid-htable")),
    "jquery": Toolkit("xstatic-jquery", "xstatic/pkg/jquery/data", "jQuery.fn.jquery"),
    "jquery-ui": Toolkit("xstatic-jquery-ui", "xstatic/pkg/jquery_ui/data", _drawn(".ui-widget")),
    "quasar": Toolkit("nicegui", "nicegui/static", _drawn(".q-btn__content, .q-table, .q-tab__content")),
    "select2": Toolkit("xstatic-select2", "xstatic/pkg/select2/data", _drawn(".select2-container")),
    "vuetify": Toolkit(
        "trame-vuetify", "trame_vuetify/module/v3-serve", _drawn(".v-btn__content, .v-table, .v-list-item__content")
    ),
    "yui": Toolkit("js.yui", "js/yui/resources", _drawn(".yui-dt table")),
}
