"""The thinking parts of fetching bear any bytes: they answer, or raise what they say they raise."""

import asyncio
import gzip
import zlib

import brotli
from hostile.reader import LIMITS, dispositions, portal, read
from hypothesis import example, given
from hypothesis import strategies as st

from newsduck.fetch import answers, heads, robots, safety
from newsduck.fetch.rules import rules_of
from newsduck.unpack import Broken, TooLarge, Unpacker

CODINGS = ["gzip", "deflate", "br", "gzip, br", "", "utf-8", "zstd", "gzip," * 9]
PACKERS = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "gzip, br": lambda data: brotli.compress(gzip.compress(data)),
    "utf-8": bytes,
}


@given(st.sampled_from(CODINGS), st.lists(st.binary(max_size=200), max_size=5), st.integers(1, 300))
@example("gzip", [gzip.compress(bytes(1000))], 300)
def test_unpacking_never_gives_more_than_the_cap(codings, pieces, cap):
    body = b""
    try:
        unpacker = Unpacker(codings, cap=cap)
        for piece in pieces:
            unpacker.feed(piece)
            body = bytes(unpacker.body)
        unpacker.finish()
    except (TooLarge, Broken):
        pass
    assert len(body) <= cap


@given(st.sampled_from(list(PACKERS)), st.binary(max_size=2_000), st.integers(1, 700))
def test_what_was_packed_is_unpacked_in_whatever_pieces_it_comes(codings, data, step):
    packed = PACKERS[codings](data)
    unpacker = Unpacker(codings, cap=10_000)
    for start in range(0, len(packed), step):
        unpacker.feed(packed[start : start + step])
    unpacker.finish()
    assert bytes(unpacker.body) == data


@given(st.binary(max_size=300))
@example(b"HTTP/1.1 200\r\n\r\n")
@example(b"HTTP/1.1 200 OK\r\nA: b\r\n c\r\n: d\r\n\r\nbody")
def test_any_head_is_tidied_once_and_for_all(data):
    tidy = heads.tidied(data)
    assert heads.tidied(tidy) == tidy


@given(st.binary(max_size=300))
def test_any_body_and_any_rules_can_be_looked_at(data):
    assert answers.refresh(data, "http://www.example.cn/") is None
    assert answers.not_html_inside("text/html; charset=x", data) in {None, *KNOWN}
    assert rules_of(200, data).allows("http://www.example.cn/a", "newsduck") in {True, False}


KNOWN = {f"the bytes are {name}" for _, name in answers.MAGIC} | {"the bytes are an MP4 file"}


@given(st.text(max_size=40))
@example("[")
@example("\u2488com")
def test_any_text_can_be_looked_at_as_an_address(text):
    for url in (text, f"http://{text}/"):
        reason = safety.refusal(url, allow_private=False)
        assert reason is None or len(reason) > 10


def test_a_name_server_that_never_answers_costs_the_address_its_time():
    async def never(host, port):
        del host, port
        await asyncio.Event().wait()

    robots.forget()  # another test of this process may have read what stands under this name
    limits = LIMITS.model_copy(update={"timeout": 0.4})
    site = portal("http://www.example.cn/")
    results = asyncio.run(read(["http://www.example.cn/"] * 3, site, limits=limits, resolve=never))
    assert dispositions(results) == ["timeout"] * 3
    assert results[0].outcome.detail.startswith("robots.txt could not be read")
