"""Input that nobody should send: no exception but our own, nothing without bounds, and a word about it."""

import gc
import random
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from newsduck.errors import NewsduckError, UnreadablePage
from newsduck.items import Page
from newsduck.parse import parse
from newsduck.parse.building import build

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SHAPES = sorted((Path(__file__).parent / "shapes").glob("*/page.*"))
LINE = "柳溪镇今年打算把邮路并进公交线路，信件随班车上山，再由村里的联络员分送。"
TITLE = "河堤上的邮路今年并进公交"
STORY = f"<title>{TITLE}_河堤网</title><h1>{TITLE}</h1>" + f"<p>{LINE}</p>" * 6


def page(body: bytes | str, content_type="text/html") -> Page:
    return Page(
        portal="p",
        url="http://p.example/a/1.html",
        final_url="http://p.example/a/1.html",
        status=200,
        headers=(("Content-Type", content_type),),
        body=body if isinstance(body, bytes) else body.encode(),
        fetched_at=NOON,
    )


def read(body: bytes | str, content_type="text/html"):
    """What is read; None where the page is refused in our own words."""
    try:
        return parse(page(body, content_type))
    except NewsduckError:
        return None


@pytest.mark.parametrize("body", [b"", b" \n\t ", b"\xef\xbb\xbf"])
def test_an_empty_page_is_called_empty(body):
    found = read(body)
    assert (found.article, found.headlines) == (None, ())
    assert found.problems


@pytest.mark.parametrize(
    "body",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 50,
        b"PK\x03\x04" + bytes(4000),
        random.Random(7).randbytes(9000),
    ],
)
def test_what_is_no_text_is_refused(body):
    with pytest.raises(UnreadablePage, match=r"http://p\.example/a/1\.html: the body is no text"):
        parse(page(body))


@pytest.mark.parametrize(
    "opened",
    ["<div>", "<b>", "<a href=x>", "<table><tr><td>", "<ul><li>", "<font>", "<svg>", "<blockquote><p>"],
)
def test_a_story_below_ten_thousand_elements_is_still_read(opened):
    found = read(STORY + opened * 10_000 + f"<p>{LINE}</p>")
    assert found.article is not None
    assert found.article.title == TITLE


@pytest.mark.parametrize(
    "body",
    [
        "<p " + "x" * 2_000_000 + ">",
        '<p class="' + "news " * 400_000 + '">',
        '<img src="data:image/png;base64,' + "A" * 2_000_000 + '">',
        '<a href="' + "../" * 500_000 + '">' + LINE + "</a>",
        '<p style="' + "display " * 200_000 + '">',
        "<!--" + "-" * 1_000_000 + "-->",
        "<script>" + "var a={" * 100_000 + "</script>",
        "<script>var s={'content':'" + "字，" * 200_000 + "'}</script>",
        "<textarea>" + "&lt;p&gt;" * 100_000 + "</textarea>",
    ],
)
def test_megabytes_in_one_place_do_not_hide_the_story(body):
    found = read(STORY + body)
    assert found.article is not None
    assert found.article.title == TITLE


def test_thousands_of_attributes_are_left_out_and_said():
    body = "<p " + " ".join(f"a{number}=1" for number in range(120_000)) + ">x</p>" + STORY
    found = read(body)
    assert found.article is not None
    assert any("attributes" in problem for problem in found.problems)


@pytest.mark.parametrize(
    "piece", ["<p>一行。</p>", "<i>", "字<br>", "<li><a href=/2026/1.html>一行字</a>", "&lt;"]
)
def test_what_is_beyond_all_measure_is_cut_and_said(piece):
    found = read(STORY + piece * (4_000_000 // len(piece)))
    assert found.article is not None
    assert any("too much" in problem for problem in found.problems)


def test_control_characters_are_left_out():
    found = read(STORY.replace("柳溪镇", "柳\x01溪\x0b镇\u200b").replace("班车", "班\x00车", 2))
    assert found.article is not None
    assert found.article.body.split("\n")[0] == LINE


def test_half_a_character_from_a_pages_data_is_left_out():
    assert [block.text for block in build("<p>柳溪\ud83d镇</p><p>班车</p>").blocks] == ["柳溪镇", "班车"]


@pytest.mark.parametrize("path", SHAPES, ids=lambda path: path.parent.name)
def test_a_page_cut_anywhere_is_read_as_far_as_it_goes(path):
    body = path.read_bytes()
    kind = "text/plain" if path.suffix == ".txt" else "text/html"
    for part in range(1, 12):
        found = read(body[: len(body) * part // 12], kind)
        assert found is not None


@pytest.mark.parametrize("path", SHAPES, ids=lambda path: path.parent.name)
def test_mutated_pages_raise_nothing_but_our_own(path):
    body = path.read_bytes()
    dice = random.Random(path.parent.name)
    marks = [
        b"<",
        b">",
        b'"',
        b"&#",
        b"</div>",
        b"<td>",
        b"\x00",
        b"\xff\xfe",
        b"<script>",
        b"<!--",
        b"]]>",
        b"{",
    ]
    for _ in range(25):
        changed = bytearray(body)
        for _ in range(dice.randrange(1, 12)):
            at = dice.randrange(len(changed))
            if dice.random() < 0.5:
                changed[at:at] = dice.choice(marks)
            else:
                del changed[at : at + dice.randrange(1, 60)]
        read(bytes(changed))


@given(st.binary(max_size=600), st.sampled_from(["text/html", "text/plain", "", "text/html; charset=big5"]))
@hypothesis_settings(max_examples=150, deadline=None)
def test_any_bytes_are_read_or_refused(body, content_type):
    found = read(body, content_type)
    assert found is None or found.article is not None or found.headlines or found.problems


MARKUP = [
    "<p>",
    "</p>",
    "<td>",
    "<a href='/1/2345.html'>",
    "</a>",
    "<br>",
    "<li>",
    "<h1>",
    "<script>",
    "</script>",
    "<!--",
]


@given(
    st.lists(
        st.sampled_from([*MARKUP, "<img>", "字，", "2026-03-01 10:20 来源：", LINE, "<title>", "</title>"])
    )
)
@hypothesis_settings(max_examples=150, deadline=None)
def test_the_tree_is_whole_whatever_the_markup(pieces):
    tree = build("".join(pieces))
    assert [node.index for node in tree.nodes] == list(range(len(tree.nodes)))
    assert [block.index for block in tree.blocks] == list(range(len(tree.blocks)))
    for node in tree.nodes:
        assert node.index < node.end <= len(tree.nodes)
        assert node.first_block <= node.end_block <= len(tree.blocks)
        assert node.parent is None or node.end <= node.parent.end
        assert all(child.parent is node for child in tree.children(node))
    assert all(block.text == " ".join("".join(run for run, _ in block.runs).split()) for block in tree.blocks)


def test_parsing_leaves_no_garbage_behind():
    bodies = [path.read_bytes() for path in SHAPES]
    for body in bodies:
        read(body)
    gc.collect()
    gc.disable()
    try:
        for body in bodies * 3:
            read(body)
        left = gc.collect()
    finally:
        gc.enable()
    assert left < 60 * len(bodies) * 3  # lxml's own parser objects; a page is thousands


def test_the_collector_is_as_it_was():
    for wanted in (True, False):
        (gc.enable if wanted else gc.disable)()
        try:
            read(STORY)
            assert gc.isenabled() is wanted
        finally:
            gc.enable()
