"""Texts that settings and portal files hold: a wrong one is named as soon as it is read (pure)."""

import re
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator

_MEMORY = re.compile(r"\d+(?:\.\d+)?\s?(?:[KMGT]i?B|%)", re.IGNORECASE)


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError(f"{name!r} is no time zone; write one like 'Asia/Shanghai'") from error
    return name


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"{text!r} is no regular expression: {error}") from error
    return text


def _selector(text: str) -> str:
    import soupsieve  # noqa: PLC0415 - Beautiful Soup's own CSS engine; only portals with rules pay for it

    try:
        soupsieve.compile(text)
    except (soupsieve.SelectorSyntaxError, NotImplementedError) as error:
        raise ValueError(f"{text!r} is no CSS selector: {str(error).splitlines()[0]}") from error
    return text


def _page(address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme == "file" or (parts.scheme in {"http", "https"} and parts.hostname):
        return address
    raise ValueError(f"{address!r} is no address to read; write http://, https:// or file:// and the rest")


def _proxy(address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme in {"http", "https"} and parts.hostname:
        return address
    raise ValueError(f"{address!r} is no proxy; write http://host:port")


def _agent(text: str) -> str:
    try:
        text.format(version="", contact="")
    except (KeyError, IndexError, ValueError) as error:
        raise ValueError(
            f"{text!r} may hold {{version}} and {{contact}} only, and no other braces"
        ) from error
    return text


def _memory(text: str) -> str:
    if _MEMORY.fullmatch(text):
        return text
    raise ValueError(f"{text!r} is no amount of memory; write one like 2GB")


Zone = Annotated[str, AfterValidator(_zone)]
Pattern = Annotated[str, AfterValidator(_pattern)]
Selector = Annotated[str, AfterValidator(_selector)]
PageAddress = Annotated[str, AfterValidator(_page)]
ProxyAddress = Annotated[str, AfterValidator(_proxy)]
AgentText = Annotated[str, AfterValidator(_agent)]
Memory = Annotated[str, AfterValidator(_memory)]
