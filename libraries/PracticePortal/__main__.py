"""Command line of the practice portal: `python -m PracticePortal --help`."""

from __future__ import annotations

import argparse
import io
import json
import os
import signal
import sys
import threading
import webbrowser
from collections.abc import Sequence
from pathlib import Path

from PracticePortal.examples import USERS, User, example_user
from PracticePortal.faults import KINDS, Fault, Step, parse_fault
from PracticePortal.screens import Skin
from PracticePortal.server import Options, PortalServer
from PracticePortal.today.look import Look, describe_looks, parse_look


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve the practice portal until it is ended.

    Args:
        arguments: The command line without the program; None for the process's own.

    Returns:
        The exit code.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a console's code page may lack a letter of the help
    parser = _parser()
    given = parser.parse_args(arguments)
    try:
        look = parse_look(given.look)
    except ValueError as error:
        parser.error(str(error))
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    with PortalServer(_options(given, look)) as server:
        if given.exit_with_parent or not sys.stdout.isatty():
            print(json.dumps(_addresses(server)), flush=True)
        if given.exit_with_parent:
            threading.Thread(target=_wait_for_parent, args=(ended,), daemon=True).start()
        else:
            print(_welcome(server), file=sys.stderr, flush=True)
        if given.open:
            webbrowser.open(server.portal.addresses.site)
        # A wait without a timeout would keep Ctrl+C from Python on Windows.
        while not ended.wait(3600):
            pass
    return 0


def _parser() -> argparse.ArgumentParser:
    faults = "\n".join(f"  {name:24}{kind.meaning}" for name, kind in KINDS.items())
    parser = argparse.ArgumentParser(
        prog="python -m PracticePortal",
        description="The practice portal: DOK.10.01's procedure on loopback, with synthetic people.",
        epilog=f"faults:\n{faults}\n\nsteps (at=STEP): {', '.join(Step)}\n\nlooks of the skin today:\n{describe_looks()}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--skin", type=Skin, choices=list(Skin), default=Skin.PLAIN, help="how pages are built")
    parser.add_argument(
        "--look", action="append", default=[], metavar="NAME=VALUE", help="how the skin today is built (repeatable)"
    )
    parser.add_argument("--ports", type=_ports, default=(0, 0, 0), metavar="A,B,C", help="site, e-Devlet, KATİP")
    parser.add_argument("--state", type=Path, metavar="FILE", help="keep the state in this SQLite file")
    parser.add_argument("--log", type=Path, metavar="FILE", help="append the request log to this file")
    parser.add_argument(
        "--fault",
        type=_fault,
        action="append",
        default=[],
        metavar="NAME[:key=value,…]",
        help="switch a fault on (repeatable); keys: at, times, nth, match, ms, text",
    )
    parser.add_argument("--latency", type=int, default=0, metavar="MS", help="every answer late by so many ms")
    parser.add_argument("--contracts", type=int, metavar="N", help="example workplace with N pending contracts")
    parser.add_argument("--open", action="store_true", help="open the OSGB's site in the default browser")
    parser.add_argument("--exit-with-parent", action="store_true", help="end when standard input does")
    return parser


def _ports(text: str) -> tuple[int, int, int]:
    try:
        site, edevlet, katip = (int(part) for part in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(f"expected three ports such as 8101,8102,8103, but got '{text}'") from None
    return site, edevlet, katip


def _fault(text: str) -> Fault:
    try:
        return parse_fault(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _options(given: argparse.Namespace, look: Look) -> Options:
    return Options(
        skin=given.skin,
        look=look,
        ports=given.ports,
        state=given.state,
        log=given.log,
        latency_ms=given.latency,
        pending_only=given.contracts,
        users=_users(),
        faults=given.fault,
    )


def _users() -> tuple[User, ...]:
    """Return the people that can sign in."""
    return (example_user(), *USERS[1:])


def _addresses(server: PortalServer) -> dict[str, str | int]:
    addresses = server.portal.addresses
    return {
        "site_url": addresses.site,
        "edevlet_url": addresses.edevlet,
        "katip_url": addresses.katip,
        "control_url": addresses.control,
        "log": str(server.portal.log.path.resolve()),
        "pid": os.getpid(),
    }


def _welcome(server: PortalServer) -> str:
    portal = server.portal
    addresses = portal.addresses
    people = "\n".join(f"    {user.number}  {user.password:<14} {user.name}" for user in _users())
    return f"""
Deneme portalı hazır (kişiler ve firmalar uydurmadır) / The practice portal is ready (nobody in it exists)

  OSGB sitesi / site   {addresses.site}   <- buradan başlayın / start here
  e-Devlet             {addresses.edevlet}
  İSG-KATİP            {addresses.katip}
  Kayıt / log          {portal.log.path}

  Kullanıcılar / users  (T.C. Kimlik No, e-Devlet Şifresi)
{people}
    SMS kodu / code: {portal.sms_code}   (second_factor)     Güvenlik kodu / captcha: {portal.captcha_text}

  Görünüm / skin: {portal.skin}   başka / others: --skin {" | ".join(Skin)}
  Bugünkü portal / today's:  --skin today --look table=virtual   liste / list: --help
  Arıza / fault:  --fault session_loss:at=form    liste / list: --help
    çalışırken / while running:
      curl -X POST   -H 'Content-Type: application/json' -d '{{"name": "refusal"}}' {addresses.control}/faults
      curl -X DELETE {addresses.control}/faults

  Bitirmek için Ctrl+C / Ctrl+C to end
"""


def _wait_for_parent(ended: threading.Event) -> None:
    while sys.stdin.buffer.read(4096):
        pass
    ended.set()


if __name__ == "__main__":
    sys.exit(main())
