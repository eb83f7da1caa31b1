"""The fingerprint of bytes, as WARC writes it: fetching and the archive must agree on it (pure)."""

from base64 import b32encode
from hashlib import sha1


def digest(data: bytes) -> str:
    """`sha1:BASE32` of some bytes; it tells equal bodies, and guards nothing."""
    return "sha1:" + b32encode(sha1(data, usedforsecurity=False).digest()).decode("ascii")
