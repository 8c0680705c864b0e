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
        proof: A script that is true only once the toolkit itself drew: DOM that no page of the corpus writes, or its own styles at work.
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
    "aggrid": Toolkit("nicegui", "nicegui/elements/aggrid/dist", "document.querySelector('.ag-root-wrapper .ag-header-cell')"),
    "angular": Toolkit("xstatic-angular", "xstatic/pkg/angular/data", "document.querySelector('.ng-scope')"),
    "angular-material": Toolkit("xstatic-angular-material", "xstatic/pkg/angular_material/data", "document.querySelector('md-input-container .md-input')"),
    "bootstrap4": Toolkit("js.bootstrap4", "js/bootstrap4/resources", "$.fn.modal.Constructor.VERSION && getComputedStyle(document.querySelector('.modal')).display === 'none'"),
    "datatables": Toolkit("xstatic-datatables", "xstatic/pkg/datatables/data", "document.querySelector('.dataTables_wrapper table.dataTable')"),
    "extjs3": Toolkit("collective.js.extjs", "collective/js/extjs", "document.querySelector('.x-panel-body, .x-window-body')"),
    "extjs4": Toolkit("js.extjs", "js/extjs/resources", "document.querySelector('.x-panel-body, .x-window-body')"),
    "jqgrid": Toolkit("js.jqgrid", "js/jqgrid/resources", "document.querySelector('.ui-jqgrid .ui-jqgrid-htable')"),
    "jquery": Toolkit("xstatic-jquery", "xstatic/pkg/jquery/data", "jQuery.fn.jquery"),
    "jquery-ui": Toolkit("xstatic-jquery-ui", "xstatic/pkg/jquery_ui/data", "document.querySelector('.ui-widget')"),
    "quasar": Toolkit("nicegui", "nicegui/static", "document.querySelector('.q-btn__content, .q-table, .q-tab__content')"),
    "select2": Toolkit("xstatic-select2", "xstatic/pkg/select2/data", "document.querySelector('.select2-container')"),
    "vuetify": Toolkit("trame-vuetify", "trame_vuetify/module/v3-serve", "document.querySelector('.v-btn__content, .v-table, .v-list-item__content')"),
    "yui": Toolkit("js.yui", "js/yui/resources", "document.querySelector('.yui-dt table')"),
}
