"""What the form of an unlabelled piece beside a story's time says it is (pure)."""

import re
from typing import Final

from newsduck.parse.credits.names import is_name

TOOL: Final = re.compile(
    r"^(?:原创|置顶|正文|首页|关注|关注.*(?:公众号|微信|客户端|我们)|已关注|\+?关注|订阅|打印|收藏|举报|纠错|分享.*|评论.*|我要.*|网友.*|发表评论|查看.*|更多.*|字号.*|字体.*|大|中|小|"
    r"[TA]\+?-?|扫.*|微信.*|微博.*|新浪微博|QQ.*|.*空间|.*好友|朋友圈|E[SD]?T|.*阅读|阅读.*|浏览.*|.*浏览|字数.*|.*时长.*|.*楼主|HKT|星期.|周[一二三四五六日]|点击.*|人气.*|次|.*次|.*条|.*参与|.*评论|复制.*|.*链接|"
    r"下载.*|.*下载|客户端|手机.*|语音.*|播报.*|播放.*|听.*|返回.*|上一.*|下一.*|推荐(?:给.*)?|"
    r"告诉.*|发送.*|(?:[A-Z] ){1,4}[A-Z]|热门|最新|专题|图片|视频|音频|直播|登录|注册|搜索|"
    r"优质.*|.*作者|.*官方账号|.*认证|发布于.*|来自.*|发表于.*|发表|发布|role|author|published|posted|by|share|print|e?mail|tweet|save|listen|出版|刊出|上架|updated|author.?|role.?|.{0,8}(?:编辑|记者)|责编|作者|来源|时间|日期|更新.*|首发|独家|转载|保存|投稿|"
    r"加载.*|点赞|赞|踩|顶|\+|-|x|×|>|/|\||[\d.,万+\s]+|\d+\s?[\u4e00-\u9fff]{1,3})$",
    re.IGNORECASE,
)
"""Buttons, counts and other words that stand beside a time and name nobody."""
MEDIUM: Final = re.compile(
    r"(?:报|日报|晚报|晨报|时报|周报|早报|快报|商报|都市报|青年报|周刊|杂志|月刊|网|社|台|电视台|电台|新闻网|在线|传媒|客户端(?:[\u3400-\u9fff]{2,4}频道)?|通讯社|融媒体?|"
    r"报业|经济报道|出版社|研究院|公众号|公号|微信公号|官微|观察|時報|日報|晚報|週刊|雜誌|網|電視|新聞雲|News|Daily|Times|Post)(?:[（(].*[)）])?$",
    re.IGNORECASE,
)
"""What media are called."""
BRAND: Final = re.compile(
    r"^(?:新浪|腾讯|搜狐|网易|凤凰|百度|新华|人民|央视|澎湃|界面|环球|中新|光明|参考|红网|封面|东方财富|雅虎|和讯|金融界|財經|央广|国际在线|"
    r"第一财经|第一財經|财联社)"
)
"""Media that are called otherwise, by the beginnings of their names."""
CHANNEL: Final = re.compile(
    r"(?:[\u3400-\u9fff]{2})?(?:新闻|要闻|资讯|动态|频道|国内|国际|社会|财经|体育|娱乐|科技|公司|专栏|栏目|评论|观点|时政|产业|市场|市场|股票|教育|健康|文化|"
    r"旅游|汽车|房产|军事|历史|公告|通知|工作|活动|分钟|系列|版)$"
)
"""What channels of a site are called."""


def worth_of_form(name: str) -> float:
    """What the form of a name says for its being a medium."""
    if MEDIUM.search(name) or BRAND.match(name):
        return 2.0
    return -1.5 * bool(CHANNEL.match(name)) - 0.8 * is_name(name)
