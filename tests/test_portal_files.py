"""A portal is a TOML file: what is wrong with it is told by file, line and key."""

import pytest

from newsduck.errors import UsageError
from newsduck.portals import Portal, choose_portals, load_portal, load_portals
from newsduck.settings import FetchLimits

GOOD = """\
id = "desk"
name = "某某新闻网"
front_pages = ["http://www.desk.example/", "http://m.desk.example/list"]
article_urls = ['desk\\.example/\\d{4}/\\d+\\.html']
ignore_urls = ['/video/']

[fetch]
min_interval = 2.5

[[rules]]
match = '/old/'
valid_until = 2024-05-01
title = "h1"
"""


def write(folder, text=GOOD, name="desk"):
    path = folder / f"{name}.toml"
    path.write_text(text, "utf-8")
    return path


def fault(path):
    with pytest.raises(UsageError) as caught:
        load_portal(path)
    return str(caught.value)


def test_a_portal_is_read_from_its_file(tmp_path):
    portal = load_portal(write(tmp_path))
    assert (portal.id, portal.name, portal.timezone, portal.max_pages) == (
        "desk",
        "某某新闻网",
        "Asia/Shanghai",
        200,
    )
    assert portal.rules[0].title == "h1"
    assert portal.enabled
    assert not portal.allow_private_addresses


def test_its_limits_lie_on_top_of_the_installation_s(tmp_path):
    limits = load_portal(write(tmp_path)).limits(FetchLimits(min_interval=9.0, retries=5))
    assert (limits.min_interval, limits.retries) == (2.5, 5)


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ("ignore_urls", "ignored_urls", 5, "ignored_urls"),
        ('name = "某某新闻网"', "name = 7", 2, "name"),
        ("[[rules]]\n", "[[rules]]\ntitel = 'h2'\n", 11, "titel"),
        ("'/video/'", "'(video'", 5, "no regular expression"),
        ('id = "desk"', 'id = "Desk!"', 1, "id"),
        ('name = "某某新闻网"', 'name = "x"\ntimezone = "Shanghai"', 3, "no time zone"),
        ("min_interval = 2.5", "min_interval = -1", 8, "min_interval"),
        ("min_interval = 2.5", "interval = 1", 8, "interval"),
    ],
)
def test_a_fault_names_file_line_and_key(tmp_path, old, new, line, told):
    path = write(tmp_path, GOOD.replace(old, new))
    message = fault(path)
    assert f"{path}:{line}: " in message
    assert told in message
    assert "docs/add-a-portal.md" in message


def test_all_faults_are_told_at_once(tmp_path):
    message = fault(write(tmp_path, GOOD.replace("name =", "nahme =").replace("ignore_urls", "ignored")))
    assert {"nahme", "name", "ignored"} <= {line.split(": ")[1] for line in message.splitlines()[:-1]}


def test_a_portal_without_front_pages_has_nothing_to_read(tmp_path):
    assert "front_pages" in fault(write(tmp_path, 'id = "desk"\nname = "x"\nfront_pages = []\n'))


def test_the_id_is_the_file_s_name(tmp_path):
    assert "must equal the file's name" in fault(write(tmp_path, name="other"))


def test_a_file_that_is_no_toml_is_named(tmp_path):
    path = write(tmp_path, "id = \n")
    assert fault(path).startswith(f"{path}: not valid TOML")


def test_a_file_in_another_charset_is_named(tmp_path):
    path = tmp_path / "desk.toml"
    path.write_bytes(GOOD.encode("gbk"))
    assert fault(path).startswith(f"{path}: not valid TOML")


def test_a_file_that_is_not_there_is_named(tmp_path):
    assert fault(tmp_path / "none.toml").startswith(f"{tmp_path / 'none.toml'}: cannot be read")


def test_a_folder_of_one_s_own_adds_and_overrides(tmp_path):
    built_in = load_portals()
    write(tmp_path)
    assert set(load_portals(tmp_path)) == {*built_in, "desk"}
    for name in list(built_in)[:1]:
        write(tmp_path, GOOD.replace('"desk"', f'"{name}"'), name=name)
        assert load_portals(tmp_path)[name].name == "某某新闻网"


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(UsageError, match="is not a folder"):
        load_portals(tmp_path / "none")


def portal(name, *, enabled=True):
    return Portal(id=name, name=name, front_pages=("http://www.desk.example/",), enabled=enabled)


def test_portals_are_chosen_by_id_in_the_order_asked_for_or_all_that_are_enabled():
    portals = {name: portal(name, enabled=name != "c") for name in "abc"}
    assert [one.id for one in choose_portals(portals)] == ["a", "b"]
    assert [one.id for one in choose_portals(portals, ["c", "a", "c"])] == ["c", "a"]


def test_an_unknown_id_is_told_with_those_there_are():
    with pytest.raises(UsageError, match=r"no portal x; there are: a, b"):
        choose_portals({"a": portal("a"), "b": portal("b")}, ["x"])


@pytest.mark.parametrize(
    ("url", "is_story"),
    [
        ("http://www.desk.example/2026/17.html", True),
        ("http://other.example/desk.example/2026/17.html", True),
        ("http://www.desk.example/", False),
        ("http://www.desk.example/video/2026/17.html", False),
        ("http://www.desk.example/about.html", False),
    ],
)
def test_patterns_say_what_a_story_s_address_looks_like(tmp_path, url, is_story):
    assert load_portal(write(tmp_path)).is_story(url) == is_story


@pytest.mark.parametrize(
    ("url", "is_inside"),
    [
        ("http://www.desk.example/a", True),
        ("http://desk.example/a", True),
        ("http://m.desk.example/a", True),
        ("http://sport.desk.example/a", True),
        ("http://notdesk.example/a", False),
        ("http://desk.example.other.example/a", False),
        ("http:///a", False),
    ],
)
def test_a_portal_is_its_sites_and_all_below_them(url, is_inside):
    assert portal("a").in_scope(url) == is_inside


@pytest.mark.parametrize("address", ["notaurl", "ftp://www.pond.example/", "http://"])
def test_a_front_page_that_cannot_be_read_is_named_with_its_line(tmp_path, address):
    file = tmp_path / "pond.toml"
    file.write_text(f'id = "pond"\nname = "池塘晚报"\nfront_pages = ["{address}"]\n', "utf-8")
    with pytest.raises(UsageError, match=r"pond\.toml:3: front_pages\.0: .* is no address to read"):
        load_portal(file)
