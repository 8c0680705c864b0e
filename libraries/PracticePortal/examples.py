"""The synthetic people, firms and contracts of the practice portal.

None of them exists: province code 099 is not in use, and the T.C. numbers are made from a counter.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count, islice

# Tests that look for secrets in every artefact give the example user secrets of their own, by the environment:
# a command line can be read by everybody on the machine.
NUMBER_VARIABLE = "PRACTICE_PORTAL_TCKN"
PASSWORD_VARIABLE = "PRACTICE_PORTAL_PASSWORD"

PENDING = "Onay Bekliyor"
APPROVED = "Onaylandı"
CANCELLED = "İptal Edildi"
REJECTED = "Onaylanmadı"

WORKING = "Devam Ediyor"
LEFT = "Ayrıldı"


@dataclass(frozen=True)
class Workplace:
    """A firm that receives the service (hizmet alan işyeri).

    Attributes:
        sgk: SGK sicil number, 26 digits.
        title: Full title; pages show it cut off.
        hazard: Tehlike sınıfı.
        employees: Number of employees that the portal knows of.
    """

    sgk: str
    title: str
    hazard: str
    employees: int


@dataclass(frozen=True)
class User:
    """An e-Bildirge manager with the workplaces that the person acts for.

    Attributes:
        number: T.C. number.
        password: e-Devlet password of the practice portal.
        name: Name as the home page greets it.
        workplaces: The workplaces, in the order of page 5.5.
    """

    number: str
    password: str
    name: str
    workplaces: tuple[Workplace, ...]


@dataclass(frozen=True)
class Contract:
    """A contract (görevlendirme) as the grid and the form show it; minutes are per month.

    A pending contract whose professional has not approved waits for the professional, not for the employer.
    """

    gorevlendirme_id: str
    sgk: str
    name: str
    category: str
    work_form: str
    start: date
    working: str
    leave: date | None
    status: str
    minutes: int
    overtime: int
    minutes_left: int
    overtime_left: int
    type: str = "Dış Grv."
    professional_approved: bool = True


def sgk_number(sequence: int) -> str:
    """Return a synthetic SGK number of the province 099, which does not exist.

    Args:
        sequence: The seven digits of the sıra part.

    Returns:
        26 digits; the control digits are int(il‖sıra) mod 97 (observed, undocumented).
    """
    control = int(f"099{sequence:07d}") % 97
    return f"299990101{sequence:07d}09999{control:02d}000"


def tc_number(sequence: int) -> str:
    """Return a valid synthetic T.C. number.

    Args:
        sequence: The first nine digits, 100000000 to 999999999.

    Returns:
        11 digits with both check digits.
    """
    digits = [int(digit) for digit in str(sequence)]
    tenth = (7 * sum(digits[0::2]) - sum(digits[1::2])) % 10
    return f"{sequence}{tenth}{(sum(digits) + tenth) % 10}"


WORKPLACES = (
    Workplace(sgk_number(9999901), "MAVİÇINAR ÖRNEK TEKSTİL SANAYİ VE TİCARET LİMİTED ŞİRKETİ", "Tehlikeli", 48),
    Workplace(sgk_number(9999902), "MAVİÇINAR ÖRNEK TEKSTİL SANAYİ VE TİCARET LİMİTED ŞİRKETİ", "Tehlikeli", 21),
    Workplace(sgk_number(9999903), "MAVİÇINAR ÖRNEK TEKSTİL SANAYİ VE TİCARET LTD.ŞTİ. GÜMÜŞOVA", "Az Tehlikeli", 9),
    Workplace(sgk_number(9999904), "MAVİÇINAR ÖRNEK TEKSTİL SANAYİ VE TİC.LTD ŞTİ ÇAĞLAYIK ŞB.", "Çok Tehlikeli", 66),
    Workplace(sgk_number(9999905), "IĞDIRLI ÂLEMŞAH DENEME İNŞAAT TAAHHÜT ANONİM ŞİRKETİ", "Çok Tehlikeli", 120),
    Workplace(sgk_number(9999906), "IĞDIRLI ALEMŞAH DENEME İNŞAAT TAAHHÜT ANONİM ŞİRKETİ", "Çok Tehlikeli", 35),
    Workplace(sgk_number(9999907), "ÖZGÜN UYDURMA GIDA PAZARLAMA VE DAĞITIM ANONİM ŞİRKETİ", "Az Tehlikeli", 14),
)
EXAMPLE_WORKPLACE = WORKPLACES[0]

USERS = (
    User("11111111110", "Deneme-1453", "ÖRNEK KULLANICI AYŞE", WORKPLACES[:4]),
    User("22222222220", "Deneme-1923", "DENEME KULLANICI ÂSIM", WORKPLACES[4:6]),
    User("99999999990", "Deneme-1299", "UYDURMA KULLANICI ŞÜKRÜ", WORKPLACES[6:]),
)
EXAMPLE_USER = USERS[0]


def example_user() -> User:
    """Return the example user, with number and password from the environment where they are given there."""
    return replace(
        EXAMPLE_USER,
        number=os.environ.get(NUMBER_VARIABLE, EXAMPLE_USER.number),
        password=os.environ.get(PASSWORD_VARIABLE, EXAMPLE_USER.password),
    )


_NAMES = (
    "ÂDİL ILGIN ÖRNEKOĞLU",
    "İREM IŞIL ŞAHİNDENEME",
    "ÖMER ÇAĞRI UYDURMAZ",
    "ŞÜKRİYE GÜLÂY DENEMECİOĞLU",
    "IŞIK ÖRNEKSOY",
    "İLKNUR ÜMRAN ÇINARÖRNEK",
    "ABDÜLHAMİT MUHAMMED NURULLAH ÖRNEKDENEMECİOĞULLARINDAN",
    "ÇİĞDEM SIDIKA ÖZDENEME",
    "KÂMİL IRMAK",
    "FATMA ÖRNEK",
    "HALİL İBRAHİM ŞIKDENEME",
    "NAZLI GÖKÇE UYDURUKOĞLU",
    "TUĞBA IRAZ DENEMESOY",
    "ÜLKÜ İZGİ ÖRNEKER",
    "YİĞİT ALP ÇIĞLIDENEME",
    "ZÜHÂL IŞILAY ÖRNEKKAYA",
)
# Names that would do something where text is taken for code: in Robot Framework, HTML, a shell, a spreadsheet.
HOSTILE_NAMES = (
    "${{__import__('os').getcwd()}}",
    "*HTML*<b>ÖRNEK</b>",
    "%{EDEVLET_SIFRE}",
    "=1+1",
    "<img src=x onerror=alert(1)>",
    "a=b",
    "C:\\x\\n",
    "@{EMPTY}  #  | çok \"tırnaklı\" 'ad'",
)

_UNITS = ("", "BİR", "İKİ", "ÜÇ", "DÖRT", "BEŞ", "ALTI", "YEDİ", "SEKİZ", "DOKUZ")
_TENS = ("", "ON", "YİRMİ", "OTUZ", "KIRK", "ELLİ", "ALTMIŞ", "YETMİŞ", "SEKSEN", "DOKSAN")
_CATEGORIES = (
    "C Sınıfı İş Güvenliği Uzmanı",
    "İşyeri Hekimi",
    "Diğer Sağlık Personeli",
    "B Sınıfı İş Güvenliği Uzmanı",
    "A Sınıfı İş Güvenliği Uzmanı",
)
_SETTLED = (APPROVED, APPROVED, CANCELLED, APPROVED, REJECTED)
_FIRST_START = date(2021, 3, 1)

# Which rows of the example workplace wait: on every grid page at least one, and not side by side throughout.
_EXAMPLE_PENDING = (2, 6, 11, 17, 21)
_EXAMPLE_ROWS = 23
_OTHER_ROWS = 6
_OTHER_PENDING = (1, 4)
# Rows that wait for the professional, where the portal has both sides of the approval.
_EXAMPLE_WAITING = (4, 13, 18)
_OTHER_WAITING = (2,)


def professional_number(contract: Contract) -> str:
    """Return the T.C. number of a contract's person, which is derived and so need not be kept anywhere."""
    return tc_number(900_000_000 + int(contract.gorevlendirme_id) % 100_000_000)


def contracts(pending_only: int | None = None, two_parties: bool = False) -> Iterator[Contract]:
    """Make the contracts of all workplaces.

    Args:
        pending_only: Give the example workplace this many contracts, all pending; None for its mixed example of
            23 rows on three pages, five of them pending.
        two_parties: Some more rows wait for the professional.

    Yields:
        Contracts in the order of the grid, workplace after workplace.
    """
    sequence = count()
    for workplace in WORKPLACES:
        if workplace is EXAMPLE_WORKPLACE:
            rows = _EXAMPLE_ROWS if pending_only is None else pending_only
            pending = _EXAMPLE_PENDING if pending_only is None else tuple(range(rows))
            waiting: tuple[int, ...] = _EXAMPLE_WAITING if pending_only is None else ()
        else:
            rows, pending, waiting = _OTHER_ROWS, _OTHER_PENDING, _OTHER_WAITING
        for row, index in enumerate(islice(sequence, rows)):
            if two_parties and row in waiting:
                yield replace(make_contract(workplace.sgk, index), professional_approved=False)
            else:
                yield make_contract(workplace.sgk, index, PENDING if row in pending else None)


def make_contract(sgk: str, index: int, status: str | None = PENDING) -> Contract:
    """Make one contract.

    Args:
        sgk: The workplace's SGK number.
        index: Counter from which all else follows; no two contracts share one.
        status: Grv. Onay Durumu; None for one of the settled ones.

    Returns:
        The contract; its person's name is no other contract's.
    """
    left = status is None and index % 4 == 1
    start = _FIRST_START - timedelta(days=3 * (index % 200))
    minutes = 240 + 20 * (index % 25)
    return Contract(
        gorevlendirme_id=str(9_900_001 + 7 * index),
        sgk=sgk,
        name=_name(index),
        category=_CATEGORIES[index % len(_CATEGORIES)],
        work_form="Tam Süreli" if index % 11 == 10 else "Kısmi Süreli",
        start=start,
        working=LEFT if left else WORKING,
        leave=start + timedelta(days=45) if left else None,
        status=status or _SETTLED[index % len(_SETTLED)],
        minutes=minutes,
        overtime=0,
        minutes_left=11_700 - minutes,
        overtime_left=1_350,
    )


def _name(index: int) -> str:
    """Return a name that no other index has: a test may look for a person by name alone."""
    rounds, position = divmod(index, len(_NAMES))
    hundreds, rest = divmod(rounds, 100)
    number = "YÜZ" * hundreds + _TENS[rest // 10] + _UNITS[rest % 10]
    return f"{_NAMES[position]} {number}".rstrip()
