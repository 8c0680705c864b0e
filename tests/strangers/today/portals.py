"""The portals."""

from __future__ import annotations

from typing import Any

from tests.strangers.today.stage import TodayStranger


class AntToday(TodayStranger):
    """Ant Design: a count in a badge, the row's folded menu, a drawer as form, a notification as answer."""

    page = "ant"
    packages = ("antd", "dayjs", "react", "react-dom")


class QuasarToday(TodayStranger):
    """Quasar: a grid of divs whose rows and columns exist only in sight, icons with a tooltip, chips, a dialog."""

    page = "quasar"


def _lag() -> dict[str, Any]:
    return {"lag_s": 4.0}


class BootstrapToday(TodayStranger):
    """Bootstrap with SweetAlert2: no form but a question with a consent in it, toasts one over another, a lag of 4 s."""

    page = "bootstrap"
    packages = ("bootstrap", "sweetalert2")
    setting = staticmethod(_lag)


class VuetifyToday(TodayStranger):
    """Vuetify: a searched select, masked names, buttons only under the mouse, the ID in a row's detail, a person's menu."""

    page = "vuetify"


class ElementToday(TodayStranger):
    """Element Plus: a cookie banner, a drawn select, masked names, pinned buttons beside the row, a box to tick, a switch, a question."""

    page = "element"
    packages = ("element-plus", "vue")


class PrimeToday(TodayStranger):
    """PrimeVue: columns in groups with the same words, the row's box and "Onayla" above, a page as form, a question, toasts."""

    page = "prime"
    packages = ("primeicons", "primevue", "vue")


class ShoelaceToday(TodayStranger):
    """Shoelace: web components with open shadow roots; the tab with its count, the row's menu and the form are drawn by them."""

    page = "shoelace"
    packages = ("shoelace",)


class AgGridToday(TodayStranger):
    """AG Grid: columns in groups, drawn only in sight, and pinned buttons; a menu under the pointer, a way out that its tooltip names."""

    page = "aggrid"
    packages = ("ag-grid-community",)


class DataTablesToday(TodayStranger):
    """DataTables with Responsive: the columns for which the window is too narrow, and "Onayla", stand only in a row's folded details."""

    page = "datatables"
    packages = (
        "bootstrap",
        "datatables.net",
        "datatables.net-bs5",
        "datatables.net-responsive",
        "datatables.net-responsive-bs5",
        "jquery",
    )


class ReactToday(TodayStranger):
    """React in Material's manner: a menu behind an icon, a select drawn by the page, statuses and "Onayla" in a row's collapsible detail."""

    page = "react"
    packages = ("react", "react-dom")


class PlainToday(TodayStranger):
    """No toolkit: approvals as pictures with a title, "Daha fazla göster", the browser's own questions and answers, another order of columns."""

    page = "plain"
