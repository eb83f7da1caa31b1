"""What re-prints do to a story: each change one function of (random, story), named as in the table."""

# ruff: noqa: E501, ARG001 - lines of text; all changes are called alike
import re
from collections.abc import Sequence
from functools import cache
from itertools import combinations
from random import Random

import opencc
from invented_news import Story, events, name

FULL_WIDTH = {ord(c): ord(c) + 0xFEE0 for c in map(chr, range(0x21, 0x7F))} | {ord(" "): 0x3000}
LOOKALIKES = dict(zip("日未己土人大天间问末兑于干千", "曰末已士入太夫问间未说千于干", strict=True))
SENTENCE = re.compile(r"[^。]*。[”’]?")


@cache
def _converter(table: str) -> opencc.OpenCC:
    return opencc.OpenCC(table)


def retitled(random: Random, story: Story) -> Story:
    return Story(events(random, 1)[0].title, story.paragraphs)


def bylined(random: Random, story: Story) -> Story:
    head = f"本报{random.choice('东西南北')}部{random.randint(1, 28)}日电（记者 {name(random)} 通讯员 {name(random)}）"
    tail = f"（责任编辑：{name(random)}）"
    first, *rest = story.paragraphs
    return Story(story.title, (head + first, *rest, tail))


def cut(share: float):
    def change(random: Random, story: Story) -> Story:
        text, size = story.body, round(len(story.body) * share)
        if random.random() < 0.5:
            return _maybe(random, Story(story.title, tuple(text[:size].split("\n"))))
        sentences = SENTENCE.findall(text.replace("\n", ""))
        random_order = random.sample(range(len(sentences)), len(sentences))
        kept: set[int] = set()
        for at in random_order:
            if sum(len(sentences[i]) for i in kept) < size - 20:
                kept.add(at)
        return _maybe(random, Story(story.title, tuple(sentences[i] for i in sorted(kept))))

    return change


def _maybe(random: Random, story: Story) -> Story:
    return retitled(random, story) if random.random() < 0.5 else story


def dropped(random: Random, story: Story) -> Story:
    kept = [p for p in story.paragraphs if random.random() > 0.25] or list(story.paragraphs[:1])
    while sum(map(len, kept)) < 0.4 * len(story.body):
        kept = [p for p in story.paragraphs if random.random() > 0.25]
    return _maybe(random, Story(story.title, tuple(kept)))


def swapped(random: Random, story: Story) -> Story:
    return _maybe(random, Story(story.title, tuple(random.sample(story.paragraphs, len(story.paragraphs)))))


def merged(random: Random, story: Story) -> Story:
    """The whole story, as 20-60 % of a longer text."""
    share = random.uniform(0.2, 0.6)
    return _within(random, story.paragraphs, len(story.body) * (1 / share - 1))


def quoted(random: Random, story: Story) -> Story:
    """20-60 % of the story in one piece, within a text longer than the story."""
    size = round(random.uniform(0.2, 0.6) * len(story.body))
    start = random.randint(0, len(story.body) - size)
    piece = story.body[start : start + size].replace("\n", "")
    return _within(random, (piece,), len(story.body) * random.uniform(0.7, 1.2))


def quoted_sentences(random: Random, story: Story) -> Story:
    """The same, as people quote: sentence by sentence, in a paragraph of its own."""
    sentences = [found for found in SENTENCE.findall(story.body.replace("\n", "")) if found]
    piece = "".join(_piece(random, sentences))
    return _within(random, (piece,), len(story.body) * random.uniform(0.7, 1.2))


def quoted_paragraphs(random: Random, story: Story) -> Story:
    """The same, paragraph by paragraph."""
    pieces = _piece(random, story.paragraphs)
    return _within(random, pieces, len(story.body) * random.uniform(0.7, 1.2))


def _piece(random: Random, parts: Sequence[str]) -> tuple[str, ...]:
    """Neighbouring parts that make up 20-60 % of the whole; one part at least, all but one at most."""
    letters = sum(map(len, parts))
    pieces = [
        tuple(parts[start:end])
        for start, end in combinations(range(len(parts) + 1), 2)
        if 0.2 <= sum(map(len, parts[start:end])) / letters <= 0.6
    ]
    return random.choice(pieces) if pieces else tuple(parts[:1])


def _within(random: Random, paragraphs: tuple[str, ...], letters: float) -> Story:
    around = [events(random, 1)[0]]
    while sum(len(one.body) for one in around) < letters:
        around.append(events(random, 2)[0])
    place = random.randint(0, len(around))
    texts = (
        [p for one in around[:place] for p in one.paragraphs],
        [p for one in around[place:] for p in one.paragraphs],
    )
    return Story(around[0].title, (*texts[0], *paragraphs, *texts[1]))


def traditional(random: Random, story: Story) -> Story:
    table = _converter(random.choice(["s2t", "s2tw", "s2hk"]))
    return Story(table.convert(story.title), tuple(table.convert(p) for p in story.paragraphs))


def full_width(random: Random, story: Story) -> Story:
    return Story(
        story.title.translate(FULL_WIDTH), tuple(p.translate(FULL_WIDTH) + " " for p in story.paragraphs)
    )


def noisy(share: float):
    """Slips of optical recognition: lookalikes, wrong characters, lost and doubled ones."""

    def change(random: Random, story: Story) -> Story:
        return Story(
            story.title, tuple("".join(_slip(random, c, share) for c in p) for p in story.paragraphs)
        )

    return change


def _slip(random: Random, character: str, share: float) -> str:
    if random.random() > share:
        return character
    wrong = LOOKALIKES.get(character, chr(random.randint(0x4E00, 0x6FFF)))
    return random.choice([wrong, wrong, wrong, "", character * 2])


def edited(random: Random, story: Story) -> Story:
    """Re-titled, bylined, a paragraph less, in traditional characters, with slips: all at once."""
    for change in (retitled, bylined, dropped, noisy(0.01), traditional):
        story = change(random, story)
    return story


CHANGES = {
    "re-titled": retitled,
    "bylined": bylined,
    "cut to 80 %": cut(0.8),
    "cut to 60 %": cut(0.6),
    "cut to 40 %": cut(0.4),
    "paragraphs dropped": dropped,
    "paragraphs swapped": swapped,
    "whole, as 20-60 % of a longer text": merged,
    "20-60 % of it in a longer text": quoted,
    "the same by whole sentences": quoted_sentences,
    "the same by whole paragraphs": quoted_paragraphs,
    "traditional": traditional,
    "full width": full_width,
    "slips, 2 %": noisy(0.02),
    "slips, 5 %": noisy(0.05),
    "all at once": edited,
}
