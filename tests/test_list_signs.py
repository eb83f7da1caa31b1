"""What is passed over unread: texts without a sign of a time, addresses that need no resolving."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsduck.parse.document import CHINA, read_document
from newsduck.parse.lists.signs import MAX_PIECE, has_sign_of_time, lines_with_signs
from newsduck.parse.lists.targets import Targets
from newsduck.parse.times import read_time

NOW = datetime(2026, 3, 2, 4, tzinfo=UTC)
PAGE = "http://www.pond.example/gn/2026/index.html"


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-01 10:22", "03/01", "3月1日", "２０２６年３月１日", "10:22", "10：22", "5 分钟前",
        "2个小时前", "3天前", "昨天 08:30", "今天 08:30", "前天", "刚刚", "剛剛", "3 hours ago", "Yesterday",
        "Mar 1, 2026", "Sept. 1, 2025", "1 March 2026", "记者 3月1日 摄",
    ],
)  # fmt: skip
def test_every_printed_time_has_a_sign(text):
    assert has_sign_of_time(text)


@pytest.mark.parametrize(
    "text", ["", "渡口恢复通航", "今年的鱼市", "前村的桥", "第7号渡口", "30 米", "Chicago", "a 5"]
)
def test_a_text_without_a_sign_tells_no_time(text):
    assert not has_sign_of_time(text)
    assert read_time(text, now=NOW, zone=CHINA) is None


@pytest.mark.parametrize(
    ("line", "is_found"),
    [
        ("<p><b>池塘网</b> <i>3月1日</i></p>", True),
        ("<p><i>Pond News</i><i>Mar 1</i></p>", True),
        ("<p>yester<b>day</b></p>", True),
        ("<p>" + "雾到正午才散，" * 9 + "3月1日</p>", False),
        ("<p>" + "雾到正午才散，" * 9 + "<i>3月1日</i></p>", True),
        ("<p>雾到正午才散</p>", False),
    ],
)
def test_a_line_has_a_sign_whole_or_in_pieces(line, is_found):
    lines = read_document(line, url=PAGE, fetched_at=NOW).blocks
    assert lines_with_signs(lines) == (frozenset({0}) if is_found else frozenset())


@given(st.lists(st.text("今日3月1 2:：/-前天aAgoMarch刚\u3000，", min_size=1, max_size=70), max_size=9))
def test_lines_have_signs_together_as_they_have_alone(texts):
    lines = read_document("".join(f"<p>{text}</p>" for text in texts), url=PAGE, fetched_at=NOW).blocks
    alone = [line.index for line in lines if len(line.text) <= MAX_PIECE and has_sign_of_time(line.text)]
    assert lines_with_signs(lines) == frozenset(alone)


@pytest.mark.parametrize(
    "base", [PAGE, "https://www.pond.example:8080/", "http://www.pond.example", "http://a.example//b/"]
)
@pytest.mark.parametrize(
    "href",
    [
        "a/b-1.html", "1.html", "../1.html", "./1.html", "a/../1.html", "a//1.html", "?p=1", "1.html?p=2",
        "/a/1.html", "//m.pond.example/1.html", " 1.html ", "javascript:void(0)", "mailto:a@b.example",
        "#top", "", "桥.html",
    ],
)  # fmt: skip
def test_a_short_way_to_an_address_ends_where_the_long_one_does(base, href):
    document = read_document("<p>", url=base, fetched_at=NOW)
    assert Targets(document).absolute(href) == document.absolute(href)
