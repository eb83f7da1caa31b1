"""Word lists of our own: family names, and what stands in a credit without being a name."""

from typing import Final

_SINGLE: Final = """
    赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦
    昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹
    姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐
    邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁
    荀羊甄家封芮储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束
    龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍璩桑
    桂濮牛寿通边扈燕冀浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄
    阙东殴沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公仉
    督岳帅缑亢况郈有琴归海晋楚闫法鄢涂钦商牟佘佴伯赏墨哈谯笪年爱阳佟言福肖粟区亓兰原信禤旷鹿苑宛战仝麦揭
    谌赫郄佀冼淡趙錢孫鄭馮陳衛蔣韓楊許呂張嚴華謝鄒竇雲蘇範魯韋馬鳳鮑費賀湯羅畢鄔樂時齊顧黃蕭談龐紀項閔賈
    婁顏鐘駱萬盧應鄧單諸鈕龔陸榮滎儲車寧欒厲劉葉龍賴喬陰蒼雙聞黨譚貢勞農溫莊閻連習魚國廣闕東師鞏聶簡饒關
    紅遊權蓋況歸閆塗蘭區麥岡吳藍鍾繆曲懷藺壽邊滿歐豐帥覃譙闞遲迟鄺苟撒呙
    付丘丛欧隋朴邝邸代楼
"""
SURNAMES: Final = frozenset("".join(_SINGLE.split()))
"""Family names of one character, simplified and traditional."""

_COMPOUND_TEXT: Final = """
    欧阳 歐陽 太史 端木 上官 司马 司馬 东方 独孤 南宫 南宮 万俟 闻人 夏侯 诸葛 諸葛 尉迟 公羊 赫连 澹台
    皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 司空 令狐 鲜于 轩辕 呼延 西门 东郭
    百里 纳兰 完颜 拓跋
"""
COMPOUND: Final = frozenset(_COMPOUND_TEXT.split())
"""Family names of two characters."""

_NOT_NAMES_TEXT: Final = """
    安全 高考 高速 高温 平安 时间 时政 时评 时尚 文化 文章 文字 文明 国际 国内 国家 和平 成都 成功 成立
    黄山 关注 关于 关键 原创 金融 金额 银行 万元 方面 方式 云南 江苏 江西 江南 海南 海外 山东 山西 广东
    广西 广州 广告 广播 安徽 贵州 武汉 和田 常州 温州 杭州 华东 华北 华南 东方 东北 南方 北方 宁夏 宁波
    连线 上海 天津 通讯 通信 经济 经过 经营 商业 商务 都市 都会 时报 党建 党员 公司 公告 公开 公安 公益
    公众 房产 房价 车市 车展 汽车 马上 马来 应用 应该 有关 有限 全国 全文 全部 全球 相关 相册 家居 家电
    石油 石家庄 能源 能够 那些 何时 何以 从事 如何 明天 明星 常见 平台 平均 平时 项目 任务 后台 须知
    于是 包括 包含 利益 利用 支持 支付 解读 解放 解决 管理 管委会 计划 计算 查看 言论 农业 农村 农民
    年度 年轻 单位 单日 师生 师范 水利 水平 花园 权威 盖章 终于 终审 终校 简介 简讯 简体 法院 法治 法律
    法制 向上 古代 容易 空间 区域 养生 养老 游戏 游客 步行 查询 居民 居住 边境 边缘 红色 海报 强国 强调
    越来 信息 信用 信源 路透社 哈尔滨 综合 综述 整理 整合 编译 文图 图文
    原文 报道 供稿 摄影 通讯员 校对 审核 来源 编辑
    付款 付费 丘陵 丛书 欧洲 欧盟 欧美 欧元 欧冠 欧亚 朴素 代表 代理 代码 代办 楼市 楼盘 楼主 楼上 楼下
    关闭 关注 选题 责编 作者 记者 本报讯 本报 首席 实习 见习 特约 特派 常委 书记 主任 部长 局长
"""
NOT_NAMES: Final = frozenset(_NOT_NAMES_TEXT.split())
"""Words that begin like a name and are none, or words after which none follows."""

_NOBODY_TEXT: Final = """
    未知 佚名 不详 网络 网络整理 本站 转载 互联网 匿名 无 综合 原创 小编 管理员 网友 编辑 记者 作者
    本报讯 综合整理 综合报道 本报综合 admin 编辑部 通讯员 来源 本报 本网 本刊 新华社 网站 其他 暂无
    未署名 投稿 转帖 本站原创 站内 采编 采编中心
    我要评论 发表评论 参与评论 网友评论 我来说两句 我有话说
"""
NOBODY: Final = frozenset(_NOBODY_TEXT.split())
"""What stands where an author should and names nobody, in lower case."""

_VAGUE_TEXT: Final = """
    转载 转载文章 网络 互联网 网络转载 网络整理 综合 网友 不详 未知 其他 其它 佚名 转帖 整理 原创 网上
    来源网络 来自网络 综合网络
"""
VAGUE: Final = frozenset(_VAGUE_TEXT.split())
"""What stands where a source should and names none."""

_WORKS_TEXT: Final = """
    报道 整合 综合 整理 编译 等 摄影报道 综合报道 特稿 专稿 撰 供稿 发自 完 本文 文 文图 图文
"""
WORKS: Final = frozenset(_WORKS_TEXT.split())
"""What may stand behind names besides: the kind of work."""

_PLACES_TEXT: Final = """
    北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东
    海南 四川
    贵州 云南 陕西 甘肃 青海 台湾 内蒙古 广西 西藏 宁夏 新疆 香港 澳门 中国香港 中国台湾 中国澳门
    北京市 上海市 天津市 重庆市 美国 日本 英国 加拿大 澳大利亚 海外
"""
PLACES: Final = frozenset(_PLACES_TEXT.split())
"""Where accounts say that they write from."""

_TOWNS_TEXT: Final = """
    娄底 岳阳 邵阳 怀化 常德 益阳 安庆 安康 安顺 安阳 池州 滁州 黄石 黄冈 荆州 荆门 武威 平凉 金昌 白银 景德镇
    梅州 惠州 江门 云浮 温州 金华 衢州 乐山 巴中 广元 广安 达州 康定 和田 包头 通辽 通化 白城 白山 宁德 柳州
    贺州 桂林 房山 石家庄 邢台 晋城 晋中 阳泉 吕梁 都匀 毕节 凉山 甘孜 吴忠 江阴 昌吉 商丘 商洛 咸阳 马鞍山
    张家口 张家界 张家港 宿迁 宿州 阜阳 苏州 连云港 鲁山 鲁西 万州 涪陵 合川 江津 梁平 温江 郫都 龙岩 海口
    文昌 万宁 齐齐哈尔 牡丹江 松原 延吉
"""
TOWNS: Final = frozenset(_TOWNS_TEXT.split())
"""Towns that begin as names do: before 报道 they are where a story was written."""
