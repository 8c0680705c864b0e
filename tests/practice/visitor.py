"""A visitor of the practice portal without a browser: cookies, forms and the pages' own JSON requests."""

# ruff: noqa: S310 (its addresses are those of the portal that the test has started)

from __future__ import annotations

import json
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from http.cookiejar import CookieJar
from typing import Any

from PracticePortal.process import PortalProcess


@dataclass(frozen=True)
class Answer:
    """What the portal answered: status, final address, body and `Retry-After`."""

    status: int
    url: str
    body: bytes
    retry_after: str | None = None

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    @property
    def json(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.text)
        return found


class Visitor:
    """Goes through the procedure as the pages of the portal would, request by request."""

    def __init__(self, portal: PortalProcess) -> None:
        self.portal = portal
        self.cookies = CookieJar()
        self._opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(self.cookies)
        )

    def use_token(self, token: str) -> None:
        """Send a token with each request from now on, as the pages of the skin `today` do."""
        self._opener.addheaders.append(("Authorization", f"Bearer {token}"))

    def get(self, url: str) -> Answer:
        return self._send(urllib.request.Request(url))

    def submit(self, url: str, **fields: str) -> Answer:
        return self._send(urllib.request.Request(url, urllib.parse.urlencode(fields).encode()))

    def post(self, path: str, **values: Any) -> Answer:
        request = urllib.request.Request(
            self.portal.katip_url + path, json.dumps(values).encode(), {"Content-Type": "application/json"}
        )
        return self._send(request)

    def katip(self, path: str) -> Answer:
        return self.get(self.portal.katip_url + path)

    def sign_in(self, number: str | None = None, password: str | None = None, **more: str) -> Answer:
        return self.submit(
            f"{self.portal.edevlet_url}/Giris/gir",
            tridField=number or self.portal.number,
            egpField=password or self.portal.password,
            **more,
        )

    def choose(self, sgk: str | None = None) -> Answer:
        return self.submit(f"{self.portal.katip_url}/KurumSec.aspx", kurum=sgk or self.portal.workplace)

    def enter(self) -> Answer:
        self.sign_in()
        return self.choose()

    def page(self, number: int = 1, *, reload: bool = True) -> dict[str, Any]:
        return self.katip(f"/api/sozlesmeler?sayfa={number}{'&yenile=1' if reload else ''}").json

    def rows(self) -> list[dict[str, Any]]:
        first = self.page()
        later = [self.page(number, reload=False) for number in range(2, first["pages"] + 1)]
        return [row for page in (first, *later) for row in page["rows"]]

    def pending(self) -> list[dict[str, Any]]:
        return [row for row in self.rows() if row["status"] == "Onay Bekliyor"]

    def form(self, row: dict[str, Any]) -> dict[str, str]:
        return dict(self.katip(f"/api/sozlesme/{row['row']}").json["fields"])

    def save(self, row: dict[str, Any], **values: Any) -> Answer:
        return self.post(f"/api/sozlesme/{row['row']}/onay", **values)

    def sign_out(self) -> Answer:
        return self.katip("/Cikis.aspx")

    def _send(self, request: urllib.request.Request) -> Answer:
        try:
            with self._opener.open(request, timeout=10) as response:
                return Answer(response.status, response.url, response.read())
        except urllib.error.HTTPError as error:
            return Answer(error.code, error.url, error.read(), error.headers["Retry-After"])
