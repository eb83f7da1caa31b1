"""Invented news for measurements: stories of facts, each fact with two wordings; forms; live blogs."""

# ruff: noqa: E501, ISC004, SIM905 - lines of text
from dataclasses import dataclass
from random import Random

import invented_words as words


def _pairs(text: str) -> list[tuple[str, str]]:
    return [(line.split("|")[0], line.split("|")[1]) for line in text.splitlines()]


WHO, DID, WHAT, SO, SAID = map(_pairs, (words.WHO, words.DID, words.WHAT, words.SO, words.SAID))


@dataclass(frozen=True)
class Story:
    """A title and its paragraphs."""

    title: str
    paragraphs: tuple[str, ...]

    @property
    def body(self) -> str:
        return "\n".join(self.paragraphs)


def name(random: Random) -> str:
    return random.choice(words.SURNAMES) + random.choice(words.GIVEN)


def figure(random: Random) -> str:
    return f"{random.uniform(1, 900):.{random.choice((0, 0, 1, 2))}f}"


def _fact(random: Random) -> tuple[str, str]:
    """One sentence, in two wordings of the same thing."""
    kind, place, speaker = random.randrange(5), random.choice(words.PLACES), name(random)
    role, number, day = random.choice(words.ROLES), figure(random), random.randint(1, 28)
    who, did, what, so, said = (random.choice(pairs) for pairs in (WHO, DID, WHAT, SO, SAID))
    also = random.choice(SO)
    if kind == 0:
        return (
            f"{day}日，{place}{who[0]}{did[0]}{what[0]}，{so[0]}。",
            f"{so[1]}。{who[1]}本月{day}日{did[1]}{what[1]}，事情发生在{place}。",
        )
    if kind == 1:
        return (
            f"“{said[0]}。”{place}{role}{speaker}说，{so[0]}。",
            f"{so[1]}，在{place}任{role}的{speaker}这样解释，他的意思是{said[1]}。",
        )
    if kind == 2:
        return (
            f"{what[0]}涉及资金{number}万元，其中{figure(random)}万元用于{place}，{so[0]}，{also[0]}。",
            f"{also[1]}；{so[1]}。{what[1]}一共要花{number}万元，{place}占去一部分。",
        )
    if kind == 3:
        return (
            f"据{who[0]}介绍，{so[0]}，{place}一带{also[0]}。",
            f"{place}那边的情形是{also[1]}，{who[1]}透露说{so[1]}。",
        )
    return (
        f"{speaker}回忆，{what[0]}刚开始时，{so[0]}，“{said[0]}”。",
        f"说起{what[1]}的头几天，{speaker}记得{so[1]}，还说{said[1]}。",
    )


def events(random: Random, sentences: int) -> tuple[Story, Story]:
    """The same event twice, in other words: what an agency prints, and what another reporter makes of it."""
    facts = [_fact(random) for _ in range(sentences)]
    place, who, did, what = random.choice(words.PLACES), *map(random.choice, (WHO, DID, WHAT))
    titles = f"{place}{who[0]}{did[0]}{what[0]}", f"{place}：{what[1]}，{who[1]}怎么做"
    wordings = [[fact[side] for fact in facts] for side in (0, 1)]
    random.shuffle(wordings[1])
    first, second = (
        Story(title, _paragraphs(random, texts)) for title, texts in zip(titles, wordings, strict=True)
    )
    return first, second


def _paragraphs(random: Random, sentences: list[str]) -> tuple[str, ...]:
    """One to three sentences a paragraph."""
    paragraphs, rest = [], list(sentences)
    while rest:
        size = random.randint(1, 3)
        paragraphs.append("".join(rest[:size]))
        rest = rest[size:]
    return tuple(paragraphs)


def _stock(r: Random) -> Story:
    share = r.choice(WHO)[0] + r.choice("控股 股份 国际 集团".split())
    title = f"{r.randint(1, 28)}日北向资金增持{figure(r)}万股{share}"
    return Story(
        title,
        (
            f"{r.randint(1, 12)}月{r.randint(1, 28)}日，北向资金增持{figure(r)}万股{share}。近5个交易日中，有{r.randint(1, 5)}天"
            f"获北向资金增持，累计净增持{figure(r)}万股。近20个交易日中，有{r.randint(1, 20)}天获北向资金增持，累计净增持{figure(r)}万股。",
            f"截至目前，北向资金持有{share}{figure(r)}万股，占公司已发行股份的{r.uniform(0.1, 9):.2f}%。",
        ),
    )


def _lottery(r: Random) -> Story:
    issue = r.randint(26001, 26350)
    balls = " ".join(f"{n:02}" for n in sorted(r.sample(range(1, 34), 6)))
    return Story(
        f"双色彩第{issue}期开奖",
        (
            f"双色彩第{issue}期开奖号码：红球{balls}，蓝球{r.randint(1, 16):02}。本期投注总额{figure(r)}万元。",
            f"一等奖{r.randint(0, 9)}注，单注奖金{r.randint(500, 999)}万元；二等奖{r.randint(50, 200)}注，单注奖金{r.randint(10, 40)}"
            f"万元；奖池滚存{r.uniform(1, 20):.2f}亿元。兑奖截止日期为开奖之日起六十天，逾期视为弃奖。",
        ),
    )


def _weather(r: Random) -> Story:
    place, sky = r.choice(words.PLACES), "晴 多云 阴 小雨 阵雨 雷阵雨 小雪".split()
    return Story(
        f"{place}今日天气预报",
        (
            f"{place}气象台{r.randint(1, 28)}日{r.randint(5, 20)}时发布：今天白天{r.choice(sky)}转{r.choice(sky)}，最高气温"
            f"{r.randint(-5, 38)}℃，{r.choice('东南西北')}风{r.randint(1, 6)}级；夜间{r.choice(sky)}，最低气温{r.randint(-15, 25)}℃，"
            f"相对湿度{r.randint(20, 95)}%。明天{r.choice(sky)}，气温{r.randint(-5, 10)}到{r.randint(11, 35)}℃。请市民注意适时增减衣物。",
        ),
    )


def _filing(r: Random) -> Story:
    company = r.choice(words.PLACES) + r.choice("重工 生物 电气 矿业 科技 乳业 航运 材料".split())
    code, meeting = r.randint(600000, 689999), r.randint(1, 9)
    return Story(
        f"{company}：关于召开2026年第{meeting}次临时股东会的公告",
        (
            f"证券代码：{code} 证券简称：{company}。本公司董事会及全体董事保证本公告内容不存在任何虚假记载、误导性陈述或者重大遗漏，"
            "并对其内容的真实性、准确性和完整性承担法律责任。",
            f"{company}定于2026年{r.randint(1, 12)}月{r.randint(1, 28)}日{r.randint(9, 15)}时召开2026年第{meeting}次临时股东会，"
            f"股权登记日为{r.randint(1, 12)}月{r.randint(1, 28)}日，会议地点为{r.choice(words.PLACES)}{r.choice(WHO)[0]}会议室。",
            f"会议审议{r.randint(2, 9)}项议案，网络投票时间为当日9时15分至15时。联系人：{name(r)}，电话{r.randint(20000000, 89999999)}。",
        ),
    )


def _air(r: Random) -> Story:
    place = r.choice(words.PLACES)
    return Story(
        f"{place}空气质量日报",
        (
            f"{r.randint(1, 28)}日，{place}空气质量指数为{r.randint(15, 260)}，首要污染物为{r.choice(['细颗粒物', '臭氧', '可吸入颗粒物'])}，"
            f"浓度为每立方米{r.randint(8, 190)}微克，{r.randint(1, 9)}个监测点中有{r.randint(0, 9)}个达标。预计未来{r.randint(12, 72)}小时"
            f"扩散条件{r.choice(['较好', '一般', '较差'])}，指数在{r.randint(20, 90)}至{r.randint(91, 200)}之间。",
        ),
    )


def _match(r: Random) -> Story:
    home, away = r.sample(words.PLACES, 2)
    return Story(
        f"联赛第{r.randint(1, 30)}轮：{home}{r.randint(0, 5)}比{r.randint(0, 5)}{away}",
        (
            f"{r.randint(1, 28)}日晚进行的联赛第{r.randint(1, 30)}轮比赛中，{home}队主场以{r.randint(0, 5)}比{r.randint(0, 5)}对阵{away}队，"
            f"上座{r.randint(2000, 40000)}人。第{r.randint(1, 45)}分钟，{name(r)}接{name(r)}传球破门；第{r.randint(46, 90)}分钟，"
            f"{name(r)}罚中点球。{home}队控球率{r.randint(30, 70)}%，射门{r.randint(3, 25)}次；{away}队角球{r.randint(0, 12)}个。"
            f"此役过后，{home}队积{r.randint(5, 70)}分，排名第{r.randint(1, 18)}；{away}队积{r.randint(5, 70)}分，排名第{r.randint(1, 18)}。",
        ),
    )


def _prices(r: Random) -> Story:
    place = r.choice(words.PLACES)
    goods = r.sample("白菜 土豆 番茄 黄瓜 豆角 茄子 猪肉 鸡蛋 草鱼 苹果".split(), 5)
    listed = "，".join(f"{good}每公斤{r.uniform(1, 40):.2f}元" for good in goods)
    return Story(
        f"{place}批发市场行情",
        (
            f"{r.randint(1, 12)}月{r.randint(1, 28)}日，{place}农产品批发市场上市量{r.randint(300, 9000)}吨，比昨日"
            f"{r.choice(['增加', '减少'])}{r.uniform(0.1, 12):.1f}%。{listed}。市场方面预计近期价格总体平稳。",
        ),
    )


FORMS = (_stock, _lottery, _weather, _filing, _air, _match, _prices)


def form(random: Random, kind: int) -> Story:
    """A form filled in: same words, other figures and names each time."""
    return FORMS[kind % len(FORMS)](random)


def live_blog(random: Random, updates: int) -> list[Story]:
    """Updates on one event: background printed each time, the last entries kept, new ones on top."""
    place, what = random.choice(words.PLACES), random.choice(WHAT)[0]
    background = [_fact(random)[0] for _ in range(2)]
    plain_titles = random.random() < 0.5
    entries: list[str] = []
    found = []
    hour = random.randint(6, 12)
    for number in range(updates):
        new = [
            f"{hour + number}时{random.randint(10, 59)}分，{_fact(random)[0]}"
            for _ in range(random.randint(3, 5))
        ]
        tops = f"{place}{what}最新进展（{hour + number}时更新）", f"{place}{what}：{random.choice(SO)[0]}"
        found.append(Story(tops[plain_titles], (*new, *entries[:1], "".join(background))))
        entries = new + entries
    return found


def with_background(random: Random, paragraphs: int, *, alone: bool) -> tuple[Story, ...]:
    """Two stories that print one background, which is 15-35 % of each, anywhere but at their beginnings.

    A company's profile, a disclaimer, what a weather warning means: printed by all who write of it. It stands
    in so many paragraphs of its own, or in one that says something else before and after it.
    """
    while True:
        sentences = random.randint(6, 20)
        one, other = (events(random, sentences)[0] for _ in range(2))
        background = [
            "".join(_fact(random)[0] for _ in range(random.randint(1, 4))) for _ in range(paragraphs)
        ]
        letters = len("".join(background))
        if all(0.15 <= letters / (letters + len(story.body)) <= 0.35 for story in (one, other)):
            return tuple(_printed(random, story, background, alone=alone) for story in (one, other))


def _printed(random: Random, story: Story, background: list[str], *, alone: bool) -> Story:
    """A story with a background after one of its paragraphs."""
    place = random.randint(1, len(story.paragraphs))
    before, after = list(story.paragraphs[:place]), list(story.paragraphs[place:])
    if not alone:
        background = [before.pop() + "".join(background) + (after.pop(0) if after else "")]
    return Story(story.title, (*before, *background, *after))
