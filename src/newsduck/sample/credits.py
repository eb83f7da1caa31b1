"""The lines of time, source, author and editor, in the forms that real sites give them (pure)."""

from dataclasses import dataclass
from html import escape

from newsduck.sample.stories import Story


@dataclass(frozen=True, slots=True, kw_only=True)
class Credits:
    """The HTML above a story's text, the last lines inside it, and those below it."""

    above: str
    inside: str = ""
    below: str = ""


def credits_of(story: Story, views: int = 0) -> Credits:
    """A story's credits in its form; `views` is the counter that some forms show."""
    match story.byline:
        case "line":
            return _line(story)
        case "seconds":
            return _seconds(story)
        case "bar":
            return _bar(story, views)
        case "plain":
            return _plain(story)
        case _:
            return _spans(story)


def _names(label: str, names: tuple[str, ...], between: str = " ") -> str:
    return label + escape(between.join(names)) if names else ""


def _join(between: str, *parts: str) -> str:
    return between.join(part for part in parts if part)


def _spans(story: Story) -> Credits:
    """Elements of their own for time, source and author."""
    source = f'<span class="source">来源：<a href="/about/">{escape(story.source or "")}</a></span>'
    author = _names("作者：", story.authors)
    return Credits(
        above=_join(
            "\n",
            f'<span class="date">{story.published:%Y-%m-%d %H:%M}</span>',
            source if story.source else "",
            f'<span class="author">{author}</span>' if author else "",
        ),
        below=f'<div class="editor">{_names("责任编辑：", story.editors)}</div>' if story.editors else "",
    )


def _line(story: Story) -> Credits:
    """One line of text above; the editor in brackets as the last paragraph."""
    at = f"{story.published:%Y年%m月%d日 %H:%M}"
    return Credits(
        above=_join("\u3000", at, _names("来源：", (story.source,) if story.source else ())),
        inside=f'<p style="text-align:right">{_names("[责编：", story.editors)}]</p>'
        if story.editors
        else "",
    )


def _seconds(story: Story) -> Credits:
    """A time to the second, and a control for the size of type in the same line."""
    source = _names("来源: ", (story.source,) if story.source else ())
    author = _names("作者: ", story.authors)
    return Credits(
        above=_join(
            "&nbsp;&nbsp;",
            f"{story.published:%Y-%m-%d %H:%M:%S}",
            source,
            author,
            '<span class="size">字号：<a href="#">大</a> <a href="#">中</a> <a href="#">小</a></span>',
        ),
        below=f'<p class="zrbj">({_names("责任编辑：", story.editors)})</p>' if story.editors else "",
    )


def _bar(story: Story, views: int) -> Credits:
    """Labelled parts between bars, with a counter that moves; a proof-reader beside the editor."""
    return Credits(
        above=_join(
            " | ",
            f"发布时间：{story.published:%Y-%m-%d %H:%M}",
            _names("来源：", (story.source,) if story.source else ()),
            _names("记者：", story.authors, "、"),
            f"浏览：{views}次",
        ),
        below=f'<div class="bianji">{_names("编辑：", story.editors)}\u3000校对：马跃</div>'
        if story.editors
        else "",
    )


def _plain(story: Story) -> Credits:
    """A time without a year above; a line each for source, author, editor and keywords below."""
    lines = (
        _names("稿源：", (story.source,) if story.source else ()),
        _names("作者：", story.authors),
        _names("责编：", story.editors),
        "关键词：" + escape(" ".join(story.keywords)),
    )
    return Credits(
        above=f"{story.published:%m月%d日 %H:%M}",
        below="\n".join(f"<p>{line}</p>" for line in lines if line),
    )
