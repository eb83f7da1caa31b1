"""What is not story on a news page: lines that stand beside the text (pure).

Word lists, one alternative a word (white space apart; `_` stands for any white space): a list is a pattern.
"""

import re
from typing import Final

from newsduck.parse.memo import Memo


def _any(words: str) -> str:
    """Alternatives of a pattern from a list of words."""
    return "|".join(word.replace("_", r"\s*") for word in words.split())


_OPEN: Final = r"^[\s\[【（(「<《★☆●■◆▲△▼◎○·•*－—丨|□◇※>»↑↓\-]*"
_ROLES: Final = _any("""
    责任编辑 責任編輯 责_编 编_辑 校_对 审_核 校审
    编辑 編輯 值班编辑 实习编辑 网络编辑 执行编辑 图文编辑 文字编辑 美编 美术编辑
    新媒体编辑 编审 审核 审读 审签 校对 监制 值班主任 值班主编 主编 主任 终审 复审 初审 一审 二审 三审
    签发 制作 策划 总策划 统筹 出品 视觉 设计 排版 运营 文章来源 信息来源 内容来源 资料来源 稿件来源
    本文来源 转载来源 原文来源 新闻来源 素材来源 来源于? 來源 稿源 信源 来自 素材 作者 原作者 原文作者
    撰文 撰稿 采写 采访 文字 记者 記者 通讯员 执笔 原创 整合 本文作者 摄影 摄像 摄影报道 图片 图文 配图
    供图 供稿 图 文图 文 图/文 文/图 编译 翻译 译者 整理 录入 发布 发布者 发布人 上传 发布时间 发布日期
    更新时间 时间 日期 點擊 点击 浏览 瀏覽 阅读 閱讀 浏览次数 阅读次数 点击数 点击率 访问次数 阅读数
    浏览量 阅读量 人气 字号 字体 字體 关键字 关键词 關鍵字 關鍵詞 文章关键词 标签 標籤 原标题 原標題 原题
    原文链接 原文 本文链接 原文标题 链接 连接 版面 版次 见习记者 实习生 实习记者 特约记者 本报记者 剪辑
    拍摄 出镜 配音 海报 制图 供稿单位 投稿 投稿邮箱 微信号 公众号 上一篇 下一篇 上一条 下一条 上一则
    文章作者 文章链接 下一则 上一篇文章 下一篇文章 前一篇 后一篇 文章录入 信息录入 选稿编辑 选稿
    本文标题 本文地址 本文网址 本文網址 文章地址 文章标题 原文地址 转载地址 固定链接 永久链接
    本网编辑 读者热线 新闻热线
    分类 所属分类 栏目 频道 专题 索引号 发文单位 主题词
""")
_ROLE_LINE: Final = re.compile(
    _OPEN
    + r"(?:本文|[\u3400-\u9fff]{2,4}(?:新闻|财经|网|报|在线)(?=\w{2,4}\s*[|｜丨]))?"
    + "(?:文字|视频|图片|摄影|摄像|海报|见习|实习|首席|值班|栏目|流程|新媒体|网络|本期|助理)?"
    + rf"(?:{_ROLES})\s*(?:[:：/／|｜丨]|[>》]{{1,2}}|】|\]|\s+[^\s，。]{{1,12}}(?:\s|$))"
)
_ROLE_WITHIN: Final = re.compile(rf"(?:^|[\s，,、;；(（])(?:{_ROLES})[:：/／|｜]")
_MEDIA: Final = _any(r"""
    本报 本刊 本网 本台 总台 央视 新华社 中新社 中新网 人民网 《\w{1,10}》
    [\w·]{2,10}(?:新闻|报道|报|网|社|台|日报|晚报|周刊|杂志|财经|在线)
""")
_BYLINE: Final = re.compile(
    rf"^[（(【\[]?\s*(?:(?:{_MEDIA})[-—]?){{0,2}}\s*(?:首席|特约|见习|实习|特派|驻\w{{1,6}}|全媒体|融媒体|中央厨房)*"
    r"(?:记者|記者|通讯员|特约撰稿人?|评论员|作者)\s*[:：]?\s*[^，。！？；]{0,40}[）)】\]]?$"
)
_TOOL_WORDS: Final = """
    分享 转发 收藏 举报 打印 打印本页 关闭 关闭窗口 返回顶部 返回首页 返回 纠错 我要纠错 点赞 赞 推荐 评论
    广告 廣告 關閉 列印 推荐给朋友 告诉好友 加入收藏 收藏此页 收藏本页 打印此文 打印此页
    投稿 论坛 免费订阅 转载 打开全文 展開全文 關鍵字 关键字 网摘 大字体 小字体 语音朗读 分享: 字体:
    字号: END 完 全文完 大 中 小 放大 缩小 正常 A+ A- 小字号 大字号 上一页 下一页
    尾页 余下全文 展开全文 阅读全文 查看全文 查看更多 更多 末页 资料图 资料图片 相关资料图 图文无关
    点击看大图 点击看清晰大图 点击查看大图 我要评论 发表评论 参与评论 写评论 首页 关注 +关注 关注我们 已关注
    客户端下载 收起 播放 加载中 展开 复制链接 微信 微博 QQ QQ空间 朋友圈 新浪微博 腾讯微博 豆瓣 取消 确定
    登录 注册 刷新 重播 保存 繁体 简体 昨天 今天 前天 刚刚 人参与 条评论 页面功能 我来说两句 我要“揪”错
    发送给朋友 打印本文 推荐给朋友 繁體 简 繁 TOP top 网友评论 ［打印］ ［关闭］ 本文导航 图集已浏览完毕
    上一篇 下一篇 上一版 下一版 上一条 下一条 默认 视频简介
    摘要 重新浏览 阅读 共有评论 条 次 人 喜欢 不喜欢 赞赏 打赏 已赞 投诉 朗读 听新闻 语音播报 全屏 退出 稿件
    正文
"""
_TOOLS: Final = frozenset(_TOOL_WORDS.split())
_BUTTONS: Final = re.compile(r"(?:\s*[\[【〖［][^\]】〗］]{1,8}[\]】〗］]\s*){2,}$")
"""Nothing but words in brackets, which are buttons whatever they say."""
_TOOL_WORD: Final = re.compile(r"[^\s\[\]【】（）()「」|｜:：·•>»<«/／\-—－\d,.，。!！…]+")
_WHOLE: Final = re.compile(
    _OPEN
    + "(?:"
    + _any(r"""
        分享(?:到|至|给|让).{0,20} (?:The|THE)_END.{0,4} 正文已结束.{0,30}
        (?:微信)?扫(?:一扫|码|描|二维码).{0,60} 加载中.{0,6} 点击加载更多.{0,4} 字号.{0,12}
        第\d+页.{0,30}[页頁].{0,6} 点击(?:查看|进入|图片|放大|下方).{0,16} 图片来源.{0,24}
        (?:图|视频)源?[/:：].{0,20} (?:封面图?|题图|头图)_(?:来自|来源|[:：/]).{0,24}
        (?:注：?)?(?:文中)?(?:图片|配图|图)(?:均|部分)?(?:来自|来源于?|源自).{0,40}
        (?:文中|本文)?(?:图片|配图|图)由.{2,12}提供 发于.{4,14}期《[^《》]{2,14}》.{0,10}
        《[^《》]{2,14}》.{0,8}第\d{1,4}期.{0,6} (?:本文)?原?(?:刊|载)[载登]?于.{2,30}第\d{1,4}期.{0,10}
        .{0,4}(?:封面|题图|头图)图片来源.{0,24} [\u3400-\u9fff]{2,8}(?:国内部|新闻中心|编辑部)?出品
        (?:記者.{2,8}|[\u3400-\u9fff]{2,4}中心|[\u3400-\u9fff]{2,4}(?:[、\s][\u3400-\u9fff]{2,4}){0,2})_[/／]_.{2,8}(?:報導|報道)
        《.{2,10}》(?:提醒您|關心您).{0,60}
        加入.{2,20}(?:LINE|好友|粉絲團).{0,24} 更多.{2,20}(?:按此|點此|请戳|請按).{0,4}
        .{0,40}[:：]_[\w.+-]+@[\w.-]+ [图圖][说說解注]_[:：].{1,80}
        [\w.+-]{2,30}@[\w.-]{4,30}
        写评论.{0,20} \d+_人参与.{0,20} 阅读_[（(]?\d*[)）]? 浏览_\d* \d+_条?评论.{0,12}
        本文仅代表作者.{0,50} 原创文章.{0,60} 视频加载中.{0,8} 原(?:标|文)?题(?:为|是|：|:|《).{1,80}
        您的浏览器.{0,60} 請繼續往下閱讀.{0,4} .{0,20}用APP看新聞.{0,50} 此文(?:限时)?免费阅读
        (?:首次)?(?:发布|发表|编辑|發佈|發表)[于於]_(?:\d[\d年月/.:\s日-]{3,20}|[昨今前]天.{0,8})(?:[・·|,，]?_(?:IP_属地|来自).{0,12})?
        [^，。！？]{2,20}》[\s（(]*(?:19|20)\d\d年\d{1,2}月\d{1,2}日[^，。]{0,14}版 阅读原文 举报[/／]反馈
        返回.{2,6}[，,]_查看更多 (?:点击|點擊|点|戳)_[“「]?(?:上方|蓝字|标题下|阅读原文).{0,24}
        (?:.{0,12}[，,])?点(?:一?个)?[“「]?(?:在看|分享|收藏).{0,6} (?:.{0,12}[，,])?点个[“「]?赞.{0,6}
        (?:觉得|喜欢).{1,12}点击?这里.{0,6} (?:请|請)同意.{0,6}(?:隐私|隱私).{0,30}
        (?<=[★※◎☆])_.{2,14}(?:提醒您|關心您).{0,60} (?:[#＃][^\W\d][^\s#＃，。]{0,15}(?:[#＃]|\s|$)\s*){2,}
        [#＃][^\s#＃，。]{2,16}[#＃]
    """)
    + r")[\s\]】）)」\-—－·<«。.!！]*$"
)
_DISCLAIMER: Final = re.compile(
    _OPEN
    + r"(?:\d{1,2}[、.．)）])?"
    + "(?:"
    + _any(r"""
        (?:特别|免责|版权|广告|郑重|重要|本站|本网|作者|风险)?(?:声明|提示|说明|聲明)[\]】]?_[:：】] 版权所有
        [\u3400-\u9fff]{2,6}(?:声明|聲明)_[:：】] 如需转载 风险提示及免责 市场有风险，(?:投资|入市)
        特别提醒_[:：].{0,40}(?:图片|作品|版权) .{0,60}(?:新闻|报料|爆料|投诉|广告)热线_[:：]?_\d{3}
        .{4,60}尽在.{2,16}(?:APP|App|客户端)$ 本(?:网站|站).{0,40}(?:商业用途|不承担)
        .{2,14}(?:APP|App|客户端)(?:經已|已經|现已|現已)
        版权归.{0,20}所有 (?:本网)?转载(?:请|须|需|自|本文|务必) 未经.{0,16}(?:授权|许可|允许|同意|书面)
        凡(?:本网|本站|本报|注明|标注|来源|转载|标有).{0,60}
        [\u3400-\u9fff]{2,8}版权(?:与|及|和)?免责声明 本文转载自 Copyright © \(C\) Notice_: ICP备
        (?:本文|以上|文章|上述|本作品|本网|本站|该文|本内容).{0,72}(?:不代表|授权|转载|版权|立场)
        (?:本文|以上|文章|上述|本作品|本网|本站|该文|本内容).{0,72}(?:仅供参考|侵权|下载“|注明|投资建议|仅提供信息)
        (?:本文|本網|本網站|以上|未經|非經).{0,40}(?:授權|轉載|版權|翻攝) 版權所有 著作權(?:所有|歸|屬)
        .{0,30}未经授权.{0,12}转载 .{0,40}如有侵权.{0,20}(?:联系|删除)
        .{0,12}(?:新闻)?报料(?:热线|电话)?_[:：] .{0,8}(?:投诉|举报|新闻|爆料)(?:热线|电话|邮箱)_[:：]
        .{0,12}(?:下载|打开|关注|安装).{0,14}(?:APP|app|客户端|公众号|微信号)
        (?:更多|获取更多|想了解更多|欲知更多).{0,30}(?:关注|下载|点击|请|戳|客户端|APP|公众号)
        欢迎.{0,10}(?:关注|订阅|投稿|下载|扫码).{0,30} 关注.{0,16}(?:公众号|微信|微博)
        长按.{0,20}(?:二维码|关注|识别) .{0,30}扫描?(?:上方|下方)?二维码.{0,30}
        如对本(?:文|稿).{0,16}(?:异议|投诉)
    """)
    + ")"
)
_LEGAL: Final = re.compile(
    "异议|声明|聲明|提示|说明|提醒|热线|风险|已經|經已|现已|現已|版权|转载|授权|许可|允许|同意|书面|凡|Copyright|©|\\(C\\)|Notice|ICP|代表|立场|参考|侵权|下载|"
    "注明|建议|信息|尽在|用途|承担|报料|投诉|举报|新闻|爆料|打开|关注|安装|更多|欢迎|长按|扫|授權|轉載|版權|著作權|翻攝|"
    ":|：|邮政编码|备案|网站标识码"
)
"""A word of each disclaimer and contact: cheap to look for first."""
_CONTACT: Final = re.compile(
    _any("""
        地址_[:：] 电话_[:：] 传真_[:：] 邮编_[:：] 邮政编码 邮箱_[:：] 热线_[:：] T[Ee][Ll]_[:：]
        t[Ee][Ll]_[:：] 主办(?:单位)?_[:：] 承办(?:单位)?_[:：] 技术支持_[:：] 备案号? ICP 网站标识码
        版权所有 许可证
    """)
)
"""Each begins with a letter, not a class: then the search skips all places that begin with another one."""
_MARK: Final = re.compile("[:：/／|｜]")
_SURE_END: Final = _any(r"""
    责任编辑_[:：] 責任編輯_[:：] 责编_[:：|｜] 正文已结束 本文(?:来源|导航)_[:：] 网友评论 最新评论
    (?:全部|网友)?(?:评论|留言|回复)_[（(]?\d+[)）]?_条?$ .{0,45}有_\d+_条(?:评论|回复|留言)$
    全部评论 热门评论 精彩评论 评论列表 文章评论 用户评论 新闻评论 我来说两句 我要评论 发表评论
    作者最新文章 友情链接 猜你喜欢 大家都在(?:看|搜) 你可能(?:喜欢|感兴趣) 您可能(?:喜欢|感兴趣)
""")
_LISTED: Final = "(?:阅读|推荐|链接|文章|新闻|资讯|评论|内容|报道|热点|精彩|搜索|热文|排行|图集|专题)"
_LIST_END: Final = _any(r"""
    相关(?:新闻|阅读|链接|报道|文章|稿件|推荐|搜索|资讯|专题)
    相关(?:内容|信息|评论|视频|话题|热词|主题|产品|图片|附件)
    相關(?:新聞|閱讀|報導|文章) [\u3400-\u9fff]{2,4}新闻精选
    (?:延伸|扩展|推荐|热门|更多|精彩|编辑|为您|为你|今日|本周|热点|最新|其他|其它|近期)[·•\s]*{LISTED}
    延伸閱讀 熱門(?:新聞|文章) 热搜 排行榜 点击排行 看了又看 往期(?:回顾|精彩|推荐|阅读) 分享到_[:：]?_$
    文章导航 请选择您(?:看到|阅读|浏览).{0,16}心情 您看到此篇文章时的感受.{0,4} 更多.{0,6}(?:報導|新聞)
""").replace("{LISTED}", _LISTED)
_END: Final = re.compile(_OPEN + f"(?:{_SURE_END}|{_LIST_END})")
_SURE: Final = re.compile(_OPEN + f"(?:{_SURE_END})")
_ROLE_MOST: Final = 90
_BYLINE_MOST: Final = 60
_WHOLE_MOST: Final = 90
_DISCLAIMER_MOST: Final = 400
_END_MOST: Final = 60
_CONTACT_MOST: Final = 160
_TOOLS_MOST: Final = 60
_SEVERAL: Final = 2
_CLOSES: Final = {"（": "）", "(": ")", "【": "】"}
_BEHIND_BYLINE: Final = 16
"""More than this behind the closing bracket is the paragraph that the byline opens."""


def is_beside_text(text: str) -> bool:
    """Whether a line of a story's container is no part of the story: credits, tools, disclaimers."""
    return len(text) <= _DISCLAIMER_MOST and _BESIDE.of(text)


def _stands_beside(text: str) -> bool:
    size = len(text)
    return bool(
        (size <= _TOOLS_MOST and _is_tools(text))
        or (size <= _WHOLE_MOST and _WHOLE.match(text))
        or (size <= _ROLE_MOST and _is_role_line(text))
        or (size <= _BYLINE_MOST and _names_writer(text) and _BYLINE.match(text))
        or (_LEGAL.search(text) and (_DISCLAIMER.match(text) or _names_contacts(text)))
    )


_BESIDE: Final = Memo(_stands_beside, most=2048)


def _is_role_line(text: str) -> bool:
    """Whether a line gives people their roles; a paragraph may open with a byline in brackets."""
    if not (_ROLE_LINE.match(text) or _names_roles(text)) or _asks(text):
        return False
    behind = len(text) - text.find(_CLOSES[text[0]]) if text[0] in _CLOSES else 0
    return behind <= _BEHIND_BYLINE or text[-1] not in "。！”"


def _names_roles(text: str) -> bool:
    """Whether several roles stand in a line, each with its mark."""
    return len(_MARK.findall(text)) >= _SEVERAL and len(_ROLE_WITHIN.findall(text)) >= _SEVERAL


def _names_contacts(text: str) -> bool:
    """Whether a line gives several of the ways to reach a site, or its permits."""
    return len(text) <= _CONTACT_MOST and len(set(_CONTACT.findall(text))) >= _SEVERAL


def _asks(text: str) -> bool:
    """Whether a line ends as a question does: in an interview, 记者： opens one."""
    return text.endswith(("？", "?", "！", "？”", "?”", "！”", "？」", "?」", "！」"))


def _names_writer(text: str) -> bool:
    """Whether a line may be a byline: a character of each of its roles, cheap to look for first."""
    return "者" in text or "员" in text or "稿" in text


def _is_tools(text: str) -> bool:
    """Whether a line consists of the words of buttons, of signs, or of nothing."""
    if text[-1] == "%" and text.lstrip("+-−")[:1].isdigit():
        return False
    if _BUTTONS.match(text):
        return True
    first = _TOOL_WORD.search(text)
    if first is None:
        return not text.isdigit() or len(text) == 1
    return _is_tool(first.group()) and all(map(_is_tool, _TOOL_WORD.findall(text, first.end())))


def _is_tool(word: str) -> bool:
    return word in _TOOLS or not (word.isalnum() or any(map(str.isalnum, word)))


def is_end(text: str) -> bool:
    """Whether a line opens what follows a story: related stories, comments, the editor's line."""
    return len(text) <= _END_MOST and bool(_END.match(text))


def is_sure_end(text: str) -> bool:
    """Whether nothing of the story can stand behind such a line."""
    return len(text) <= _END_MOST and bool(_SURE.match(text))


_PROMOTES: Final = re.compile(
    "订阅|訂閱|领取|下载|下載|开户|炒股|关注|加入|报名|抽奖|优惠|点击|點擊|扫码|按此|追蹤|请戳"
)
_PROMOTION_MOST: Final = 100


def is_promotion(text: str) -> bool:
    """Whether a line that holds a link asks to follow, to load or to buy something, and is no sentence."""
    return len(text) <= _PROMOTION_MOST and text[-1] != "。" and _PROMOTES.search(text) is not None
