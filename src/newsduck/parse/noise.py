"""What is not story on a news page: names of regions, lines that stand beside the text (pure)."""

import re
from functools import lru_cache

_REGION_WORDS = """
    ad ads adv advert advertisement guanggao banner breadcrumb breadcrumbs crumb crumbs bread comment comments
    cmt pinglun commentlist reply replies discuss copyright copy footer foot foots bottom_nav nav navi navbar
    menu sidebar aside related relate relation relates xiangguan recommend recommends tuijian hot hotnews rank
    ranking paihang share shares sharebox bdshare bdsharebuttonbox jiathis fenxiang social toolbar tools
    qrcode erweima ewm login qr weixin keyword keywords tag tags label pager paging pagination page-nav
    bianji zebian toolbox disclaimer statement mianze shengming vote like zan links friendlink
    subscribe feedback prev next read-more hotlist newslist right-side siderbar popup dialog modal
    tie-area post_comment ztlink yqlj weibo topnav
"""
_REGION = re.compile(r"(?:^|[\s_-])(?:" + "|".join(sorted(_REGION_WORDS.split(), key=len)) + r")(?=$|[\s_-])")
_REGION_PART = re.compile(
    r"comment|related|relate[ds]?[-_]|recommend|share|copyright|footer|qrcode|breadcrumb|sidebar|pinglun|"
    r"disclaimer|advert|hot[-_]?news|subscribe|pagination|toolbar|article-?editor|show_author|player|cmmt|guest_?text|guestbook|dislike|interest__"
)
_CAPTION = re.compile(
    r"(?:^|[\s_-])(?:caption|img|image|pic|photo|figure|tupian|picnote|picinfo|imgtxt|img-?desc|image_desc|"
    r"img_descr|img_wrapper|pictext|pic_?txt|desc-img|wp-caption-text)(?=$|[\s_-])"
)

_STORY_PART = re.compile(r"artibody|article|content|endtext|post_text|trs_editor|detail|main|story|body|text")

REGION_TAGS = frozenset(["nav", "footer", "aside", "menu", "dialog"])


@lru_cache(maxsize=8192)
def is_noise_region(names: str) -> bool:
    """Whether an element's id and classes say that it holds no story text."""
    return bool(_REGION.search(names) or _REGION_PART.search(names))


@lru_cache(maxsize=8192)
def is_story_name(names: str) -> bool:
    """Whether an element's id and classes speak of a text as well: then its prose decides."""
    return bool(_STORY_PART.search(names))


@lru_cache(maxsize=8192)
def is_caption_name(names: str) -> bool:
    """Whether an element's id and classes say that it belongs to a picture."""
    return bool(_CAPTION.search(names))


_ROLE = (
    r"责任编辑|责编|编辑|值班编辑|实习编辑|网络编辑|执行编辑|图文编辑|文字编辑|美编|美术编辑|新媒体编辑|编审|审核|审读|审签|"
    r"校对|监制|值班主任|值班主编|主编|主任|终审|复审|初审|一审|二审|三审|签发|制作|策划|总策划|统筹|出品|视觉|设计|排版|运营|"
    r"文章来源|信息来源|内容来源|资料来源|稿件来源|本文来源|转载来源|原文来源|新闻来源|来源|稿源|信源|来自|作者|原作者|原文作者|撰文|撰稿|采写|采访|文字|记者|通讯员|"
    r"摄影|摄像|摄影报道|图片|图文|配图|供图|供稿|图|文图|文|图/文|文/图|编译|翻译|译者|整理|录入|发布|发布时间|发布日期|时间|日期|点击|浏览|阅读|"
    r"浏览次数|阅读次数|点击数|点击率|访问次数|字号|字体|关键字|关键词|文章关键词|标签|原标题|原题|原文链接|原文|本文链接|"
    r"链接|版面|版次|见习记者|实习生|实习记者|特约记者|本报记者|剪辑|拍摄|出镜|配音|海报|制图|供稿单位|投稿|投稿邮箱|微信号|公众号|上一篇|下一篇|上一条|下一条"
)
_ROLE_LINE = re.compile(
    r"^[\s\[【（(<《●■◆▲△◎○·•*－—丨|]*(?:本文)?(?:"
    + _ROLE
    + r")\s*(?:[:：/／|｜丨]|[>》]{1,2}|】|\]|\s+[^\s，。]{1,12}(?:\s|$))"
)
_BYLINE = re.compile(
    r"^[（(【\[]?\s*(?:本报|本刊|本网|本台|总台|央视|新华社|中新社|中新网|人民网|[\w·]{2,10}(?:新闻|报|网|社|台|日报|晚报|周刊|杂志|财经|在线))?"
    r"\s*(?:首席|特约|见习|实习|特派|驻[\w]{1,6}|全媒体|融媒体|中央厨房)*(?:记者|通讯员|特约撰稿人?|评论员|作者)\s*[:：]?\s*"
    r"[^，。！？；]{1,40}[）)】\]]?$"
)
_WHOLE = re.compile(
    r"^[\s\[【（(「\-—－·>»]*(?:"
    r"分享(?:到|至|给|让).{0,20}|分享|转发|收藏|举报|打印|打印本页|关闭|关闭窗口|返回顶部|返回首页|返回|纠错|我要纠错|点赞|赞|赞\s*\d*|推荐\s*\d*|评论|广告|×|"
    r"(?:[Tt][Hh][Ee]\s*)?END|完|全文完|正文已结束.{0,30}|(?:微信)?扫(?:一扫|码|描|二维码).{0,60}|加载中.{0,6}|点击加载更多|"
    r"大\s*中\s*小|[Aa][+-]|小字号|大字号|字号.{0,12}|上一页|下一页|余下全文|展开全文|阅读全文|查看全文|查看更多|点击查看.{0,12}|"
    r"资料图|资料图片|图片来源.{0,24}|(?:图|视频)源?[/:：].{0,20}|相关资料图|图片均?来自(?:于)?网络.{0,30}|（?图文无关）?|点击看?清?晰?大图|"
    r"我要评论|发表评论|参与评论|写评论.{0,20}|\d+\s*人参与.{0,20}|阅读\s*[（(]?\d*[)）]?|浏览\s*\d*|\d+\s*条?评论|"
    r"本文仅代表作者(?:本人|个人)?观点.{0,40}|原创文章.{0,60}|首页|关注我们|客户端下载|收起|播放|视频加载中.{0,8}"
    r")[\s\]】）)」\-—－·<«。.!！]*$"
)
_DISCLAIMER = re.compile(
    r"^[\s\[【（(*●■◆※]*(?:(?:特别|免责|版权|郑重|重要|本站|本网|作者|风险)?(?:声明|提示|说明)\s*[:：】]|版权所有|版权归.{0,20}所有|"
    r"未经.{0,16}(?:授权|许可|允许|同意|书面)|(?:本文|以上|文章|上述)(?:内容|文章|图片|作品|系|由|为|来自|转载|版权|所述|经|作者).{0,60}"
    r"(?:不代表|授权|转载|版权|立场|仅供参考|侵权|下载|注明|投资建议)|凡(?:本网|本站|注明|来源|转载|标有).{0,60}|"
    r"转载(?:请|须|需|自|本文|务必)|本文转载自|Copyright|©|\(C\)|Notice\s*:|.{0,30}未经授权.{0,12}转载|.{0,20}如有侵权.{0,20}(?:联系|删除)|"
    r".{0,12}(?:新闻)?报料(?:热线|电话)?\s*[:：]|.{0,8}(?:投诉|举报|新闻|爆料)(?:热线|电话|邮箱)\s*[:：]|ICP备|.{0,10}(?:下载|打开|关注).{0,14}(?:APP|app|客户端|公众号|微信号)|"
    r"(?:更多|获取更多|想了解更多|欲知更多).{0,30}(?:关注|下载|点击|请|戳|客户端|APP|公众号)|欢迎.{0,10}(?:关注|订阅|投稿|下载).{0,30}|关注.{0,16}(?:公众号|微信|微博)|长按.{0,20}(?:二维码|关注|识别))"
)
_END = re.compile(
    r"^[\s\[【（(「<■◆●▲▼□◇○*·•>»|\-—]*(?:"
    r"相关(?:新闻|阅读|链接|报道|文章|稿件|推荐|搜索|资讯|专题|内容|信息|评论|视频|话题|热词|主题|产品|图片|附件)|(?:延伸|扩展|推荐|热门|猜你|更多|精彩|编辑|为您|为你|今日|本周|热点|最新|其他|其它|近期)\s*[·•]?\s*(?:阅读|推荐|链接|文章|新闻|喜欢|资讯|评论|内容|报道|热点|精彩|搜索|热文|排行)|"
    r"网友评论|最新评论|全部评论|热门评论|精彩评论|评论列表|文章评论|用户评论|新闻评论|我来说两句|我要评论|发表评论|作者最新文章|友情链接|热搜|排行榜|点击排行|"
    r"大家都在(?:看|搜)|你可能(?:喜欢|感兴趣)|您可能(?:喜欢|感兴趣)|猜你喜欢|看了又看|往期(?:回顾|精彩|推荐|阅读)|精彩(?:推荐|图集|图片|回顾)|热点(?:推荐|新闻|搜索|专题)|"
    r"推荐阅读|延伸阅读|更多(?:新闻|资讯|精彩|相关)|正文已结束|责任编辑\s*[:：]|责编\s*[:：|｜]|分享到\s*[:：]?\s*$|本文(?:来源|导航)\s*[:：]|文章导航"
    r")"
)
_CONTACT = re.compile(
    r"地址\s*[:：]|电话\s*[:：]|传真\s*[:：]|邮编\s*[:：]|邮政编码|邮箱\s*[:：]|热线\s*[:：]|[Tt][Ee][Ll]\s*[:：]|"
    r"主办(?:单位)?\s*[:：]|承办(?:单位)?\s*[:：]|技术支持\s*[:：]|备案号?|ICP|网站标识码|版权所有|许可证"
)
_LENGTHS = {"role": 90, "byline": 60, "whole": 80, "disclaimer": 400, "end": 60, "contact": 160}


def is_beside_text(text: str) -> bool:
    """Whether a line of a story's container is no part of the story: credits, tools, disclaimers."""
    size = len(text)
    if size > _LENGTHS["disclaimer"]:
        return False
    return bool(
        (size <= _LENGTHS["whole"] and _WHOLE.match(text))
        or (size <= _LENGTHS["role"] and _ROLE_LINE.match(text))
        or (size <= _LENGTHS["byline"] and _BYLINE.match(text))
        or _DISCLAIMER.match(text)
        or (size <= _LENGTHS["contact"] and len(set(_CONTACT.findall(text))) > 1)
    )


def is_end(text: str) -> bool:
    """Whether a line opens what follows a story: related stories, comments, the editor's line."""
    return len(text) <= _LENGTHS["end"] and bool(_END.match(text))


_PICTURE_LINE = re.compile(
    r"^[\s▲△▼▽↑↓◀▶←→]*[▲△▼▽↑↓]|^(?:图为|图[①-⑳\d一二三四五六七八九十]*[:：]|资料图|资料图片|配图|题图|上图|下图|左图|右图|视频截图)|"
    r"(?:摄|供图|截图|制图|视频截图|资料图|资料图片|图片来源[^，。]{0,20}|[/／]图|图[/／]\S{2,12}|来源：\S{2,12}|视觉中国|摄影报道)[\s。.)）】\]]*$"
)


def is_picture_line(text: str) -> bool:
    """Whether a line speaks of the picture beside it."""
    return len(text) <= 160 and bool(_PICTURE_LINE.search(text))  # noqa: PLR2004 - captions are short
