"""Checks of the way to the portal: clock, proxy and certificate settings, addresses that answer."""

from __future__ import annotations

import os
import ssl
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import Message
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit

from Katip.doctor.check import Check, Text, failed, ok, text, warning
from Katip.messages import msg
from Katip.portal import Portal
from Katip.system_words import system_words

_SECONDS = 15
_CLOCK_TOLERANCE = timedelta(minutes=2)
_PROXIES = ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy")
_CERTIFICATES = ("NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE")


@dataclass(frozen=True, slots=True)
class AddressAnswer:
    """What an address answered.

    Attributes:
        status: the HTTP status.
        date: the server's clock, or None.
    """

    status: int
    date: datetime | None


def fetch(url: str) -> AddressAnswer:
    """Ask an address for its page.

    Args:
        url: the address.

    Returns:
        The answer, whatever its status.

    Raises:
        OSError: it does not answer.
    """
    request = urllib.request.Request(url, method="GET", headers={"User-Agent": "katip-doctor"})  # noqa: S310 (a portal file's own address)
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS) as response:  # noqa: S310
            return AddressAnswer(response.status, _date(response.headers))
    except urllib.error.HTTPError as error:
        return AddressAnswer(error.code, _date(error.headers))


def _date(headers: Message) -> datetime | None:
    try:
        return parsedate_to_datetime(headers["Date"])
    except (TypeError, ValueError, KeyError):
        return None


def proxy(environment: Mapping[str, str] = os.environ) -> Iterator[Check]:
    """Check the proxy settings: loopback must never go through one.

    Args:
        environment: the environment's variables.
    """
    used = next((environment[name] for name in _PROXIES if environment.get(name)), "")
    if not used:
        yield ok("proxy", "vekil sunucu ayarı yok", "no proxy is set")
        return
    host = urlsplit(used if "//" in used else f"//{used}").hostname or "?"
    exempt = environment.get("NO_PROXY") or environment.get("no_proxy") or ""
    if {"127.0.0.1", "localhost", "*"} & {part.strip() for part in exempt.split(",")}:
        yield ok("proxy", f"vekil sunucu: {host}", f"proxy: {host}")
        return
    yield warning(
        "proxy",
        Text(f"vekil sunucu {host}, bu bilgisayarın kendisi için de", f"proxy {host}, also for this machine itself"),
        Text("NO_PROXY=127.0.0.1,localhost değişkenini ekleyin.", "Set NO_PROXY=127.0.0.1,localhost."),
    )


def certificates(environment: Mapping[str, str] = os.environ) -> Iterator[Check]:
    """Check that files of additional certificates exist and can be read.

    Args:
        environment: the environment's variables.
    """
    for name in _CERTIFICATES:
        if not environment.get(name):
            continue
        path = Path(environment[name])
        try:
            ssl.create_default_context(cafile=str(path))
        except (OSError, ssl.SSLError) as error:
            yield failed(
                "certificates",
                Text(f"{name}={path} okunamıyor: {error}", f"{name}={path} cannot be read: {error}"),
                Text(f"{name} değişkenini düzeltin.", f"Correct the variable {name}."),
            )
        else:
            yield ok("certificates", f"{name}={path}", f"{name}={path}")


def addresses(portal: Portal, ask: Callable[[str], AddressAnswer] = fetch) -> Iterator[Check]:
    """Check that the portal's addresses answer, and that this machine's clock agrees with theirs.

    Args:
        portal: the portal.
        ask: asks an address.
    """
    given = {"SITE_URL": portal.site_url, "EDEVLET_URL": portal.edevlet_url, "KATIP_URL": portal.katip_url}
    for name, url in given.items():
        if not url:
            continue
        before = datetime.now(UTC)
        try:
            answer = ask(url)
        except (OSError, ValueError) as error:
            yield failed(name, *_trouble(url, error))
            continue
        if answer.status >= 500:
            yield warning(
                name,
                Text(f"{url} {answer.status} yanıtını veriyor", f"{url} answers {answer.status}"),
                Text("Portal bakımda olabilir; sonra yeniden deneyin.", "The portal may be in maintenance; try later."),
            )
        else:
            yield ok(name, f"{url} yanıt veriyor ({answer.status})", f"{url} answers ({answer.status})")
        if answer.date is not None:
            yield from clock(answer.date - before, name)


def _trouble(url: str, error: Exception) -> tuple[Text, Text]:
    reason = getattr(error, "reason", error)
    if isinstance(reason, ssl.SSLCertVerificationError):
        return (
            Text(
                f"{url}: sertifikası doğrulanamadı ({reason.verify_message})",
                f"{url}: its certificate was not accepted ({reason.verify_message})",
            ),
            Text(
                "Adres doğruysa kurumunuzun kök sertifikasını kurdurun (NODE_EXTRA_CA_CERTS); değilse adresi düzeltin.",
                "If the address is right, have your company's root certificate installed (NODE_EXTRA_CA_CERTS); else correct the address.",
            ),
        )
    return (
        text(msg("{url} does not answer: {words}", url=url, words=system_words(error))),
        Text(
            "Adresi tarayıcıda açın; açılmıyorsa ağ bağlantısına ve adrese bakın.",
            "Open the address in a browser; if it does not open, look at the network and at the address.",
        ),
    )


def clock(difference: timedelta, name: str) -> Iterator[Check]:
    """Warn where this machine's clock differs from a server's.

    Args:
        difference: the server's time less this machine's.
        name: whose server.
    """
    if abs(difference) > _CLOCK_TOLERANCE:
        seconds = round(difference.total_seconds())
        yield warning(
            "clock",
            Text(f"saat {name} sunucusundan {seconds} s farklı", f"the clock differs from {name}'s by {seconds} s"),
            Text(
                "Bilgisayarın saatini eşitleyin: kanıtın zamanları ondan gelir.",
                "Synchronise the machine's clock: the evidence takes its times from it.",
            ),
        )
