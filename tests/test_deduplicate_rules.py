from random import Random

import numpy as np
import opencc
import pytest
from stories import DROUGHT, FERRY, THEATRE, form, lines

from newsduck.deduplicate.likeness import Change, compare
from newsduck.deduplicate.meetings import related
from newsduck.deduplicate.pairs import Pair, is_live
from newsduck.deduplicate.rules import RULES, Mark, decide, quotation
from newsduck.deduplicate.shingles import Text
from newsduck.fold import fold

NOTICE = "本网站所刊内容的版权归原作者所有，未经许可不得转载，谢谢合作，特此声明。"
ENGLISH = (
    "The ferry at Silver Beach sailed again on Friday morning, eleven years after the last boat was tied up. "
    "Sixty-three people were on board, most of them farmers on their way to the market across the river."
)


def pair(body: str, other: str, title: str = "渡口复航", other_title: str = "轮渡开了") -> Pair:
    likeness = compare(Text(fold(body)), Text(fold(other)))
    return Pair(likeness, fold(title), fold(other_title), bodies=(body, other))


def rule(*args: str) -> str | None:
    found = decide(pair(*args))
    return found.rule if found else None


@pytest.mark.parametrize(
    "other",
    [
        FERRY.replace("，", " , ").replace("。", "．"),
        opencc.OpenCC("s2tw").convert(FERRY),
        "\u3000\u3000" + FERRY.replace("\n", "\n\n\u3000\u3000"),
    ],
)
def test_the_same_letters_are_the_same_text(other):
    assert rule(FERRY, other) == "same-text"


@pytest.mark.parametrize(
    "other",
    [
        "本报银滩电（记者 何远航）" + FERRY + "\n（责任编辑：陶静怡）",
        lines(FERRY, 0, 1, 3, 4, 5),
        lines(FERRY, 3, 4, 5, 0, 1, 2),
        FERRY[: len(FERRY) * 6 // 10],
        FERRY + "\n" + THEATRE,
        FERRY.replace("旧", "日").replace("六", "大").replace("岸", "崖"),
    ],
)
def test_re_prints_are_near_copies(other):
    assert rule(FERRY, other) == "near-copy"


def test_what_stands_almost_wholly_in_another_text_is_an_excerpt():
    assert rule(FERRY, lines(FERRY, 2, 3)) == "excerpt"
    assert rule(THEATRE, f"{DROUGHT}\n{THEATRE}\n{FERRY}") == "excerpt"


def test_a_long_passage_in_another_story_is_a_quotation():
    quoting = "\n".join([lines(DROUGHT, 0, 1), lines(FERRY, 1, 2), lines(DROUGHT, 2, 3, 4)])
    assert rule(FERRY, quoting) == "quotation"


PROFILE = (
    "松浦乳业成立于一九九八年，主要生产巴氏奶和奶酪，在柳湾与白沙各有一座牧场，存栏奶牛八千头，产品销往邻近三省的"
    "学校和早餐店，去年营收四亿元，其中六成来自订奶上门，另有两条低温线在建，预计明年春天投产。"
)


def test_a_paragraph_that_two_stories_print_as_background_is_no_quotation():
    one, other = [lines(FERRY, 0, 1), PROFILE, lines(FERRY, 2, 3, 4)], [lines(DROUGHT, 0), PROFILE, THEATRE]
    assert rule("\n".join(one), "\n".join(other)) is None
    within = lines(FERRY, 0) + PROFILE + lines(FERRY, 1, 2, 3), lines(DROUGHT, 0) + PROFILE + THEATRE
    assert rule(*within) is None
    assert quotation(pair(*within))


def test_a_passage_over_two_paragraphs_or_much_of_a_text_is_a_quotation():
    story = "\n".join([lines(FERRY, 0), PROFILE[:70], PROFILE[70:], lines(FERRY, 1, 2, 3)])
    assert rule(story, "\n".join([lines(DROUGHT, 0), PROFILE, THEATRE])) == "quotation"
    short = "\n".join([lines(FERRY, 0), PROFILE, lines(FERRY, 1)])
    assert rule(short, f"{DROUGHT}\n{PROFILE}\n{THEATRE}") == "quotation"


def test_background_that_ends_both_texts_is_no_quotation():
    background = "这一渡口始建于明代，曾是两省盐商过江的要道，清末一度繁盛，三十年前随大桥通车而冷落。" * 2
    assert rule(FERRY + background, DROUGHT + background) is None


def test_a_form_filled_in_again_is_no_copy():
    one = form(day=14, shares=14.2, name="中港食品", days=3, sum=40.1, held=990.5, part=1.2)
    other = form(day=14, shares=1.68, name="大新金控", days=2, sum=3.9, held=77.31, part=0.4)
    titles = "14日北向资金增持14.2万股中港食品", "14日北向资金增持1.68万股大新金控"
    assert compare(Text(fold(one)), Text(fold(other))).contained > 0.3
    assert rule(one, other, *titles) is None
    assert rule(one, "（记者 何远航）" + one, *titles) == "near-copy"


def test_a_form_that_differs_by_a_name_alone_is_no_copy():
    text = "{name}公司董事会宣布，{name}公司将于下月召开股东大会，审议年度报告、利润分配与董事换届等事项。"
    names = "临川重工", "松浦乳业"
    titles = (f"{name}公司召开股东大会" for name in names)
    assert rule(*(text.format(name=name) for name in names), *titles) is None


def test_a_long_form_about_someone_else_is_no_copy():
    text = "{name}公告，董事会第{number}次会议通过以下决议。" + FERRY.replace("银滩渡口", "{name}") + THEATRE
    one, other = text.format(name="临川重工", number=7), text.format(name="松浦乳业", number=9)
    assert compare(Text(fold(one)), Text(fold(other))).contained > 0.9
    assert rule(one, other, "临川重工：董事会决议公告", "松浦乳业：董事会决议公告") is None
    assert rule(one, one.replace("临川重工", "临川集团"), "临川重工公告", "临川集团公告") == "near-copy"


def test_a_notice_at_the_end_of_both_does_not_make_two_flashes_one():
    notice = "以上内容由用户上传，不代表本平台立场，平台仅提供存储服务，如有侵权请联系删除，电话见首页。"
    one, other = lines(FERRY, 0) + notice, lines(DROUGHT, 0) + notice
    assert compare(Text(fold(one)), Text(fold(other))).contained > 0.4
    assert rule(one + notice, other + notice) is None
    assert rule(one + notice, lines(FERRY, 0, 1) + notice * 2) == "near-copy"


def test_a_corrected_figure_leaves_a_copy_a_copy():
    assert rule(FERRY, FERRY.replace("十二盏", "十四盏").replace("四十万元", "五十万元")) == "near-copy"


def test_the_next_instalment_is_no_copy_of_the_last():
    older, newer = FERRY + THEATRE, FERRY + DROUGHT
    assert rule(older, newer, "渡口直播（8时更新）", "渡口直播（9时更新）") is None
    assert rule(older, newer, "渡口直播", "渡口直播") == "near-copy"


@pytest.mark.parametrize(
    ("title", "body", "expected"),
    [
        ("渡口复航（更新至15时）", FERRY, True),
        ("直播：渡口复航", FERRY, True),
        ("渡口复航", "8时05分，开航。\n9:30 第二班靠岸。\n【10:10】加开一班。", True),
        ("渡口复航", "8时05分，开航。\n第二班靠岸。", False),
        ("老城区推进城市更新", FERRY, False),
        ("村民直播卖莲藕", FERRY, False),
    ],
)
def test_a_live_text_says_so(title, body, expected):
    assert is_live(title, body) is expected


def test_a_live_text_that_has_grown_is_no_copy_of_what_it_was():
    grown = compare(Text(fold(FERRY)), Text(fold(FERRY + DROUGHT)))
    assert decide(Pair(grown, "渡口复航", "渡口复航", (True, True))) is None
    assert decide(Pair(grown, "渡口复航", "渡口复航", (False, False))) is not None
    printed_again = compare(Text(fold(FERRY)), Text(fold("（记者 何远航）" + FERRY)))
    assert decide(Pair(printed_again, "渡口复航", "渡口复航", (True, True))) is not None


def test_two_reports_on_one_event_are_no_copies_though_they_share_a_paragraph():
    one = "\n".join([lines(FERRY, 0, 1), DROUGHT])
    other = "\n".join([THEATRE, lines(FERRY, 1), lines(FERRY, 5)])
    assert rule(one, other, "银滩渡口复航首日", "银滩渡口复航之后") is None


def test_a_stock_sentence_under_other_titles_is_no_copy():
    assert rule(NOTICE, NOTICE, "渡口复航", "戏台修好了") is None
    assert rule(NOTICE, NOTICE, "版权声明", "本站版权声明") == "same-text"


def test_other_news_is_no_copy():
    assert rule(FERRY, DROUGHT) is None


def test_languages_with_letters_are_compared_by_longer_pieces():
    other = "A museum in the old mill opened on Friday morning; most of the people were on their way home. "
    assert rule(ENGLISH, "By our reporter. " + ENGLISH) == "near-copy"
    assert rule(ENGLISH, other * 2) is None


@pytest.mark.parametrize(
    ("here", "there", "figures", "words"),
    [
        ("3", "5", True, False),
        ("14.2万股中港", "1.68万股大新", True, False),
        ("三", "五", True, False),
        ("3", "三", False, False),
        ("中港食品", "大新金控", False, True),
        ("中港食品", "中巷食品", False, False),
        ("甲", "乙", False, False),
    ],
)
def test_what_changed_between_shared_passages(here, there, figures, words):
    change = Change(here, there, 0)
    assert (change.is_of_figures, change.is_of_words) == (figures, words)


def test_a_comparison_does_not_depend_on_which_comes_first():
    for other in (DROUGHT, lines(FERRY, 2, 3), FERRY + THEATRE):
        one, two = (
            compare(Text(fold(FERRY)), Text(fold(other))),
            compare(Text(fold(other)), Text(fold(FERRY))),
        )
        assert (one.shared, one.passages, one.changes) == (two.shared, two.passages, two.changes)


def glance(*texts: str) -> bool:
    marks = np.stack([Text(text).marks for text in texts])
    return bool(related(np.array([[0, 1]]), marks, 0.15)[0])


@pytest.mark.parametrize("letters", [31, 90, 400, 3000, 20000])
def test_a_glance_tells_strangers_of_no_great_length_and_nobody_else(letters):
    random = Random(letters)
    one, other = ("".join(chr(random.randint(0x4E00, 0x9000)) for _ in range(letters)) for _ in range(2))
    for part in (0.1, 0.14, 0.16, 0.2, 0.5, 1.0):
        quoting = one[: round(part * letters)] + other
        if compare(Text(one), Text(quoting)).contained >= 0.15:
            assert glance(one, quoting)
    assert glance(one, other) is (letters > 2000)
    assert glance("停航复航" * 40, "停航复航" * 50)


def test_passages_go_on_through_what_stands_in_several_places():
    text = "一二三四五六七八九十" + "春夏秋冬东南西北中" * 3 + "甲乙丙丁戊己庚辛"
    assert [p.size for p in compare(Text(text), Text("始" + text + "终")).passages] == [len(text)]


def test_each_rule_gives_its_reason():
    assert all(rule.__doc__ and len(rule.__doc__) > 40 for rule in RULES)
    assert Mark("same-text", 1.0).is_whole
    assert not Mark("excerpt", 1.0).is_whole


def test_a_text_of_two_scripts_meets_its_copy_on_either_side_of_the_line():
    mixed = "".join(
        f"用 defer{n} 关闭 file{n * 7} 前读 buffer{n * 3} 再写 log{n * 5} 并提交。" for n in range(30)
    )
    shares = [Text(fold(text)).latin for text in (mixed, mixed + THEATRE)]
    assert shares[0] > 0.7 > shares[1] > 0.5
    assert rule(mixed, mixed + THEATRE) == "near-copy"
    assert len(set(Text(fold(mixed)).sample) & set(Text(fold(mixed + THEATRE)).sample)) > 20
