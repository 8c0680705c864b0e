"""Front-end packages as their makers ship them, from the npm registry: fetched once, checked, kept outside the checkout.

Only tests of the matrix load them. Nothing of them is copied into the project.
"""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Package:
    """A package of the npm registry.

    Args:
        version: its version.
        sha512: the checksum of its archive, as ``npm view NAME@VERSION dist.integrity`` shows it, without ``sha512-``.
        name: its name in the registry, where it is not the one that it is served by.
    """

    version: str
    sha512: str
    name: str = ""


PACKAGES = {
    "ag-grid-community": Package("33.3.2", "9bx0e/+ykOyLvUxHqmdy0cRVANH6JAtv0yZdnBZEXYYqBAwN+G5a4NY+2I1KvoOCYzbk8SnStG7y4hCdVAAWOQ=="),
    "antd": Package("5.29.3", "3DdbGCa9tWAJGcCJ6rzR8EJFsv2CtyEbkVabZE14pfgUHfCicWCj0/QzQVLDYg8CPfQk9BH7fHCoTXHTy7MP/A=="),
    "bootstrap": Package("5.3.3", "8HLCdWgyoMguSO9o+aH+iuZ+aht+mzW0u3HIMzVu7Srrpv7EBBxTnrFlSCskwdY1+EOFQSm7uMJhNQHkdPcmjg=="),
    "dayjs": Package("1.11.13", "oaMBel6gjolK862uaPQOVTA7q3TZhuSvuMQAAglQDOWYO9A91IrAOUJEyKVlqJlHE0vq5p5UXxzdPfMH/x6xNg=="),
    "datatables.net": Package("2.3.4", "fKuRlrBIdpAl2uIFgl9enKecHB41QmFd/2nN9LBbOvItV/JalAxLcyqdZXex7wX4ZXjnJQEnv6xeS9veOpKzSw=="),
    "datatables.net-bs5": Package("2.3.4", "OSoPWhNfiU71VjNP604uTmFRxiX32U7SCW0KRZ2X6z3ZYbIwjjoWcMEjjPWOH3uOqaI0OTDBgOgOs5G28VaJog=="),
    "datatables.net-responsive": Package("3.0.6", "GHVgU7k7/ST7F/z1/0ieaJiNghrO1mgH8PbikAaL9MH1pw+GMcCuL5sFaFzIyMRzZz7tnrmVnjrkNX+W01VzhA=="),
    "datatables.net-responsive-bs5": Package("3.0.6", "FQNYSisTfShgcur5mBTFgpaqmtlM9fDCDAMtkqU5YyZldvR+vlMW0rJ60hSKHN9B+aAA3tIjDZuR1U3+VvO6ag=="),
    "dijit": Package("1.17.3", "QS+1bNhPT+BF9E+iomQSi5qI+o3oUNSx1r5TF8WlGH4LybGZP+IIGJBOO5/41YduBPljVXhY7vaPsgrycxC6UQ=="),
    "dojo": Package("1.17.3", "iWDx1oSfCEDnIrs8cMW7Zh9Fbjgxu8iRagFz+Qi2eya3MXIAxFXKhv2A7dpi+bfpMpFozLwcsLV8URLw6BsHsA=="),
    "dojox": Package("1.17.3", "n2SvGoVTZlOQUQmoqEfW6oGAfmyBtjl4DzWkxoojdTxBq8O0r7pDKBrW3nRrpQW9uZFHfB1XIA3BXS0cnrue/Q=="),
    "element-plus": Package("2.14.8", "Z4Br45W9b8vWKvVHSTvbS6rRKmsLjmHCPXICJR6osl35+i+S2LCBs4NN8apLBkQiUh0pzS9labK5eCS7yzDhWw=="),
    "jquery": Package("3.7.1", "m4avr8yL8kmFN8psrbFFFmB/If14iN5o9nw/NgnnM+kybDJpRsAynV2BsfpTYrTRysYUdADVD7CkUUizgkpLfg=="),
    "layui": Package("2.13.6", "jo2w39lpeT4SBvawA6NNuS9OY960pHXzAUJnaAAHdO5Zm7C+6UdxKgFMxzKYRwhtEa8xdiMaALO/o/dxyvjWWg=="),
    "openui5-runtime": Package("1.50.5", "csLvPfwHex+0On5pCkqXiHhBVIUcp9o+rQQtVFAWxh4Nwxas1UqbxEBuHvinYXbvXdKWhBc0ff7pnfYOSMMCSw=="),
    "primeicons": Package("8.0.2", "o3UQey3nXMEQRAudVYZZWswz6mmnWpPnksYb7wIu4rEEVfdS3pLnxnmSJx5gKBRMer1MxnhJZG5QRDxVVJFNkA=="),
    "primevue": Package("3.53.1", "Bp4peZPdhfKYXwvtsOGGh5dfgmTelm+LZEZKGs/c5mOHhsUJ6xi3EcOZoQVI6oklS946ayMQvgD5L0S7itGO0g=="),
    "react": Package("18.3.1", "wS+hAgJShR0KhEvPJArfuPVN1+Hz1t0Y6n5jLrGQbkb4urgPE/0Rve+1kMB1v/oWgHgm4WIcV+i7F2pTVj+2iQ=="),
    "react-dom": Package("18.3.1", "5m4nQKp+rZRb09LNH59GM4BxTh9251/ylbKIbpe7TpGxfJ+9kv6BLkLBXIjjspbgbnIBNqlI23tRnTWT0snUIw=="),
    "shoelace": Package("2.20.1", "FSghU95jZPGbwr/mybVvk66qRZYpx5FkXL+vLNpy1Vp8UsdwSxXjIHE3fsvMbKWTKi9UFfewHTkc5e7jAqRYoQ==", "@shoelace-style/shoelace"),
    "sweetalert2": Package("11.26.25", "+hunCOJdJ6FLj04T9YSLvvZXRjsvIkTeTKP2e4VF8CaBias961BTnWiSFAy7F/CM5eq3QK2Rraoc5Gzftslvkg=="),
    "tabulator-tables": Package("6.5.3", "nJ2QaqZzQvd9B4rf4LBnRxfb6sSqA/BX2OsXnSJ2d8k21oXDSTtFtOUrDap04a/6BDGivC/MByCxy43ugadJIg=="),
    "vue": Package("3.5.45", "3cvsib8m9c0vB24+MDKsgcW4+Da4xaBl9Z/5Tbm2pmSIsRPxcil4cdXjXlVsmJ2g64XJo5h+IRd7rsdGT9pZaw=="),
    "w2ui": Package("2.0.0", "oMvLitt2jMholqCpX0mDZ0b70ITjlLpfV56gswk7/cD2oPmlibV+DqcizESSs3+t5VJHiG0Xlcb23e4AoCN1Qw=="),
    "webix": Package("11.4.0", "l/sfSYi8NjNbrvXRjJjIy/N7kUf/v0NLGP00VsOAS+eT8jpKT6FKPRbxd5eUx170kWA7Jaa3Hc73pZjgUbXazw=="),
    "ztree": Package("3.5.48", "4dSA1g26T3j/O3I89+r/Palg+a+xwMGRS1etZoggnCGBPoOrwW8VGA3zitJCK/Yd7eEMX+LfKTRJjEGiWpoN3w==", "@ztree/ztree_v3"),
}


def package_folder(name: str) -> Path:
    """Return the folder of an unpacked package; fetch it where it is not there yet.

    Args:
        name: the package's name, one of `PACKAGES`.

    Raises:
        ValueError: the archive is not the one that was pinned.
        subprocess.CalledProcessError: npm could not fetch it.
    """
    package = PACKAGES[name]
    root = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "katip-tests"
    folder = root / f"{name}-{package.version}"
    if not folder.is_dir():
        root.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=root) as temporary:
            _fetch(f"{package.name or name}@{package.version}", package.sha512, Path(temporary))
            try:
                (Path(temporary) / "package").rename(folder)
            except OSError:  # another worker was quicker
                if not folder.is_dir():
                    raise
    return folder


def _fetch(spec: str, sha512: str, folder: Path) -> None:
    """Fetch a package with `npm pack`, check and unpack it."""
    npm = shutil.which("npm")
    if npm is None:
        raise FileNotFoundError(f"npm was not found. It fetches {spec}, which this stranger is made with.")
    subprocess.run([npm, "pack", spec, "--silent"], cwd=folder, check=True, capture_output=True, timeout=120)
    (archive,) = folder.glob("*.tgz")
    found = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if found != sha512:
        raise ValueError(f"The archive of {spec} has the checksum {found}, expected {sha512}.")
    with tarfile.open(archive) as unpacked:
        unpacked.extractall(folder, filter="data")
