"""Stories and lists → the HTML and text of the pages (pure but for the templates, read once)."""

from functools import cache
from html import escape
from importlib.resources import files
from string import Template

from newsduck.sample.credits import credits_of
from newsduck.sample.plan import (
    DONGLING,
    FINANCE,
    FRONT,
    FRONT_PAGES,
    NEWS,
    ROLL,
    Block,
    Entry,
    blocks,
    lead_story,
)
from newsduck.sample.stories import EPOCH, Story, stories

RELATED = 4
_ITEMS = {
    FRONT: '<li><a href="{path}" target="_blank">{text}</a></li>',
    NEWS: '<li><span class="time">[{at:%m-%d %H:%M}]</span><a href="{url}" target="_blank">{text}</a></li>',
    ROLL: '<li><p class="t">{text}</p><p class="d">{at:%m月%d日 %H:%M}</p></li>',
    FINANCE: '<li>·<a href="{url}">{text}</a> <i>{at:%Y-%m-%d %H:%M}</i></li>',
    DONGLING: '<li><a href="{path}" title="{title}">{text}</a><em>{at:%m-%d}</em></li>',
}
_FRONTS = {
    FRONT: "linjiang-front.html",
    NEWS: "linjiang-news.html",
    FINANCE: "finance-front.html",
    DONGLING: "dongling-front.html",
}


@cache
def _template(name: str) -> Template:
    return Template(files(__package__).joinpath("templates", name).read_text("utf-8"))


def story_page(story: Story, hour: int, number: int = 1) -> str:
    """The page of a story, or one page of it, as served at an hour."""
    lines = story.pages(hour)[number - 1]
    credits_ = credits_of(story, views=int(story.id) % 900 + 61 * hour)
    return _template(f"{story.site}-story.html").substitute(
        title=escape(story.title),
        channel=escape(story.channel),
        url=story.url,
        id=story.id,
        keywords=escape(",".join(story.keywords)),
        description=escape(lines[0][:60]),
        above=credits_.above,
        paragraphs="\n".join(f"<p>\u3000\u3000{escape(line)}</p>" for line in lines),
        inside=credits_.inside,
        below=credits_.below,
        caption=_caption(story, number),
        paging=_paging(story, number),
        related=_related(story),
        day=_date(hour),
        ranking=_ranking(story, hour),
    )


def front_page(page: str, hour: int) -> str:
    """A front page as served at an hour; `page` is one of FRONT_PAGES."""
    lists = {f"list{place}": _items(page, block) for place, block in enumerate(blocks(page, hour), 1)}
    story = lead_story(page)
    if story is None:
        return _template(_FRONTS[page]).substitute(lists, day=_date(hour))
    credits_ = credits_of(story)
    paragraphs = [escape(line) for line in story.paragraphs]
    if page.endswith(".txt"):
        return _text_page(story, hour)
    return _template("roll.html").substitute(
        lists,
        title=escape(story.title),
        above=credits_.above,
        paragraphs="\n".join(f"<p>{line}</p>" for line in paragraphs),
        below=credits_.below,
    )


def _text_page(story: Story, hour: int) -> str:
    """Title, time, text, credits, then teaser and time in turn: nothing but lines."""
    (block,) = blocks(story.url, hour)
    teasers = [line for entry in block.entries for line in (entry.text, _month_day(entry))]
    below = credits_of(story).below.replace("<p>", "").replace("</p>", "")
    return "\n".join([story.title, f"{story.published:%m月%d日 %H:%M}", *story.paragraphs, below, *teasers])


def _month_day(entry: Entry) -> str:
    return f"{entry.story.published:%m月%d日 %H:%M}"


def _items(page: str, block: Block) -> str:
    """The entries of a block in the manner of its page."""
    return "\n".join(_item(page, entry) for entry in block.entries)


def _item(page: str, entry: Entry) -> str:
    story = entry.story
    return _ITEMS.get(page, "").format(
        text=escape(entry.text),
        title=escape(story.title),
        url=story.url,
        path=_path(story.url),
        at=story.published,
    )


def _path(url: str) -> str:
    """A link within the site as that site writes it; links elsewhere stay whole."""
    host, _, path = url.removeprefix("http://").partition("/")
    return f"/{path}" if host.startswith("www.") else url


def _caption(story: Story, number: int) -> str:
    if story.caption is None or number > 1:
        return ""
    picture = f'<p align="center"><img src="/images/{story.id}.jpg" alt=""></p>'
    return f'{picture}\n<p class="caption" align="center">{escape(story.caption)}</p>'


def _paging(story: Story, number: int) -> str:
    """上一页 and 下一页, as files beside the first page."""
    if not story.further:
        return ""
    second = story.url.removesuffix(".html") + "_2.html"
    links = (
        f'<span class="current">1</span> <a href="{second}">2</a> <a href="{second}">下一页</a>'
        if number == 1
        else f'<a href="{story.url}">上一页</a> <a href="{story.url}">1</a> <span class="current">2</span>'
    )
    return f'<div class="pages">{links}</div>'


def _links(told: list[Story]) -> str:
    return "\n".join(f'<li><a href="{story.url}">{escape(story.title)}</a></li>' for story in told)


def _others(story: Story, hour: int) -> list[Story]:
    """What the same site had told by then, newest first."""
    return [
        other
        for other in stories()
        if other.site == story.site
        and other.id != story.id
        and other.channel != "公告"
        and other.readable(hour)
        and other.url not in FRONT_PAGES
    ]


def _related(story: Story) -> str:
    """What stood beside the story when it was printed: it stays as it was."""
    return _links([o for o in _others(story, story.appears) if o.published < story.published][:RELATED])


def _ranking(story: Story, hour: int) -> str:
    """A list that moves with the hour, on pages that are made anew for each reader."""
    told = sorted(_others(story, hour), key=lambda other: (int(other.id) * (hour + 5)) % 19)
    return _links(told[:5])


def _date(hour: int) -> str:
    day = EPOCH.day + (EPOCH.hour + hour) // 24
    return f"2026年3月{day}日 星期{'日一二三四五六'[(day - 1) % 7]}"
