"""The pages of the procedure, put together."""

from __future__ import annotations

from dataclasses import dataclass

from Katip.pages.approval_form import ApprovalFormPage
from Katip.pages.contracts import ContractsPage
from Katip.pages.edevlet import EDevletPage
from Katip.pages.home import HomePage
from Katip.pages.main_menu import MainMenuPage
from Katip.pages.osgb_site import OsgbSitePage
from Katip.pages.sign_out import SignOut
from Katip.pages.workplaces import WorkplacesPage


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages, in the order in which the procedure reaches them."""

    site: OsgbSitePage
    edevlet: EDevletPage
    main_menu: MainMenuPage
    workplaces: WorkplacesPage
    home: HomePage
    contracts: ContractsPage
    form: ApprovalFormPage
    sign_out: SignOut
