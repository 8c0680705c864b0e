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
        proof: A selector of DOM that only the toolkit itself makes; a page that lacks it has not rendered.
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
            root = Path(str(distribution(self.distribution).locate_file(self.folder)))
        except PackageNotFoundError:
            root = Path("")
        if not root.is_dir() or root == Path():
            raise FileNotFoundError(
                f"The corpus needs the files of {self.distribution} ({self.folder}), which are not installed. "
                "Install the tests' dependencies: pip install -e '.[test]'."
            )
        return root


TOOLKITS: dict[str, Toolkit] = {
    "aggrid": Toolkit("nicegui", "nicegui/elements/aggrid/dist", ".ag-root-wrapper .ag-header-cell"),
    "angular": Toolkit("xstatic-angular", "xstatic/pkg/angular/data", ".ng-scope"),
    "angular-material": Toolkit("xstatic-angular-material", "xstatic/pkg/angular_material/data", "md-content.ng-scope"),
    "bootstrap4": Toolkit("js.bootstrap4", "js/bootstrap4/resources", ".modal, .dropdown-toggle"),
    "datatables": Toolkit("xstatic-datatables", "xstatic/pkg/datatables/data", ".dataTables_wrapper table.dataTable"),
    "extjs3": Toolkit("collective.js.extjs", "collective/js/extjs", ".x-panel, .x-window"),
    "extjs4": Toolkit("js.extjs", "js/extjs/resources", ".x-panel, .x-window"),
    "jqgrid": Toolkit("js.jqgrid", "js/jqgrid/resources", ".ui-jqgrid .ui-jqgrid-htable"),
    "jquery": Toolkit("xstatic-jquery", "xstatic/pkg/jquery/data", "body"),
    "jquery-ui": Toolkit("xstatic-jquery-ui", "xstatic/pkg/jquery_ui/data", ".ui-widget"),
    "quasar": Toolkit("nicegui", "nicegui/static", ".q-btn, .q-table, .q-field"),
    "select2": Toolkit("xstatic-select2", "xstatic/pkg/select2/data", ".select2-container"),
    "vuetify": Toolkit("trame-vuetify", "trame_vuetify/module/v3-serve", ".v-application .v-btn, .v-table"),
    "yui": Toolkit("js.yui", "js/yui/resources", ".yui-dt, .yui-panel, .yui-button"),
}
