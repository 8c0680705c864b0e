"""Addresses that a run could not use, each named by what is wrong with it: nothing there, a certificate that nobody vouches for, no such name."""

from __future__ import annotations

import datetime
import http.server
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from Katip.doctor import network
from Katip.doctor.check import Check, State
from Katip.portal import load_portal


@pytest.fixture
def own_certificate(tmp_path: Path) -> Iterator[str]:
    """The address of a server whose certificate it has signed itself."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "portal")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (tmp_path / "server.pem").write_bytes(key.private_bytes(*pem) + made.public_bytes(pem[0]))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "server.pem")
    with http.server.HTTPServer(("127.0.0.1", 0), http.server.SimpleHTTPRequestHandler) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"https://127.0.0.1:{server.server_port}"
        server.shutdown()


def check_of(address: str) -> Check:
    portal = load_portal("v9", {"site_url": address, "edevlet_url": address, "katip_url": address})
    found = {check.name: check for check in network.addresses(portal)}
    return found["KATIP_URL"]


def test_certificate_that_nobody_vouches_for_is_named(own_certificate: str) -> None:
    check = check_of(own_certificate)
    assert check.state is State.FAILED
    assert "sertifikası doğrulanamadı" in check.seen.tr
    assert check.mend is not None
    assert "NODE_EXTRA_CA_CERTS" in check.mend.tr


def test_host_that_is_down_is_named() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    check = check_of(f"https://127.0.0.1:{port}")
    assert check.state is State.FAILED
    assert "yanıt veren yok" in check.seen.tr
    assert "nothing answers there" in check.seen.en
