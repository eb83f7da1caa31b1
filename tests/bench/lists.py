"""What reading the lists of a page costs, beside its tree: `python tests/bench/lists.py`.

Pages of our own writing: a front page of twenty timed blocks, and a story with three lists beside it. The
naive rule (eight characters, four digits in the address) over lxml's own tree shows the least it can cost.
"""

import gc
import re
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime

from lxml import html

from newsduck.parse.bodies import find_story
from newsduck.parse.document import read_document
from newsduck.parse.lists import find_headlines

URL, NOW = "http://www.pond.example/", datetime(2026, 3, 2, tzinfo=UTC)
ROUNDS = 15


ADDRESS = "/{name}/2026-03/02/content_{n}.html"
ROW = f'<li><a href="{ADDRESS}">第{{n}}号渡口恢复通航，{{name}}等候两日</a><i>03-02 07:{{n}}</i></li>'
BLOCK = (
    '<div class="col"><div class="hd"><h3>{name}</h3><a href="/{name}/">更多</a></div><ul>{rows}</ul></div>'
)
HEAD = "| page | tree, ms | lists, ms | lists : tree | naive rule over lxml, ms | entries |"


def block(name: str, count: int) -> str:
    return BLOCK.format(name=name, rows="".join(ROW.format(name=name, n=n) for n in range(10, 10 + count)))


MENU = "<div class='nav'>" + "".join(f'<a href="/c{n}/">频道{n}</a>' for n in range(40)) + "</div>"
BODY = (
    "<div class='text'>"
    + "<p>雾到正午才散，渡船停了半个上午，鱼市却比平日早开了一个钟头。</p>" * 20
    + "</div>"
)
FRONT = MENU + "".join(block(f"栏目{n}", 25) for n in range(20)) + MENU
STORY = f"{MENU}<h1>第七号渡口恢复通航</h1>{BODY}" + "".join(block(f"相关{n}", 10) for n in range(3)) + MENU


def best(work: Callable[[], object]) -> float:
    """The least CPU time of a few rounds, in milliseconds: what others do on the machine only adds."""
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times) * 1000


def naive(markup: str) -> list[str]:
    links = html.fromstring(markup).iter("a")
    return [
        a.get("href", "")
        for a in links
        if len(a.text_content()) >= 8 and re.search(r"\d{4}", a.get("href", ""))
    ]


def main() -> None:
    gc.disable()
    sys.stdout.write(f"{HEAD}\n|---|---|---|---|---|---|\n")
    for name, markup in (("front page", FRONT), ("story", STORY)):
        document = read_document(markup, url=URL, fetched_at=NOW)
        outline = find_story(document)
        tree = best(lambda markup=markup: read_document(markup, url=URL, fetched_at=NOW))
        lists = best(lambda document=document, outline=outline: find_headlines(document, outline))
        least = best(lambda markup=markup: naive(markup))
        entries = len(find_headlines(document, outline))
        sys.stdout.write(
            f"| {name} | {tree:.2f} | {lists:.2f} | {lists / tree:.2f} | {least:.2f} | {entries} |\n"
        )


if __name__ == "__main__":
    main()
