"""What the ids and classes of elements say about what is in them (pure)."""

import re
from typing import Final

from newsduck.parse.memo import Memo

_REGION_WORDS: Final = """
    ad ads adv advert advertisement guanggao banner breadcrumb breadcrumbs crumb crumbs bread comment comments
    cmt pinglun commentlist reply replies discuss copyright copy footer foot foots nav navi navbar
    menu sidebar aside related relate relation relates xiangguan recommend recommends tuijian hot hotnews rank
    ranking paihang share shares sharebox bdshare bdsharebuttonbox jiathis fenxiang social toolbar tools
    qrcode erweima ewm login qr weixin keyword keywords tag tags label pager paging pagination
    bianji zebian toolbox disclaimer statement mianze shengming vote like zan links friendlink subscribe
    feedback digg prev next hotlist newslist siderbar popup dialog modal ztlink yqlj weibo topnav
"""
_REGION: Final = frozenset(_REGION_WORDS.split())
_REGION_PART: Final = re.compile(
    r"comment|related|relate[ds]?[-_]|recommend|share|copyright|footer|qrcode|breadcrumb|sidebar|pinglun|"
    r"disclaimer|advert|hot[-_]?news|subscribe|pagination|toolbar|article-?editor|show_author|player|cmmt|"
    r"guest_?text|guestbook|author[-_]?(?:box|bio|card|intro)|dislike|interest__|read-more|right-side|tie-area"
)
_STORY_PART: Final = re.compile(
    r"artibody|article|content|endtext|post_text|trs_editor|detail|main|story|body|text"
)

REGION_TAGS: Final = frozenset(("nav", "footer", "aside", "menu", "dialog"))


def is_noise_region(names: str) -> bool:
    """Whether an element's id and classes say that it holds no story text."""
    return _NOISY.of(names)


def _is_noisy(names: str) -> bool:
    words = names.replace("-", " ").replace("_", " ").split()
    return not _REGION.isdisjoint(words) or _REGION_PART.search(names) is not None


_NOISY: Final = Memo(_is_noisy, most=8192)


def is_story_name(names: str) -> bool:
    """Whether an element's id and classes speak of a text as well: then its prose decides."""
    return _STORIES.of(names)


def _speaks_of_story(names: str) -> bool:
    return _STORY_PART.search(names) is not None


_STORIES: Final = Memo(_speaks_of_story, most=8192)
