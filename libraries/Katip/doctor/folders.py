"""Checks of the places that a run reads and writes: results folder, its disk, the worklist."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePath

import psutil

from Katip.approvals.worklist_file import read_worklist
from Katip.doctor.check import Check, Text, failed, ok, text, warning
from Katip.errors import KatipError
from Katip.messages import msg
from Katip.system_words import system_words
from Katip.turkish import fold

_NEEDED_BYTES = 200_000_000
_LONGEST_WINDOWS_PATH = 260
# What a run adds to its folder's path: `evidence/contracts/<folder>/<file>`.
_OWN_PATH_LENGTH = 110
_SYNCHRONISED = ("onedrive", "dropbox", "google drive", "icloud", "googledrive", "nextcloud")
_NETWORK_FILE_SYSTEMS = ("nfs", "nfs4", "cifs", "smb", "smbfs", "smb3", "afpfs", "sshfs", "fuse.sshfs", "9p", "davfs")


def results(folder: Path) -> Iterator[Check]:
    """Check that the results folder can be written, has room, and is on a disk that suits it.

    Args:
        folder: the folder; where it does not exist yet, the place where it would be made.
    """
    place = next(each for each in (folder.absolute(), *folder.absolute().parents) if each.exists())
    try:
        with tempfile.NamedTemporaryFile(dir=place, prefix=".katip-doctor-") as file:
            file.write(b"probe")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        yield failed(
            "results",
            text(msg("{folder} cannot be written: {words}", folder=folder, words=system_words(error))),
            Text(
                "Başka bir klasör verin (-d KLASÖR) veya klasörün izinlerini düzeltin.",
                "Give another folder (-d FOLDER), or correct the folder's permissions.",
            ),
        )
        return
    yield ok("results", f"{folder} yazılabiliyor", f"{folder} can be written")
    yield from free_space(psutil.disk_usage(str(place)).free)
    yield from kind_of_disk(folder.resolve(), _file_system(place.resolve()))
    yield from path_length(folder.resolve(), os.name == "nt")


def free_space(free: int) -> Iterator[Check]:
    """Check that there is room for a run.

    Args:
        free: free bytes.
    """
    megabytes = free // 1_000_000
    if free >= _NEEDED_BYTES:
        yield ok("free space", f"{megabytes} MB boş", f"{megabytes} MB free")
        return
    yield warning(
        "free space",
        Text(f"yalnızca {megabytes} MB boş", f"only {megabytes} MB free"),
        Text(
            "Diskte yer açın; bir sözleşme yaklaşık 1 MB tutar.", "Make room on the disk; a contract takes about 1 MB."
        ),
    )


def kind_of_disk(folder: PurePath, file_system: str, environment: Mapping[str, str] = os.environ) -> Iterator[Check]:
    """Warn where a folder is synchronised with a cloud or is on a network drive.

    Args:
        folder: the folder's absolute path.
        file_system: the type of its file system, as the system names it.
        environment: the environment's variables; OneDrive names its folders there.
    """
    if _is_synchronised(folder, environment):
        yield warning(
            "kind of disk",
            Text(f"{folder} bir bulut ile eşitleniyor", f"{folder} is synchronised with a cloud"),
            Text(
                "Eşitlenmeyen bir klasör verin (komutun sonuna `-- -d C:\\katip\\results\\…`): eşitleme dosyaları kilitler ve kişisel veriyi dışarı taşır.",
                "Give a folder that is not synchronised (`-- -d C:\\katip\\results\\…` after the command): it locks files and carries personal data away.",
            ),
        )
    elif str(folder).startswith(("\\\\", "//")) or file_system.lower() in _NETWORK_FILE_SYSTEMS:
        yield warning(
            "kind of disk",
            Text(
                f"{folder} bir ağ sürücüsünde ({file_system or 'UNC'})",
                f"{folder} lies on a network drive ({file_system or 'UNC'})",
            ),
            Text(
                "Bu bilgisayarın diskinde bir klasör verin: günlüğün kilidi ağda güvenilir değildir.",
                "Give a folder on this machine's own disk: the journal's lock is not reliable over a network.",
            ),
        )
    else:
        yield ok("kind of disk", f"yerel disk ({file_system or '?'})", f"local disk ({file_system or '?'})")


def _is_synchronised(folder: PurePath, environment: Mapping[str, str]) -> bool:
    """True if a folder's path says that a cloud keeps it in step."""
    if any(fold(part).startswith(_SYNCHRONISED) for part in folder.parts):
        return True
    clouds = [environment.get(name) for name in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")]
    return any(fold(str(folder)).startswith(fold(cloud)) for cloud in clouds if cloud)


def path_length(folder: PurePath, windows: bool) -> Iterator[Check]:
    """Warn where the paths of a run's files would be longer than Windows programs take.

    Args:
        folder: the folder's absolute path.
        windows: True on Windows.
    """
    longest = len(str(folder)) + _OWN_PATH_LENGTH
    if windows and longest > _LONGEST_WINDOWS_PATH:
        yield warning(
            "path length",
            Text(f"dosya yolları {longest} karaktere varabilir", f"paths of files may reach {longest} characters"),
            Text(
                "Daha kısa bir klasör verin: komutun sonuna `-- -d C:\\katip\\…`.",
                "Give a shorter folder: `-- -d C:\\katip\\…` after the command.",
            ),
        )


def _file_system(folder: Path) -> str:
    """Return the type of the file system that a folder is on; empty where it is not known."""
    mounts = [part for part in psutil.disk_partitions(all=True) if folder.is_relative_to(part.mountpoint)]
    return max(mounts, key=lambda part: len(part.mountpoint)).fstype if mounts else ""


def worklists(paths: Iterable[Path]) -> Iterator[Check]:
    """Check that worklists can be read.

    Args:
        paths: the lists' files.
    """
    for path in paths:
        try:
            found = read_worklist(path)
        except KatipError as error:
            yield failed(
                "worklist",
                text(msg("{name}: {error}", name=path.name, error=error.happened)),
                Text("Listeyi düzeltip yeniden kaydedin.", "Correct the list and save it again."),
            )
        else:
            count = len(found.rows)
            yield ok("worklist", f"{path.name}: {count} satır okundu", f"{path.name}: {count} rows read")
