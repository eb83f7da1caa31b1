"""Bytes become text: declared, undeclared, lied about, damaged."""

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from newsduck.decode import decode, is_wide

PROSE = (
    "十七日一早，雾还没有散，柳溪镇的邮递员把最后一捆信系上车架，沿着河堤往上游骑。他说这条路走了二十六年。"
)
TRADITIONAL = (
    "十七日清晨，霧還沒有散，柳溪鎮的郵差把最後一捆信繫上車架，沿著河堤往上游騎。他說這條路走了二十六年。"
)


def page(text: str, label: str | None) -> str:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={label}">' if label else ""
    return f"<html><head>{meta}</head><body><p>{text}</p></body></html>"


@pytest.mark.parametrize("label", ["gb2312", "GBK", "gb18030", "GB_2312-80", "x-gbk"])
def test_all_labels_of_the_gb_family_are_gb18030(label):
    body = page(PROSE + "朱镕基，𠮷野家", label).encode("gb18030")
    found = decode(body, None)
    assert (found.charset, found.problems) == ("gb18030", ())
    assert "朱镕基，𠮷野家" in found.text


@pytest.mark.parametrize(
    ("text", "written", "declared", "read"),
    [
        (PROSE, "utf-8", "gb2312", "utf-8"),
        (PROSE, "gbk", "utf-8", "gb18030"),
        (PROSE, "gbk", "iso-8859-1", "gb18030"),
        (PROSE, "gbk", "big5", "gb18030"),
        (TRADITIONAL, "big5", "gb2312", "big5hkscs"),
        (TRADITIONAL, "big5", "utf-8", "big5hkscs"),
        (TRADITIONAL, "utf-8", "big5", "utf-8"),
    ],
)
def test_a_wrong_declaration_is_overruled_and_said(text, written, declared, read):
    found = decode(page(text, declared).encode(written), None)
    assert (found.charset, text in found.text) == (read, True)
    assert found.problems == (f"declared charset {declared!r} does not fit the bytes: read as {read}",)


@pytest.mark.parametrize(
    ("text", "written", "read"),
    [(PROSE, "utf-8", "utf-8"), (PROSE, "gbk", "gb18030"), (TRADITIONAL, "big5", "big5hkscs")],
)
def test_nothing_declared_is_found_out(text, written, read):
    found = decode(page(text, None).encode(written), None)
    assert (found.charset, text in found.text, found.problems) == (read, True, ())


def test_a_few_characters_in_much_markup_tell_the_charset():
    text = "<p class='a'></p>" * 20_000 + "这是渡口的新船，从今天开始开航，乘客都说好。"
    read = decode(text.encode("gb18030"), "text/html; charset=iso-8859-1")
    assert (read.charset, read.text) == ("gb18030", text)


def test_the_header_comes_before_the_meta():
    body = page("naïve café, près de là", "windows-1251").encode("cp1252")
    assert "naïve café" in decode(body, "text/html; charset=ISO-8859-1").text


def test_a_bom_comes_before_everything():
    body = b"\xef\xbb\xbf" + page(PROSE, "gb2312").encode("utf-8")
    found = decode(body, "text/html; charset=gbk")
    assert (found.charset, found.problems, PROSE in found.text) == ("utf-8", (), True)
    assert not found.text.startswith("\ufeff")


@pytest.mark.parametrize("charset", ["shift_jis", "euc-kr", "windows-1251", "iso-8859-2", "iso-2022-jp"])
def test_other_languages_are_read_as_declared(charset):
    text = {
        "shift_jis": "日本語の新聞です。",
        "euc-kr": "한국어 신문입니다.",
        "windows-1251": "Газета на русском языке.",
        "iso-8859-2": "Příliš žluťoučký kůň úpěl.",
        "iso-2022-jp": "日本語の新聞です。",
    }[charset]
    assert text in decode(page(text, charset).encode(charset), None).text


def test_utf_16_is_seen_by_its_mark_or_by_its_zeros():
    for charset in ("utf-16", "utf-16-le", "utf-16-be"):
        body = page("plain news", None).encode(charset)
        assert is_wide(body)
        assert "plain news" in decode(body, None).text


@pytest.mark.parametrize("charset", ["utf-8", "gbk"])
def test_single_broken_bytes_cost_a_letter_each_and_are_said(charset):
    body = page(PROSE * 40, charset).encode(charset).replace("邮递员".encode(charset), b"\xff", 3)
    found = decode(body, None)
    assert found.text.count("邮递员") == 37
    assert found.text.count("雾还没有散") == 40
    assert found.problems == (f"3 bytes do not fit {found.charset} and were replaced",)


def test_an_unknown_label_is_said():
    found = decode(page(PROSE, "x-martian").encode(), None)
    assert (PROSE in found.text, found.problems) == (True, ("unknown charset 'x-martian' declared",))


@pytest.mark.parametrize("label", ["hex", "rot13", "idna", "punycode", "unicode_escape", "zlib", "undefined"])
def test_python_s_own_codecs_are_no_charsets(label):
    assert PROSE in decode(page(PROSE, label).encode(), f"text/html; charset={label}").text


@given(st.text(st.characters(categories=["L", "N", "P"], max_codepoint=0x9FFF), min_size=12, max_size=200))
@hypothesis_settings(max_examples=150, deadline=None)
def test_utf_8_comes_back_whole_whatever_is_declared(text):
    body = (PROSE + text).encode("utf-8")
    for content_type in (None, "text/html; charset=gbk", "text/html; charset=big5"):
        assert decode(body, content_type).text == PROSE + text


@given(
    st.text(st.characters(codec="gb18030", categories=["L", "N", "P"], max_codepoint=0x9FFF), max_size=200)
)
@hypothesis_settings(max_examples=150, deadline=None)
def test_gb18030_comes_back_whole_where_it_is_declared(text):
    body = (PROSE + text).encode("gb18030")
    assert decode(body, "text/html; charset=gb2312").text == PROSE + text


@given(st.binary(max_size=3000), st.sampled_from([None, "text/html; charset=gb2312", "charset=\udcff", "="]))
@hypothesis_settings(max_examples=200, deadline=None)
def test_no_bytes_are_mojibake_without_a_problem(body, content_type):
    found = decode(body, content_type)
    assert isinstance(found.text, str)
    written = "\ufffd".encode(found.charset, "xmlcharrefreplace")
    assert "\ufffd" not in found.text or found.problems or written in body
