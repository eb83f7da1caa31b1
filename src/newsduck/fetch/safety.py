"""Which addresses are never asked: private and otherwise special ones, in every spelling (pure).

The blocks are those of IANA's special-purpose address registries (RFC 6890 and its updates), kept here
because Python's own `is_global` has changed between versions.
"""

import re
import socket
import unicodedata
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import unquote, urlsplit

Address = IPv4Address | IPv6Address

SPECIAL_V4 = tuple(
    ip_network(block)
    for block in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # carrier-grade NAT
        "127.0.0.0/8",  # loopback
        "169.254.0.0/16",  # link-local, cloud metadata
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # IETF protocol assignments
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # AMT
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
)
GLOBAL_V6 = ip_network("2000::/3")
"""All unicast that is routed; whatever lies outside (`::1`, `fe80::`, `fc00::`, `ff00::` …) is special."""
SPECIAL_V6 = tuple(
    ip_network(block)
    for block in (
        "2001::/23",  # IETF protocol assignments: Teredo, ORCHID, benchmarks …
        "2001:db8::/32",  # documentation
        "2620:4f:8000::/48",  # AS112
        "3fff::/20",  # documentation
    )
)
NAT64 = ip_network("64:ff9b::/96")
ISATAP = re.compile(r":0[02]00:5efe:")
"""An interface identifier that carries an IPv4 address (RFC 5214)."""
LOCAL_NAMES = ("localhost", "local", "internal", "localdomain", "home.arpa")
"""Names that never leave a machine or a network (RFC 6761, 6762, 8375), and their subdomains."""
NUMERIC = re.compile(r"(0x[0-9a-f]*|[0-9]+)(\.(0x[0-9a-f]*|[0-9]+)){0,3}", re.IGNORECASE)


def is_special(address: Address) -> bool:
    """Whether an address is anything but public unicast; carried IPv4 addresses are looked at, too."""
    if isinstance(address, IPv4Address):
        return any(address in block for block in SPECIAL_V4)
    carried = _carried(address)
    if carried is not None:
        return is_special(carried)
    return address not in GLOBAL_V6 or any(address in block for block in SPECIAL_V6)


def _carried(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that a mapped, 6to4, NAT64 or ISATAP one leads to."""
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address in NAT64 or ISATAP.search(address.exploded):
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return None


def literal(host: str) -> Address | None:
    """The address that a host name spells: dotted, short, decimal, octal, hex, full-width, with a zone.

    Raises ValueError where it looks like a number and is no address.
    """
    text = unicodedata.normalize("NFKC", unquote(host)).strip().strip("[]").rstrip(".").partition("%")[0]
    try:
        return ip_address(text)
    except ValueError:
        pass
    if not NUMERIC.fullmatch(text):
        return None
    try:
        return IPv4Address(socket.inet_aton(text))
    except OSError as error:
        raise ValueError(f"{host!r} is a number, but no address") from error


def refusal(url: str, *, allow_private: bool) -> str | None:
    """Why an address must not be asked, in words; None where it may. Names are looked up on connecting."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError as error:
        return f"not a valid address: {error}"
    if parts.scheme not in {"http", "https"}:
        return f"the scheme {parts.scheme or '(none)'} is not asked, only http and https"
    if "@" in parts.netloc:
        return "the address carries credentials"
    if not host:
        return "the address names no host"
    return None if allow_private else _special_host(host)


def _special_host(host: str) -> str | None:
    name = unicodedata.normalize("NFKC", unquote(host)).lower().rstrip(".")
    if any(name == local or name.endswith(f".{local}") for local in LOCAL_NAMES):
        return f"{host} is a local name"
    try:
        address = literal(host)
    except ValueError as error:
        return str(error)
    if address is not None and is_special(address):
        return f"{host} is the special address {address}"
    return None
