"""Precision and recall of copies on invented news, beside datasketch and SimHash.

`python tests/bench/deduplicate.py` prints one table a question. Peers are left out where they are not
installed.
"""

# ruff: noqa: T201, PLC0415 - it prints, and peers are imported where they are installed
import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parent))

from invented_news import FORMS, Story, events, form, live_blog, with_background
from reprints import CHANGES

from newsduck.deduplicate import judge, sign
from newsduck.fold import fold
from newsduck.items import Known

START = datetime(2026, 3, 2, tzinfo=UTC)
BACKGROUNDS = (
    ("a background of one paragraph", 1, True),
    ("a background of two paragraphs", 2, True),
    ("a background within a paragraph", 1, False),
)
Marks = Callable[[list[Story]], set[tuple[int, int]]]


@dataclass(frozen=True)
class Pair:
    """Two places in the list of stories, and what makes them a pair."""

    one: int
    other: int
    kind: str
    is_copy: bool


def corpus(random: Random, bases: int) -> tuple[list[Story], list[int], list[Pair]]:
    """Stories, the true story of each, and the pairs that are asked about."""
    stories: list[Story] = []
    truth: list[int] = []
    pairs: list[Pair] = []

    def add(story: Story, true: int | None = None) -> int:
        stories.append(story)
        truth.append(len(stories) - 1 if true is None else true)
        return len(stories) - 1

    for number in range(bases):
        first, second = events(random, random.randint(4, 24))
        base = add(first)
        for kind, change in CHANGES.items():
            pairs.append(Pair(base, add(change(random, first), base), kind, is_copy=True))
        pairs.append(Pair(base, add(second), "the same event in other words", is_copy=False))
        forms = [add(form(random, number)) for _ in range(4)]
        pairs += [
            Pair(a, b, "the same form filled in again", is_copy=False) for a, b in combinations(forms, 2)
        ]
        for kind, paragraphs, alone in BACKGROUNDS:
            one, other = with_background(random, paragraphs, alone=alone)
            pairs.append(Pair(add(one), add(other), kind, is_copy=False))
        updates = [add(update) for update in live_blog(random, 4)]
        pairs += [Pair(a, b, "updates of a live blog", is_copy=False) for a, b in combinations(updates, 2)]
    return stories, truth, pairs


def newsduck(stories: list[Story], *, shuffle: Random | None = None) -> set[tuple[int, int]]:
    """Pairs that end in one story."""
    hours = list(range(len(stories)))
    if shuffle:
        shuffle.shuffle(hours)
    articles = [
        Known(
            article_id=at, portal=f"portal-{at % 7}", url=f"http://p{at % 7}.example/{at}", title=story.title,
            body=story.body, first_seen_at=START + timedelta(minutes=hour),
        )
        for at, (story, hour) in enumerate(zip(stories, hours, strict=True))
    ]  # fmt: skip
    together: dict[int, list[int]] = {}
    for verdict in judge(articles, []):
        together.setdefault(verdict.story_id, []).append(verdict.article_id)
    return {pair for members in together.values() for pair in combinations(sorted(members), 2)}


def datasketch(stories: list[Story]) -> set[tuple[int, int]]:
    """MinHashLSH, 128 permutations, at Jaccard 0.5, over the same folded 5-grams."""
    from datasketch import MinHash, MinHashLSH

    lsh, found = MinHashLSH(threshold=0.5, num_perm=128), set()
    for at, story in enumerate(stories):
        text = fold(story.body)
        sketch = MinHash(num_perm=128)
        sketch.update_batch([text[i : i + 5].encode() for i in range(max(1, len(text) - 4))])
        found |= {(other, at) for other in lsh.query(sketch)}
        lsh.insert(at, sketch)
    return found


def simhash(stories: list[Story]) -> set[tuple[int, int]]:
    """64-bit SimHash over the same folded 5-grams, at most 3 bits apart."""
    from simhash import Simhash

    values = []
    for story in stories:
        text = fold(story.body)
        values.append(Simhash([text[i : i + 5] for i in range(max(1, len(text) - 4))]).value)
    return {
        (a, b) for a, b in combinations(range(len(values)), 2) if (values[a] ^ values[b]).bit_count() <= 3
    }


def peers() -> Iterator[tuple[str, Marks]]:
    """Ourselves and the others, where installed."""
    yield "newsduck", newsduck
    for label, package, marks in (
        ("datasketch", "datasketch", datasketch),
        ("SimHash ≤ 3", "simhash", simhash),
    ):
        try:
            __import__(package)
        except ImportError:
            print(f"left out: {package} is not installed")
        else:
            yield label, marks


def main() -> None:
    """All tables, from one corpus."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bases", type=int, default=120)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--shuffled", action="store_true", help="copies may be older than what they were made of"
    )
    arguments = parser.parse_args()
    random = Random(arguments.seed)
    stories, truth, pairs = corpus(random, arguments.bases)
    print(f"{len(stories)} articles, {arguments.bases} stories with copies, {len(FORMS)} forms")
    members = Counter(truth)
    true_pairs = sum(size * (size - 1) // 2 for size in members.values())
    columns, totals = {}, {}
    for label, marks in peers():
        begun = time.process_time()
        found = (
            newsduck(stories, shuffle=random)
            if label == "newsduck" and arguments.shuffled
            else marks(stories)
        )
        seconds = time.process_time() - begun
        columns[label] = found
        right = sum(truth[a] == truth[b] for a, b in found)
        totals[label] = right / max(1, len(found)), right / true_pairs, seconds
    print(f"\n{'share of pairs marked':40}" + "".join(f"{label:>14}" for label in columns) + "     pairs")
    for is_copy in (True, False):
        kinds = dict.fromkeys(pair.kind for pair in pairs if pair.is_copy == is_copy)
        for kind in [*kinds, "all copies" if is_copy else "all that are none"]:
            chosen = [p for p in pairs if p.is_copy == is_copy and (p.kind == kind or kind not in kinds)]
            shares = [
                sum((p.one, p.other) in found for p in chosen) / len(chosen) for found in columns.values()
            ]
            print(f"{kind:40}" + "".join(f"{share:14.4f}" for share in shares) + f"{len(chosen):10}")
    print(f"\n{'all pairs of the corpus':40}" + "".join(f"{label:>14}" for label in columns))
    for row, name in enumerate(("precision", "recall", "seconds")):
        print(f"{name:40}" + "".join(f"{totals[label][row]:14.4f}" for label in columns))
    sample = [(at, story.title, story.body) for at, story in enumerate(stories)]
    begun = time.process_time()
    for at, title, body in sample:
        sign(at, title, body)
    print(
        f"\nsign(): {(time.process_time() - begun) / len(sample) * 1000:.3f} ms an article of "
        f"{sum(len(body) for *_, body in sample) // len(sample)} characters"
    )


if __name__ == "__main__":
    main()
