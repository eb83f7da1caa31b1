"""A well-behaved site behind TLS that speaks HTTP/2, or HTTP/1.1; its certificate is made on the spot."""

import asyncio
import contextlib
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self

import h2.config
import h2.connection
import h2.errors
import h2.events
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from hostile.site import answer, page


def certificate(folder: Path, name: str) -> Path:
    """A file with a key and a certificate for a name, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    today = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "certificate.pem"
    pem = serialization.Encoding.PEM
    own = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(own + signed.public_bytes(pem))
    return path


SECOND_STREAM = 3
"""Clients number their streams 1, 3, 5 …"""


class SecureSite:
    """Serves a page at every address but /robots.txt; remembers the names and protocols it was asked in.

    `whim` is what its HTTP/2 does at a connection's second request: `goaway` says so after the first one and
    leaves, `refuse` resets the stream, `drop` hangs up.
    """

    def __init__(self, pem: Path, *protocols: str, whim: str = "") -> None:
        self._whim = whim
        self._context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self._context.load_cert_chain(pem)
        self._context.set_alpn_protocols(list(protocols))
        self._context.sni_callback = lambda _, name, __: self.names.append(name)
        self.names: list[str] = []
        self.spoken: list[str] = []
        self.asked: list[str] = []

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=self._context)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        async with asyncio.timeout(10):
            while self._server._active_count:  # noqa: ASYNC110 - failed handshakes tell nobody
                await asyncio.sleep(0)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        protocol = writer.get_extra_info("ssl_object").selected_alpn_protocol() or "http/1.1"
        self.spoken.append(protocol)
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            await (self._serve_2 if protocol == "h2" else self._serve_1)(reader, writer)
        writer.transport.abort()

    async def _serve_1(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        self.asked.append(head.split(b" ")[1].decode())
        is_page = b"robots.txt" not in head
        writer.write(answer(page("要闻")) if is_page else answer(b"", "404 Not Found"))
        await writer.drain()

    async def _serve_2(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        speech = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
        speech.initiate_connection()
        writer.write(speech.data_to_send())
        while data := await reader.read(65_536):
            for event in speech.receive_data(data):
                if isinstance(event, h2.events.RequestReceived) and not self._balks(speech, event):
                    self._answer_2(speech, event)
            writer.write(speech.data_to_send())
            await writer.drain()

    def _balks(self, speech: h2.connection.H2Connection, event: h2.events.RequestReceived) -> bool:
        """Whether the whim keeps a request from being answered."""
        if self._whim == "goaway":
            self._answer_2(speech, event)
            speech.close_connection(last_stream_id=event.stream_id)
            return True
        is_second = event.stream_id == SECOND_STREAM and bool(self._whim)
        if is_second and self._whim == "refuse":
            speech.reset_stream(event.stream_id, h2.errors.ErrorCodes.REFUSED_STREAM)
        if is_second and self._whim == "drop":
            raise ConnectionAbortedError
        return is_second

    def _answer_2(self, speech: h2.connection.H2Connection, event: h2.events.RequestReceived) -> None:
        path = dict(event.headers)[b":path"].decode()
        self.asked.append(path)
        status = "404" if path == "/robots.txt" else "200"
        speech.send_headers(event.stream_id, [(":status", status), ("content-type", "text/html")])
        speech.send_data(event.stream_id, page("要闻"), end_stream=True)
