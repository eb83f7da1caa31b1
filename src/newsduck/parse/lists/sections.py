"""The heading of the block that a list stands in (pure)."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from newsduck.parse.document import Document, Outline
from newsduck.parse.lists.gather import Candidate
from newsduck.parse.lists.runs import Runs
from newsduck.parse.lists.signs import has_sign_of_time
from newsduck.parse.lists.widths import width
from newsduck.parse.lists.wording import is_no_headline
from newsduck.parse.memo import Memo
from newsduck.parse.tree import Block, Node

_HEADING_TAGS: Final = frozenset({"h2", "h3", "h4", "h5", "h6", "dt", "legend", "caption", "th"})
_HEADING_NAME: Final = re.compile(
    r"(?:^|[\s_-])\w{0,8}?(?:title|tit|head|hd|heading|caption|subject)(?:$|[\s_\d-])"
)
_HEADING_WORD: Final = re.compile(r"(?:tit(?:le)?|head(?:ing)?|hd|caption|subject)(?:$|[\s_\d-])")
"""What every such name has: names without are passed over sooner."""
_MARKS: Final = re.compile(r"^[\s■◆●□▍▎|｜>»【\[（(]+|[\s】\]）)>»:：]+$")
_OFFER: Final = re.compile(
    r"(?:今日|热门|最新|精彩|推荐|本地|特产|人才|新车|精品|热播)?"
    r"(?:小说|书库|商城|团购|楼盘|房源|二手房|车型|报价|招聘|求职|开奖|影院|剧场|会员单位|理事单位|成员单位"
    r"|合作(?:伙伴|媒体|单位)|入驻媒体|友情链接|赞助商|(?:办事|政务|便民|公共)服务|(?:网上|在线)办事|彩票开奖)"
    r"(?:信息|排行|推荐|链接|专区|榜|中心|大厅|查询)?"
)
"""Goods, partners and services; a word that also names a channel of news (游戏, 汽车) is not among them."""
MAX_WIDTH: Final = 36
LEVELS: Final = 4
"""Elements around a line that can make it a heading."""
MAX_GAP: Final = 10
"""Lines between a heading and the first entry that it can head."""


def find_sections(
    document: Document, runs: Runs, kept: Sequence[Candidate], outline: Outline | None
) -> list[str | None]:
    """For each entry the heading of the block that its list stands in.

    A heading heads the smallest element around it that also holds the next entry after it. The story's own
    title and text head nothing.
    """
    taken = {outline.heading, *outline.body_blocks} if outline is not None else set()
    taken.update(runs.blocks[i] for entry in kept for i in entry.used)
    near = _lines_above([runs.blocks[entry.first] for entry in kept])
    starts = [entry.node.index for entry in kept]
    blocks = document.blocks
    covers = list(_headings(document, [blocks[at] for at in near if at not in taken], starts))
    return list(_innermost(covers, starts))


def offers_else(section: str | None) -> bool:
    """Whether a heading says that its list holds goods, partners or services, and no news."""
    return section is not None and _OFFER.fullmatch(section) is not None


def _lines_above(lines: Sequence[int]) -> Iterator[int]:
    """The indexes of these lines, which are in order, and of those close above one; each once."""
    begin = 0
    for line in lines:
        yield from range(max(begin, line - MAX_GAP), line + 1)
        begin = max(begin, line + 1)


def _innermost(covers: Sequence[tuple[int, int, str]], starts: Sequence[int]) -> Iterator[str | None]:
    """For each start, in document order, the text of the last cover before it that reaches beyond it."""
    standing: list[tuple[int, int, str]] = []
    following = 0
    for start in starts:
        while following < len(covers) and covers[following][0] < start:
            standing.append(covers[following])
            following += 1
        while standing and standing[-1][1] <= start:
            standing.pop()
        yield standing[-1][2] if standing else None


def _headings(
    document: Document, lines: Sequence[Block], starts: list[int]
) -> Iterator[tuple[int, int, str]]:
    """(index, end of scope, text) of each heading, in document order."""
    named = _Headings()
    for line in lines:
        if len(line.text) > MAX_WIDTH or not named.heads(line):
            continue
        text = _heading_text(line)
        if not _reads_as_heading(text):
            continue
        node = line.runs[0][1]
        after = bisect_right(starts, node.index)
        if after == len(starts):
            return
        entry = document.nodes[starts[after]]
        if entry.first_block - line.index > MAX_GAP:
            continue
        scope = next((n for n in node.ancestors() if n.index < entry.index < n.end), None)
        if scope is not None:
            yield node.index, scope.end, text


def _heading_text(block: Block) -> str:
    """The line without the 更多 and the like that stand in it."""
    words = "".join(
        text for text, owner in block.runs if not (owner.within("a") and is_no_headline(text.strip()))
    )
    return _MARKS.sub("", " ".join(words.split()))


def _reads_as_heading(text: str) -> bool:
    if not 3 <= width(text) <= MAX_WIDTH or has_sign_of_time(text):  # noqa: PLR2004 - "NBA"
        return False
    return any(map(str.isalpha, text)) and not text.startswith("更多")


class _Headings:
    """Which lines stand in elements that look like headings; answers are kept."""

    def __init__(self) -> None:
        self._known: dict[Node, bool] = {}

    def heads(self, block: Block) -> bool:
        """Whether the line is a heading by the elements around it."""
        owner = block.runs[0][1]
        if owner.tag in {"b", "strong"} and len(block.runs) == 1:
            return True
        near: Node | None = owner
        for _ in range(LEVELS):
            if near is None:
                return False
            known = self._known.get(near)
            if known is None:
                known = self._known[near] = _is_heading(near)
            if known:
                return True
            near = near.parent
        return False


def _is_heading(node: Node) -> bool:
    named = "class" in node.attrs or "id" in node.attrs
    return node.tag in _HEADING_TAGS or (named and _NAMES_HEADING.of(node.names))


def _names_heading(names: str) -> bool:
    return _HEADING_WORD.search(names) is not None and _HEADING_NAME.search(names) is not None


_NAMES_HEADING: Final = Memo(_names_heading, most=4096)
