"""Packed bytes → unpacked ones, never more than a cap: a gzip bomb costs no memory (pure).

For fetching, and for archives of others, who keep bodies as they came.
"""

import zlib

import brotli

UNASKED = {"zstd", "compress", "x-compress", "dcb", "dcz"}
"""Real codings that we do not take; other words (`utf-8`, `none`) are mistakes, and mean nothing."""
TAKEN = {"gzip", "x-gzip", "deflate", "br"}
PLAIN = 0
MAX_LAYERS = 3


class TooLarge(Exception):  # noqa: N818 - a limit is not a fault
    """There is more than the cap."""


class Broken(Exception):  # noqa: N818 - see TooLarge
    """The bytes are not what their coding says."""


class Unpacker:
    """Takes the wire's bytes piece by piece; `body` is what they unpack to.

    Raises TooLarge above `cap` bytes, on the wire or unpacked; Broken where a coding does not hold.
    """

    def __init__(self, codings: str, *, cap: int) -> None:
        self._cap = cap
        self._wire = 0
        self.body = bytearray()
        names = [name.strip().lower() for name in codings.split(",")]
        packed = [name for name in reversed(names) if name in TAKEN | UNASKED]
        if len(packed) > MAX_LAYERS:
            raise Broken(f"{len(packed)} codings on top of each other")
        self._layers = [_layer(name) for name in packed]

    def expect(self, told: str | None) -> None:
        """Believe a Content-Length that is too large."""
        if told is not None and told.isascii() and told.isdigit() and int(told) > self._cap:
            raise TooLarge

    def feed(self, piece: bytes) -> None:
        """Unpack one more piece; where it is too large, `body` has what fitted, and a little more."""
        self._wire += len(piece)
        room = self._cap + 1 - len(self.body)
        for layer in self._layers:
            piece = layer(piece, room)
        self.body += piece
        if max(self._wire, len(self.body)) > self._cap or any(layer.is_full for layer in self._layers):
            raise TooLarge

    def finish(self) -> None:
        """Nothing more comes: a stream that has begun must have ended, or the page would be cut short."""
        if self._wire and not all(layer.is_done for layer in self._layers):
            raise Broken("the packed stream ends too early")


def _layer(name: str) -> "_Zlib | _Brotli":
    if name in UNASKED:
        raise Broken(f"the coding {name} was not asked for")
    return _Brotli() if name == "br" else _Zlib(name)


class _Zlib:
    """gzip of any number of members, deflate with or without wrapper, and plain bytes labelled so."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._start = b""
        self._bits: int | None = None
        self._inflater = zlib.decompressobj()
        self._members = 0
        self._is_over = False
        self._is_inside = False
        self.is_full = False

    @property
    def is_done(self) -> bool:
        """Whether nothing is open: before a member, after the last one, or in plain bytes."""
        return self._is_over or self._bits == PLAIN or (self._members > 0 and not self._is_inside)

    def __call__(self, piece: bytes, room: int) -> bytes:
        if self._bits is None:
            self._start += piece
            if len(self._start) < 2:  # noqa: PLR2004 - both formats show themselves in two bytes
                return b""
            piece, self._bits = self._start, self._window(self._start)
            self._inflater = zlib.decompressobj(self._bits or zlib.MAX_WBITS)
        return piece if self._bits == PLAIN else self._inflate(piece, room)

    def _window(self, start: bytes) -> int:
        """What the first two bytes show; servers label plain pages as gzip, and raw deflate as deflate."""
        if self._name != "deflate":
            return zlib.MAX_WBITS | 16 if start.startswith(b"\x1f\x8b") else PLAIN
        is_wrapped = start[0] & 0x0F == zlib.DEFLATED and (start[0] << 8 | start[1]) % 31 == 0
        return zlib.MAX_WBITS if is_wrapped else -zlib.MAX_WBITS

    def _inflate(self, piece: bytes, room: int) -> bytes:
        out = b""
        while piece and not self._is_over:
            try:
                out += self._inflater.decompress(piece, room - len(out))
            except zlib.error as error:
                self._is_over = True
                if not self._members:
                    raise Broken(f"the {self._name} stream is broken: {error}") from error
            if len(out) >= room:
                self.is_full = True
                return out
            self._is_inside = not self._inflater.eof
            if self._is_inside:
                piece = self._inflater.unconsumed_tail
                continue
            piece, self._members = self._inflater.unused_data, self._members + 1
            self._inflater = zlib.decompressobj(self._bits or zlib.MAX_WBITS)
        return out


class _Brotli:
    def __init__(self) -> None:
        self._decoder = brotli.Decompressor()
        self.is_full = False

    @property
    def is_done(self) -> bool:
        """Whether the stream has ended."""
        return bool(self._decoder.is_finished())

    def __call__(self, piece: bytes, room: int) -> bytes:
        try:
            out: bytes = self._decoder.process(piece, output_buffer_limit=room)
            self.is_full = not self._decoder.can_accept_more_data()
        except brotli.error as error:
            raise Broken(f"the brotli stream is broken: {error}") from error
        return out
