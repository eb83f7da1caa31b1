from random import Random
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsduck.addresses import PARTS, canonical, key, keys
from newsduck.portals import Portal

PORTAL = Portal(
    id="example",
    name="样例",
    front_pages=("http://www.example.cn/", "http://news.example.cn/"),
    same_hosts={
        "m.example.cn": "www.example.cn",
        "3g.example.cn": "m.example.cn",
        "wap.other.cn": "www.example.cn",
    },
)
NUMBERED = PORTAL.model_copy(update={"article_id": r"(?:doc-i|/a/)(\w+?)(?:_\d+|\.s?html|$)"})
STORY = "http://www.example.cn/a/1.html"


@pytest.mark.parametrize(
    "url",
    [
        "https://www.example.cn/a/1.html",
        "  http://WWW.Example.CN:80/a/1.html#comments\n",
        "https://www.example.cn:443/a/./b/../1.html",
        "http://www.example.cn./a//1.html",
        "//www.example.cn/a/1.html",
        "http://user:secret@www.example.cn/a/1.html",
        "http://www.example.cn/%61/1%2ehtml",
        "http://www.example.cn/a/1.html?utm_source=x&UTM_Medium=y&spm=a2.b3&from=timeline&isappinstalled=0",
        "http://www.example.cn/a/1.html?share=wechat&fbclid=1&_ga=2&&",
        "http://www.example.cn/a/1.html;jsessionid=0A1B?",
    ],
)
def test_the_same_page_has_one_address(url):
    assert canonical(url) == STORY


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://example.cn/a/index.html", "http://example.cn/a/"),
        ("http://example.cn/index.shtml", "http://example.cn"),
        ("http://example.cn/Default.aspx?id=7", "http://example.cn/?id=7"),
        ("http://example.cn/?b=2&a=1", "http://example.cn/?a=1&b=2"),
        ("http://example.cn/新闻?词=雪", "http://example.cn/%e6%96%b0%E9%97%BB?%E8%AF%8D=%e9%9b%aa"),
        ("http://新闻.example/1", "http://xn--efvy88h.example/1"),
        ("http://example.cn/a b", "http://example.cn/a%20b"),
        ("http://example.cn/?q=a+b", "http://example.cn/?q=a%20b"),
        ("http://[::1]:80/x", "http://[::1]/x"),
    ],
)
def test_other_spellings_of_an_address_are_the_same(one, other):
    assert canonical(one) == canonical(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://example.cn/a/1.html", "http://example.cn/a/2.html"),
        ("http://example.cn/A", "http://example.cn/a"),
        ("http://example.cn/a", "http://example.cn/a/"),
        ("http://example.cn/?id=1", "http://example.cn/?id=2"),
        ("http://example.cn/?from=20260301", "http://example.cn/?from=20260302"),
        ("http://example.cn:8080/a", "http://example.cn/a"),
        ("http://www.example.cn/a", "http://m.example.cn/a"),
        ("http://example.cn/index_2.html", "http://example.cn/index.html"),
        ("http://example.cn/#/story/1", "http://example.cn/#/story/2"),
        ("http://example.cn/#!story/1", "http://example.cn/#!story/2"),
        ("http://example.cn/a%2Fb", "http://example.cn/a/b"),
        ("http://example.cn/?a=1%26b=2", "http://example.cn/?a=1&b=2"),
        ("http://example.cn/?q=a%2Bb", "http://example.cn/?q=a+b"),
        ("http://example.cn/?scene=1", "http://example.cn/?scene=2"),
    ],
)
def test_two_stories_never_fall_together(one, other):
    assert canonical(one) != canonical(other)


@pytest.mark.parametrize("name", ["__biz", "mid", "idx", "sn"])
def test_a_wechat_address_keeps_what_names_the_story(name):
    story = {"__biz": "MzA5", "mid": "26501", "idx": "1", "sn": "a1b2"}
    other = story | {name: "2"}
    noise = "&chksm=8bd&scene=27&sharer_shareinfo=9f#rd"
    address = "https://mp.weixin.qq.com/s?" + "&".join(f"{k}={v}" for k, v in story.items())
    different = "https://mp.weixin.qq.com/s?" + "&".join(f"{k}={v}" for k, v in other.items())
    assert canonical(address + noise) == canonical(address)
    assert canonical(different) != canonical(address)
    assert all(f"{k}={v}" in canonical(address) for k, v in story.items())


@pytest.mark.parametrize("host", ["m.example.cn", "3g.example.cn", "wap.other.cn", "WWW.example.cn"])
def test_a_portals_hosts_are_one_where_it_says_so(host):
    assert canonical(f"http://{host}/a/1.html", PORTAL) == STORY


def test_hosts_that_name_each_other_in_a_circle_still_have_one_name():
    circle = PORTAL.model_copy(
        update={"same_hosts": {"a.example.cn": "b.example.cn", "b.example.cn": "a.example.cn"}}
    )
    assert canonical("http://a.example.cn/1", circle) == canonical("http://b.example.cn/1", circle)


def test_a_story_with_a_declared_id_is_that_id_wherever_it_is_printed():
    addresses = [
        "https://www.example.cn/money/2026-03-02/doc-inkq7788.shtml?cre=x",
        "http://m.example.cn/a/nkq7788_100199",
        "https://news.example.cn/doc-inkq7788.shtml#top",
    ]
    assert len({canonical(url, NUMBERED) for url in addresses}) == 1
    assert canonical("http://news.example.cn/doc-inkq7789.shtml", NUMBERED) != canonical(
        addresses[0], NUMBERED
    )


def test_an_id_counts_on_the_portals_own_hosts_alone():
    assert canonical("http://elsewhere.cn/a/nkq7788_1", NUMBERED) == "http://elsewhere.cn/a/nkq7788_1"


@pytest.mark.parametrize(
    "url",
    ["", "javascript:void(0)", "mailto:a@b.cn", "http://", "http://[::1", "http://a:port/", "a/b.html", "#"],
)
def test_what_is_no_address_of_a_page_comes_back_stripped(url):
    assert canonical(f" {url} ") == url


ODD = """http https : // / www.example.cn m.example.cn EXAMPLE 新闻 [::1] .. . %2e % %zz %25 %e6%96%b0 ? & = a
utm_x from doc-i12 .shtml index.html # ! ; jsessionid= + @ :8080 :80 \ud800 \u200b ； ① xn-- 。 ％"""
PIECES = st.sampled_from([*ODD.split(), " ", "\t", "\n"])
URLS = st.one_of(st.text(), st.lists(PIECES, max_size=14).map("".join), st.lists(PIECES, max_size=9).map(
    lambda pieces: "http://www.example.cn/" + "".join(pieces)))  # fmt: skip


@given(URLS, st.sampled_from([None, PORTAL, NUMBERED]))
def test_any_text_gives_an_address_and_the_address_gives_itself(url, portal):
    once = canonical(url, portal)
    assert canonical(once, portal) == once
    assert isinstance(key(once), int)


@given(st.lists(st.tuples(st.text("abcmid_", min_size=1), st.text("x%&=雪 +")), max_size=6), st.integers())
def test_the_order_of_parameters_does_not_matter(pairs, seed):
    parts = [f"{name}={value}" for name, value in pairs]
    shuffled = Random(seed).sample(parts, len(parts))
    assert canonical(f"http://e.cn/?{'&'.join(parts)}#") == canonical(f"http://e.cn/?{'&'.join(shuffled)}#")


def test_a_canonical_address_can_be_taken_apart_again():
    parts = urlsplit(canonical("HTTPS://WWW.Example.cn/新/闻.html?b=%zz&a"))
    assert (parts.scheme, parts.netloc, parts.query) == ("http", "www.example.cn", "a&b=%25zz")


def test_keys_are_stable_for_ever_and_tell_absent_from_empty():
    assert key("http://example.cn/") == 11844456810101339537
    assert key("a", "b") != key("ab")
    assert key(None) != key("")


@given(st.lists(st.lists(st.text(), min_size=1, max_size=3)))
def test_many_keys_at_once_are_the_same_keys(many):
    assert keys(map(PARTS.join, many)).tolist() == [key(*parts) for parts in many]


SEGMENTS = st.lists(
    st.sampled_from(
        ["a", "B1", "index.html", "Index.htm", "default.aspx", "~x", "a..b", "-", "_.", ".", "..", ""]
    )
)


@given(
    SEGMENTS,
    st.sampled_from(["www.example.cn", "a..b", "x_y.cn", "1.cn"]),
    st.sampled_from(["http", "https"]),
)
def test_the_short_way_for_plain_addresses_ends_where_the_long_way_does(segments, host, scheme):
    plain = f"{scheme}://{host}/{'/'.join(segments)}"
    assert canonical(plain) == canonical(plain + "#comments")
