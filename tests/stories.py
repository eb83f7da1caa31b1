"""Short texts of our own that copy each other, for the tests of copies."""

from datetime import UTC, datetime, timedelta

from newsduck.items import Known

MORNING = datetime(2026, 3, 2, 8, tzinfo=UTC)

FERRY = """二十日清晨，停航十一年的银滩渡口重新开出第一班轮渡，船上坐了六十三名乘客，多是要去赶集的菜农。
船长何松年说，新船吃水浅，枯水季节也能靠岸，单程只要九分钟，比绕行大桥省下将近一个钟头。
渡口的候船室由旧粮仓改建，墙上保留着当年的水位刻度，最高一道刻在门楣下方两指宽的地方。
票价定为三元，老人和学生减半；县里每年补贴四十万元，用来维持早晚两个低客流班次。
对岸柳湾村的合作社已经在码头边搭起了六间货棚，打算把当天采的莲藕和菱角直接装船。
也有人担心夜航安全。海事人员答复说，航道里新装了十二盏浮标灯，大雾天一律停航。"""

DROUGHT = """南岭以北连续四十七天没有有效降雨，玉屏水库的水面退到了建库以来的最低处，露出一截旧时的石板路。
水利站每天清早测一次水位，值班员陶静怡把数字写在传达室外的小黑板上，过路的人都会停下来看两眼。
沿库三个乡改种了耐旱的高粱和绿豆，稻田只保住一半，剩下的等雨再说。
省里调来二十台打井机，首批六口井打到一百二十米才见水，出水量够两千人饮用。
气象部门预计本月下旬有一次弱降水过程，但难以根本缓解旱情。"""

THEATRE = """白沙镇的百年戏台修好了。匠人们没有用一根铁钉，换下的七十九根旧椽子整整齐齐码在后院。
开台那天演的是老戏，台下坐满了从邻县赶来的票友，最年长的一位九十一岁，能从头跟着唱到尾。
修缮花了三年，钱是街坊们一笔一笔凑起来的，账目贴在侧门，谁都可以看。"""

STOCK = """{day}日，北向资金增持{shares}万股{name}。近5个交易日中，{days}天获增持，累计净增持{sum}万股。
截至目前，北向资金持有{name}{held}万股，占公司已发行普通股的{part}%。"""


def form(**filled: object) -> str:
    """A form of our own, filled in."""
    return STOCK.format(**filled)


def article(number: int, title: str, body: str, *, hours: float = 0, **fields: object) -> Known:
    """An article seen so many hours after the morning."""
    defaults = {"portal": f"portal-{number % 3}", "url": f"http://p{number % 3}.example/{number}"}
    seen = MORNING + timedelta(hours=hours)
    return Known(article_id=number, title=title, body=body, first_seen_at=seen, **(defaults | fields))


def lines(text: str, *chosen: int) -> str:
    """Some of a text's paragraphs."""
    paragraphs = text.split("\n")
    return "\n".join(paragraphs[at] for at in chosen)


def newsroom() -> list[Known]:
    """Fifteen articles of four stories and some that stand alone."""
    early = {"published_at": MORNING - timedelta(hours=3), "published_precision": "minute"}
    filled = {"day": 14, "days": 3, "part": 1.2}
    forms = [
        (
            "14日北向资金增持14.2万股临川重工",
            form(name="临川重工", shares=14.2, sum=40.1, held=990.5, **filled),
        ),
        (
            "14日北向资金增持1.68万股松浦乳业",
            form(name="松浦乳业", shares=1.68, sum=3.9, held=7.31, **filled),
        ),
    ]
    return [
        article(11, "银滩渡口复航", FERRY, hours=5),
        article(12, "停航十一年，轮渡又开了", FERRY, hours=4),
        article(13, "渡口复航 九分钟过江", "本报讯（记者 何远航）" + lines(FERRY, 0, 1, 3), hours=6),
        article(14, "赶集有船坐了", lines(FERRY, 0, 2, 4), hours=7),
        article(15, "一江两岸", FERRY + "\n" + THEATRE, hours=9),
        article(16, "渡口", FERRY.replace("票价定为三元", "票价为三元"), hours=8, **early),
        article(21, "四十七天无雨", DROUGHT, hours=2),
        article(22, "水库露出石板路", lines(DROUGHT, 1, 0, 2, 3), hours=3),
        article(23, "抗旱", lines(DROUGHT, 0, 3), hours=1),
        article(31, "百年戏台开台", THEATRE, hours=1),
        article(32, "戏台", THEATRE + "\n" + lines(DROUGHT, 4), hours=3),
        *(article(41 + at, *one) for at, one in enumerate(forms)),
        article(51, "图", "点击查看", hours=1),
        article(52, "图", "点击查看", hours=2),
    ]
