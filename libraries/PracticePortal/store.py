"""The portal's state in SQLite: people, workplaces, contracts, one-time codes, sessions.

The database may be a file, so that a portal that was killed can be started again with what it had recorded.
A person is in it as a masked T.C. number; the numbers themselves are known in memory only.
"""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
import threading
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from werkzeug.security import check_password_hash, generate_password_hash

from PracticePortal import examples
from PracticePortal.examples import APPROVED, PENDING, Contract, User, Workplace
from PracticePortal.request_log import mask_number

_SCHEMA = """
CREATE TABLE IF NOT EXISTS users (person TEXT PRIMARY KEY, name TEXT NOT NULL, password_hash TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS workplaces (
    sgk TEXT PRIMARY KEY, title TEXT NOT NULL, hazard TEXT NOT NULL, employees INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS user_workplaces (person TEXT NOT NULL, sgk TEXT NOT NULL, PRIMARY KEY (person, sgk));
CREATE TABLE IF NOT EXISTS contracts (
    row INTEGER PRIMARY KEY, gorevlendirme_id TEXT UNIQUE NOT NULL, sgk TEXT NOT NULL,
    name TEXT NOT NULL, category TEXT NOT NULL, work_form TEXT NOT NULL, start TEXT NOT NULL, working TEXT NOT NULL,
    leave TEXT, status TEXT NOT NULL, minutes INTEGER NOT NULL, overtime INTEGER NOT NULL,
    minutes_left INTEGER NOT NULL, overtime_left INTEGER NOT NULL, type TEXT NOT NULL,
    professional_approved INTEGER NOT NULL DEFAULT 1,
    note TEXT NOT NULL DEFAULT '', auto_update INTEGER NOT NULL DEFAULT 0, approved_by TEXT, approved_at REAL,
    deleted INTEGER DEFAULT 0);
CREATE INDEX IF NOT EXISTS contracts_of_workplace ON contracts (sgk, row);
CREATE TABLE IF NOT EXISTS codes (code TEXT PRIMARY KEY, person TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS sessions (
    token_digest TEXT PRIMARY KEY, name TEXT UNIQUE NOT NULL, person TEXT NOT NULL, address TEXT NOT NULL,
    started TEXT NOT NULL, home_state TEXT, sgk TEXT, reloads INTEGER NOT NULL DEFAULT 0,
    approvals INTEGER NOT NULL DEFAULT 0, ended TEXT);
"""
_TABLES = ("users", "workplaces", "user_workplaces", "contracts", "codes", "sessions")


@dataclass(frozen=True)
class Session:
    """A person's open session at KATİP.

    Attributes:
        name: Short name used in the log; not the cookie.
        number: The person's T.C. number.
        address: The IP address that signed in.
        started: Local date and time of the sign-in.
        home_state: The `state` of the home page; None until a workplace was chosen.
        sgk: SGK number of the chosen workplace; None until chosen.
        reloads: How often the grid was loaded or reloaded at this workplace.
        approvals: How many approvals were sent in this session.
    """

    name: str
    number: str
    address: str
    started: datetime
    home_state: str | None
    sgk: str | None
    reloads: int
    approvals: int


@dataclass(frozen=True)
class Row:
    """A stored contract with its row number, by which pages refer to it, and when it was approved here (Unix time)."""

    row: int
    contract: Contract
    approved_at: float | None = None


class Store:
    """Access to the state; safe to be used from several threads.

    Args:
        path: The database file; made if it does not exist.
        users: The people that can sign in.
        pending_only: See `examples.contracts`.
        two_parties: See `examples.contracts`.
    """

    def __init__(
        self,
        path: Path,
        users: Iterable[User] = examples.USERS,
        pending_only: int | None = None,
        two_parties: bool = False,
    ) -> None:
        self._users = tuple(users)
        self._numbers = {mask_number(user.number): user.number for user in self._users}
        self._pending_only = pending_only
        self._two_parties = two_parties
        self._lock = threading.RLock()
        self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._connection.row_factory = sqlite3.Row
        # WAL outlives the death of the process, which tests bring about; the death of the machine is no matter here.
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=OFF")
        self._connection.executescript(_SCHEMA)
        if not self._query("SELECT 1 FROM users LIMIT 1"):
            self._fill()

    def reset(self) -> None:
        """Go back to the beginning: contracts as made at first, no sessions, no codes."""
        with self._lock:
            for table in _TABLES:
                self._execute(f"DELETE FROM {table}")  # noqa: S608 (own table names)
            self._fill()

    def close(self) -> None:
        """Close the database."""
        with self._lock:
            self._connection.close()

    # --- people -------------------------------------------------------------------------------------------------

    def password_matches(self, number: str, password: str) -> bool:
        """Return True if a T.C. number and a password belong together."""
        person = mask_number(number)
        if self._numbers.get(person) != number:
            return False
        found = self._query("SELECT password_hash FROM users WHERE person = ?", person)
        return bool(found) and check_password_hash(found[0]["password_hash"], password)

    def user_name(self, number: str) -> str:
        """Return the name of a person who can sign in."""
        return str(self._query("SELECT name FROM users WHERE person = ?", mask_number(number))[0]["name"])

    def workplaces(self, number: str) -> list[Workplace]:
        """Return the workplaces that a person acts for, in the order of page 5.5."""
        found = self._query(
            "SELECT w.* FROM workplaces w JOIN user_workplaces u USING (sgk) WHERE u.person = ? ORDER BY u.rowid",
            mask_number(number),
        )
        return [Workplace(**dict(row)) for row in found]

    # --- sign-in and sessions -----------------------------------------------------------------------------------

    def make_code(self, number: str) -> str:
        """Return a one-time code (32 hex digits) with which e-Devlet hands a person over to KATİP."""
        code = secrets.token_hex(16)
        self._execute("INSERT INTO codes VALUES (?, ?)", _digest(code), mask_number(number))
        return code

    def redeem_code(self, code: str) -> str | None:
        """Return the T.C. number that a one-time code represents, and forget the code; None if it is not known."""
        with self._lock:
            found = self._query("SELECT person FROM codes WHERE code = ?", _digest(code))
            self._execute("DELETE FROM codes WHERE code = ?", _digest(code))
        return self._numbers[found[0]["person"]] if found else None

    def open_session(self, number: str, address: str) -> str:
        """Open a session and return its token, which is kept here only as a digest."""
        token = secrets.token_urlsafe(24)
        self._execute(
            "INSERT INTO sessions (token_digest, name, person, address, started) VALUES (?, ?, ?, ?, ?)",
            _digest(token),
            secrets.token_hex(3),
            mask_number(number),
            address,
            datetime.now().isoformat(timespec="seconds"),
        )
        return token

    def session(self, token: str) -> Session | None:
        """Return the open session of a token; None if there is none or it has ended."""
        found = self._query("SELECT * FROM sessions WHERE token_digest = ? AND ended IS NULL", _digest(token))
        if not found:
            return None
        row = found[0]
        return Session(
            name=row["name"],
            number=self._numbers[row["person"]],
            address=row["address"],
            started=datetime.fromisoformat(row["started"]),
            home_state=row["home_state"],
            sgk=row["sgk"],
            reloads=row["reloads"],
            approvals=row["approvals"],
        )

    def end_session(self, name: str, reason: str) -> None:
        """End a session, for a reason that is kept."""
        self._execute("UPDATE sessions SET ended = ? WHERE name = ? AND ended IS NULL", reason, name)

    def open_sessions(self) -> list[str]:
        """Return the short names of all sessions that have not ended."""
        return [str(row["name"]) for row in self._query("SELECT name FROM sessions WHERE ended IS NULL")]

    def choose_workplace(self, session: str, sgk: str) -> str:
        """Note the workplace chosen in a session and return the `state` of its home page."""
        home_state = secrets.token_hex(16)
        self._execute(
            "UPDATE sessions SET sgk = ?, home_state = ?, reloads = 0 WHERE name = ?", sgk, home_state, session
        )
        return home_state

    def count_reload(self, session: str) -> int:
        """Count that the grid was loaded again in a session, and return how often that was so far."""
        with self._lock:
            self._execute("UPDATE sessions SET reloads = reloads + 1 WHERE name = ?", session)
            return int(self._query("SELECT reloads FROM sessions WHERE name = ?", session)[0]["reloads"])

    def count_approval(self, session: str) -> None:
        """Count that an approval was sent in a session."""
        self._execute("UPDATE sessions SET approvals = approvals + 1 WHERE name = ?", session)

    # --- contracts ----------------------------------------------------------------------------------------------

    def contracts(self, sgk: str) -> list[Row]:
        """Return the contracts of a workplace in the order of the grid."""
        found = self._query("SELECT * FROM contracts WHERE sgk = ? AND NOT deleted ORDER BY row", sgk)
        return [_row(values) for values in found]

    def row_numbers(self, sgk: str) -> list[int]:
        """Return the row numbers of a workplace's contracts in the order of the grid."""
        found = self._query("SELECT row FROM contracts WHERE sgk = ? AND NOT deleted ORDER BY row", sgk)
        return [int(values["row"]) for values in found]

    def all_contracts(self) -> list[dict[str, Any]]:
        """Return every contract with all that is kept of it, deleted ones too."""
        return [dict(values) for values in self._query("SELECT * FROM contracts ORDER BY row")]

    def contract(self, row: int, sgk: str) -> Row | None:
        """Return a contract of a workplace by its row number; None if it has no such contract."""
        found = self._query("SELECT * FROM contracts WHERE row = ? AND sgk = ? AND NOT deleted", row, sgk)
        return _row(found[0]) if found else None

    def pending_count(self, sgk: str) -> int:
        """Return how many contracts of a workplace wait for the employer's approval."""
        statement = "SELECT COUNT(*) AS number FROM contracts WHERE sgk = ? AND status = ? AND professional_approved AND NOT deleted"
        return int(self._query(statement, sgk, PENDING)[0]["number"])

    def approve(self, row: int, approved_by: str, note: str = "", auto_update: bool = False) -> bool:
        """Record an approval.

        Args:
            row: Row number of the contract.
            approved_by: Short name of the session, or who else it was.
            note: Açıklama.
            auto_update: Otomatik Güncelleme Onay İzni.

        Returns:
            False if the contract was not pending; then nothing has changed.
        """
        changed = self._execute(
            "UPDATE contracts SET status = ?, approved_by = ?, approved_at = ?, note = ?, auto_update = ? WHERE row = ? AND status = ?",
            APPROVED,
            approved_by,
            time.time(),
            note,
            int(auto_update),
            row,
            PENDING,
        )
        return changed == 1

    def set_status(self, row: int, status: str) -> None:
        """Return a contract another status."""
        self._execute("UPDATE contracts SET status = ? WHERE row = ?", status, row)

    def rename(self, row: int, name: str) -> None:
        """Return the person of a contract another name."""
        self._execute("UPDATE contracts SET name = ? WHERE row = ?", name, row)

    def delete(self, row: int) -> None:
        """Take a contract out of the grid; its row stays for the tests to see."""
        self._execute("UPDATE contracts SET deleted = 1 WHERE row = ?", row)

    def add(self, contract: Contract) -> int:
        """Add a contract and return its row number."""
        with self._lock:
            self._add(contract)
            return int(self._query("SELECT last_insert_rowid() AS row")[0]["row"])

    def next_index(self) -> int:
        """Return an index for `examples.make_contract` that no contract has yet."""
        return int(self._query("SELECT COUNT(*) AS number FROM contracts")[0]["number"])

    # --- inside -------------------------------------------------------------------------------------------------

    def _fill(self) -> None:
        with self._lock:
            self._execute("BEGIN")
            for workplace in examples.WORKPLACES:
                self._execute("INSERT INTO workplaces VALUES (:sgk, :title, :hazard, :employees)", asdict(workplace))
            for user in self._users:
                self._add_user(user)
            for contract in examples.contracts(self._pending_only, self._two_parties):
                self._add(contract)
            self._execute("COMMIT")

    def _add_user(self, user: User) -> None:
        # The passwords are practice ones, and hundreds of starts in a test run must not wait for a strong hash.
        password_hash = generate_password_hash(user.password, method="pbkdf2:sha256:1000")
        self._execute("INSERT INTO users VALUES (?, ?, ?)", mask_number(user.number), user.name, password_hash)
        for workplace in user.workplaces:
            self._execute("INSERT INTO user_workplaces VALUES (?, ?)", mask_number(user.number), workplace.sgk)

    def _add(self, contract: Contract) -> None:
        values = asdict(contract)
        columns = ", ".join(values)
        places = ", ".join(f":{key}" for key in values)
        dates = {key: value.isoformat() for key, value in values.items() if isinstance(value, date)}
        self._execute(f"INSERT INTO contracts ({columns}) VALUES ({places})", values | dates)  # noqa: S608 (own names)

    def _query(self, statement: str, *values: object) -> list[sqlite3.Row]:
        with self._lock:
            return self._connection.execute(statement, values).fetchall()

    def _execute(self, statement: str, *values: object) -> int:
        parameters = values[0] if values and isinstance(values[0], dict) else values
        with self._lock:
            return self._connection.execute(statement, parameters).rowcount


def _row(values: sqlite3.Row) -> Row:
    facts = {key: values[key] for key in Contract.__dataclass_fields__}
    facts["start"] = date.fromisoformat(facts["start"])
    facts["leave"] = date.fromisoformat(facts["leave"]) if facts["leave"] else None
    facts["professional_approved"] = bool(facts["professional_approved"])
    return Row(values["row"], Contract(**facts), values["approved_at"])


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
