"""What the operating system says about a file, a folder or an address, in the language of the process."""

from __future__ import annotations

import errno
import socket
import sqlite3
import ssl
import zipfile
from typing import Final

from Katip.messages import msg, msg_id

_BY_NUMBER: Final = {
    errno.ENOENT: msg_id("there is no such file or folder"),
    errno.EACCES: msg_id("access is denied: close it in Excel and other programs, or look at its permissions"),
    errno.EPERM: msg_id("the system does not permit it; look at the permissions"),
    errno.EEXIST: msg_id("it exists already"),
    errno.EISDIR: msg_id("it is a folder, not a file"),
    errno.ENOTDIR: msg_id("a part of the path is a file, not a folder"),
    errno.ENOSPC: msg_id("the disk is full"),
    errno.EDQUOT: msg_id("your share of the disk is used up"),
    errno.EROFS: msg_id("the disk can only be read"),
    errno.ENAMETOOLONG: msg_id("the name or the path is too long"),
    errno.ELOOP: msg_id("links that lead in a circle"),
    errno.EIO: msg_id("the disk or the network drive does not answer"),
    errno.ESTALE: msg_id("the network drive does not answer"),
    errno.EBUSY: msg_id("another program uses it"),
    errno.EADDRINUSE: msg_id("the port is in use already"),
    errno.ECONNREFUSED: msg_id("nothing answers there (connection refused)"),
    errno.ECONNRESET: msg_id("the connection was broken off"),
    errno.EPIPE: msg_id("the connection was broken off"),
    errno.ETIMEDOUT: msg_id("no answer within the time allowed"),
    errno.EHOSTUNREACH: msg_id("the network or the address cannot be reached"),
    errno.ENETUNREACH: msg_id("the network or the address cannot be reached"),
}
_BY_SQLITE_CODE: Final = {
    sqlite3.SQLITE_NOTADB: msg_id("it is no journal"),
    sqlite3.SQLITE_CORRUPT: msg_id("it is damaged"),
    sqlite3.SQLITE_BUSY: msg_id("another program uses it"),
    sqlite3.SQLITE_LOCKED: msg_id("another program uses it"),
    sqlite3.SQLITE_READONLY: msg_id("the disk can only be read"),
    sqlite3.SQLITE_FULL: msg_id("the disk is full"),
    sqlite3.SQLITE_IOERR: msg_id("the disk or the network drive does not answer"),
    sqlite3.SQLITE_CANTOPEN: msg_id("it cannot be opened"),
}
# Windows: sharing and lock violations.
_HELD_BY_ANOTHER: Final = (32, 33)


def system_words(error: Exception) -> str:
    """Return what an error of the operating system says, without its number; words that are not known stay as they are.

    Args:
        error: an `OSError`, or what SQLite, ZIP or TLS raise.

    Example:
        >>> print(system_words(FileNotFoundError(2, "No such file or directory")))  # doctest: +SKIP
        böyle bir dosya veya klasör yok
    """
    reason = getattr(error, "reason", None)
    if isinstance(reason, Exception):  # urllib wraps what happened
        return system_words(reason)
    if getattr(error, "winerror", None) in _HELD_BY_ANOTHER:
        return msg("another program, such as Excel, has it open: close it there")
    if isinstance(error, ssl.SSLCertVerificationError):
        return msg("the certificate was not accepted ({words})", words=error.verify_message)
    if isinstance(error, socket.gaierror):
        return msg("the name cannot be resolved: there is no network, or it is misspelt")
    if isinstance(error, TimeoutError):
        return msg("no answer within the time allowed")
    if isinstance(error, zipfile.BadZipFile):
        return msg("it is no ZIP file, or it is damaged")
    if isinstance(error, sqlite3.DatabaseError):
        words = _BY_SQLITE_CODE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
        return msg(words) if words else str(error)
    number = getattr(error, "errno", None)
    if number in _BY_NUMBER:
        return msg(_BY_NUMBER[number])
    return str(getattr(error, "strerror", None) or error) or type(error).__name__
