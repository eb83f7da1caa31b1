"""Lines of the comments below a story (pure)."""

import re
from typing import Final

_REPLY: Final = re.compile(
    r"^(?:查看)?(?:回复|回覆|举报|顶|踩|支持|反对|点赞|赞|\d+\s*条回复)"
    r"(?:[\s⋅·|()（）\[\]\d]|条?回复|举报|踩|赞|收藏|分享|转发|支持|反对|顶)*$"
)
_STAMPED_REPLY: Final = re.compile(
    r"\d{1,2}[:：]\d\d(?:[:：]\d\d)?\s*[\[(（]?(?:回复|回覆|引用|举报)"
    r"(?:[\s⋅·|()（）\[\]\d]|回复|引用|举报|赞|踩|顶|支持|反对|该评论)*$"
)
_COUNTED: Final = re.compile(
    r"(?:全部|网友|最新)?(?:评论|留言|回复)\s*[（(]\s*\d+\s*[)）]\s*条?$"
    r"|(?:全部|共)?\s*\d+\s*条(?:评论|留言|回复)$"
)
_REPLY_MOST: Final = 30
_STAMPED_MOST: Final = 60
_COUNTED_MOST: Final = 16


def is_reply_line(text: str) -> bool:
    """Whether a line is the last of a comment: 回复, 赞 and their counts, maybe behind its time."""
    size = len(text)
    is_bare = size <= _REPLY_MOST and _REPLY.match(text) is not None
    return is_bare or (size <= _STAMPED_MOST and _STAMPED_REPLY.search(text) is not None)


def opens_comments(text: str) -> bool:
    """Whether a line says how many comments follow."""
    return len(text) <= _COUNTED_MOST and _COUNTED.match(text) is not None
