"""The story's text: the lines of its region, less what stands beside the text in it."""

import re
from dataclasses import replace
from itertools import islice
from typing import Final

from newsduck.parse.captions import BRIEF, is_caption_name, is_picture_line, without_captions
from newsduck.parse.document import Document, Outline
from newsduck.parse.edges import is_figure, trimmed, with_signature, without_signatures
from newsduck.parse.endings import LEAST_ENTRIES, STAMP, is_timed_link, story_end
from newsduck.parse.folding import fold, reads_like
from newsduck.parse.headings import is_told_below
from newsduck.parse.lists.wording import is_no_headline
from newsduck.parse.noise import is_beside_text, is_end, is_promotion
from newsduck.parse.openings import META_LABEL, is_meta_line, story_start
from newsduck.parse.regions import SHORT_WORTH, Region, Weights, best_region, may_be_line, weigh
from newsduck.parse.titles import Title, find_title
from newsduck.parse.tree import Block

_LITTLE: Final = 100
_SOME_PROSE: Final = 20
_TOLD_PROSE: Final = 100
_ENOUGH_PROSE: Final = 150
_LEAD_LABEL: Final = re.compile(
    r"^[\[【(]?(?:摘要|核心提示|导读|导语|内容摘要|提要)[\]】)]?:?|^[【\[][^】\]]{4,60}[】\]]"
)
_LEAD_NAME: Final = re.compile(r"summary|intro|standfirst|abstract|subhead|daodu|zhaiyao|\blead\b")
_LEAD_REACH: Final = 12
_LEAD_LEAST: Final = 15
_LEAD_MOST: Final = 2000
_LEAD_WITHIN: Final = 200
_TITLE_MOST: Final = 150
_META_LINES: Final = 5
_TEASER: Final = 5
_VERSE_LINES: Final = 6
_FOLDED: Final = 3
_ATTACHED: Final = re.compile(
    r"附件|[^，。]{0,80}\.(?:docx?|xlsx?|pptx?|pdf|wps|ofd|zip|rar)$", re.IGNORECASE
)


def find_story(document: Document) -> Outline | None:
    """Title and body of the page's story; None where the page is a list."""
    if not document.blocks:
        return None
    weights = weigh(document, hidden=False)
    region = best_region(document, weights)
    if region.worth < _LITTLE or _hidden_prose(document) > region.worth:
        with_hidden = weigh(document, hidden=True)
        other = best_region(document, with_hidden)
        if other.worth > 2 * region.worth and (region.worth < _LITTLE or _goes_on(region, other)):
            weights, region = with_hidden, other
    title = find_title(document, region)
    kept = _lines(document, with_signature(document, _stretched(region, title)), weights, title)
    if not title.text or not kept or not _is_story(document, title, kept, weights):
        return None
    kept = _without_cards(document, kept, weights)
    lead = _standfirst(document, title, kept, weights)
    chosen = {block.index for block in kept}
    return Outline(
        title=title.text,
        heading=title.block,
        body="\n".join([*lead, _without_time(kept[0]), *(block.text for block in kept[1:])]),
        body_blocks=tuple(block.index for block in kept),
        container=region.node,
        dropped_blocks=tuple(b.index for b in document.tree.blocks_in(region.node) if b.index not in chosen),
    )


def _hidden_prose(document: Document) -> int:
    """How many characters long the paragraphs are that the page hides."""
    hidden = (block for block in document.blocks if block.hidden and not block.link_chars)
    return sum(len(block.text) for block in hidden if len(block.text) > BRIEF)


def _goes_on(region: Region, other: Region) -> bool:
    """Whether the one region is part of the other, close around it: a page may fold the rest of a story."""
    near = [node for node in islice(region.node.ancestors(), _FOLDED) if node.tag not in {"body", "html"}]
    return other.node in near and other.first <= region.first and region.end <= other.end


def _leads_away(block: Block) -> bool:
    """Whether a line with a link is an entry of a list, an attachment, or asks to do something."""
    return is_timed_link(block) or is_promotion(block.text) or _ATTACHED.match(block.text) is not None


def _standfirst(document: Document, title: Title, kept: list[Block], weights: Weights) -> list[str]:
    """The sentence between heading and text that sums the story up, where it stands in a box of its own."""
    if title.last is None or not 0 < kept[0].index - title.last <= _LEAD_REACH:
        return []
    between = document.blocks[title.last + 1 : kept[0].index]
    told = [
        block.text
        for block in between
        if _LEAD_LEAST <= len(block.text) <= _LEAD_WITHIN
        and not (block.hidden or block.link_chars or weights.noisy[block.index])
        and (_LEAD_NAME.search(block.node.names) or block.text[-1] in "。！？")
        and not (is_beside_text(block.text) or is_meta_line(block.text))
        and not (is_caption_name(block.node.names) or is_picture_line(block.text))
    ]
    if len(told) != 1 or _lead(told[0]) in "".join(fold(block.text) for block in kept):
        return []
    return told


def _lead(text: str) -> str:
    """What a standfirst says, folded, without its label."""
    return _LEAD_LABEL.sub("", fold(text).rstrip("。….")).strip()


def _without_time(block: Block) -> str:
    """The text of a story's first line, without the time that stands in front in an element of its own."""
    time, owner = block.runs[0]
    if owner is block.node or not STAMP.match(time.strip()):
        return block.text
    return block.text[len(" ".join(time.split())) :].lstrip() or block.text


def _stretched(region: Region, title: Title) -> Region:
    """The region from the heading on, where that stands in the same element: a box of links may part them."""
    node = region.node
    if title.block is None or title.block >= region.first:
        return region
    return replace(region, first=max(node.first_block, title.block + 1))


def _is_story(document: Document, title: Title, kept: list[Block], weights: Weights) -> bool:
    """Whether there is enough text, next to the page's links, to call it a story."""
    prose = sum(weights.prose[block.index] for block in kept if weights.prose[block.index] > SHORT_WORTH)
    if prose < _SOME_PROSE:
        return _is_verse(document, title, kept)
    if _are_summaries(document, kept, weights):
        return False
    links = sum(block.link_chars for block in document.blocks)
    if title.is_sure:
        return prose > 0.02 * links
    if title.is_told:
        return prose >= _TOLD_PROSE and prose > 0.05 * links
    return prose >= _ENOUGH_PROSE and prose > 0.25 * links


def _is_verse(document: Document, title: Title, kept: list[Block]) -> bool:
    """Whether short lines without a link stand below a sure heading and the line with its time or author."""
    if title.block is None or not title.is_sure or len(kept) < _VERSE_LINES:
        return False
    return is_told_below(document, document.blocks[title.block]) and not any(b.link_chars for b in kept)


def _are_summaries(document: Document, kept: list[Block], weights: Weights) -> bool:
    """Whether the first and most paragraphs have a linked headline close above, and others have as well.

    They sum up the stories of a list; between the two stand at most the story's time, author and counts.
    """
    told = [block.index for block in kept if len(block.text) > BRIEF]
    headed = [index for index in told if _is_headed(document, index, weights)]
    if 2 * len(headed) <= len(told) or headed[0] != told[0]:
        return False
    others = (i for i, prose in enumerate(weights.prose) if prose > BRIEF and i not in headed)
    more = (i for i in others if _is_headed(document, i, weights))
    return len(headed) + len(list(islice(more, LEAST_ENTRIES))) >= LEAST_ENTRIES


def _without_cards(document: Document, kept: list[Block], weights: Weights) -> list[Block]:
    """The story without the summaries of other ones at its end, each below its linked headline."""
    place, cards = len(kept), 0
    for at in range(len(kept) - 1, 0, -1):
        if len(kept[at].text) > BRIEF:
            if not _is_headed(document, kept[at].index, weights):
                break
            place, cards = at, cards + 1
    return kept[:place] if cards >= LEAST_ENTRIES else kept


def _is_headed(document: Document, index: int, weights: Weights) -> bool:
    """Whether a linked headline stands above a line, and between them no other paragraph."""
    for block in reversed(document.blocks[max(index - _META_LINES, 0) : index]):
        if _is_linked(block) and _is_one_headline(block):
            return True
        if weights.prose[block.index] > BRIEF:
            return False
    return False


def _is_one_headline(block: Block) -> bool:
    """Whether a linked line may be a headline: one link, and no source, button or count."""
    text = block.text
    if len(text) < _TEASER or META_LABEL.search(text) or is_no_headline(text):
        return False
    return len({owner.within("a") for piece, owner in block.runs if not piece.isspace()} - {None}) == 1


def _is_linked(block: Block) -> bool:
    return block.link_chars * 2 > len(block.text)


def _lines(document: Document, region: Region, weights: Weights, title: Title) -> list[Block]:
    """The story's lines."""
    blocks = document.blocks[region.first : region.end]
    start = story_start(blocks, weights, title.last)
    end = story_end(blocks, weights, start)
    shown_hidden = sum(weights.prose[b.index] for b in blocks if b.hidden) > 0
    folded = fold(title.text)
    lines = [
        block
        for block in blocks
        if start <= block.index < end
        and not weights.noisy[block.index]
        and (shown_hidden or not block.hidden)
        and may_be_line(block)
        and (is_figure(block) or not is_beside_text(block.text))
        and not (block.link_chars and _leads_away(block))
        and not is_end(block.text)
        and (len(block.text) > _TITLE_MOST or not reads_like(block.text, folded))
    ]
    told = without_captions(document, region, lines)
    if any(weights.prose[block.index] > SHORT_WORTH for block in told):
        lines = told
    lines = without_signatures(trimmed(lines))
    return lines[1:] if len(lines) > 1 and _is_lead_copy(lines) else lines


def _is_lead_copy(kept: list[Block]) -> bool:
    """Whether the first line only repeats what the text says further down."""
    text = kept[0].text
    rest = "".join(block.text for block in kept[1:_LEAD_WITHIN])
    sample = text[_LEAD_LEAST // 2 : _LEAD_LEAST]
    if not _LEAD_LEAST <= len(text) <= _LEAD_MOST or sample not in rest:
        return False
    lead = _lead(text)
    return len(lead) >= _LEAD_LEAST and lead in fold(rest)
