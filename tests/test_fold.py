import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsduck.fold import fold

SENTENCES = (
    "记者从有关部门了解到，这条铁路穿过三座山，沿着河谷走了八十里，后来只剩下一段。",
    "他说：“面条、台风、头发、发展、干部、干燥、乾隆、里程、这里，都要分清楚。”",
    "他们凭借什么征求意见？存折、想象、反复、伙伴、了解，象征着什么？",
    "卫生部门叙述了群众的线索，众人都沿着屋檐下走，钟表停在十点。",
)


@pytest.mark.parametrize("table", ["s2t", "s2tw", "s2hk"])
@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_in_traditional_characters_folds_to_the_simplified_one(table, sentence):
    written = opencc.OpenCC(table).convert(sentence)
    assert written != sentence
    assert fold(written) == fold(sentence)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("ＡＢＣ１２３", "abc123"),
        ("北京，今天 \u3000晴。", "北京今天晴"),
        ("①号线", "1号线"),
        ("㈱", "株"),
        ("ﾃﾞｰﾀ", "データ"),
        ("e\u0301t\u00e9", "été"),
        ("葛\U000e0100城", "葛城"),
        ("零\u200b宽", "零宽"),
    ],
)
def test_spellings_of_the_same_characters_fold_together(left, right):
    assert fold(left) == fold(right)


def test_a_point_between_figures_stays_and_others_go():
    assert fold("增持1.42万股.") == "增持1.42万股"
    assert fold("增持１．４２万股") == "增持1.42万股"
    assert fold("增持14.2万股") != fold("增持1.42万股")


def test_other_words_stay_different():
    assert fold("买入") != fold("卖出")
    assert fold("") == fold(" 。！\ufeff") == ""


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=st.characters(codec=None)))
def test_any_characters_fold_without_failing(text):
    assert "\ud800" not in fold(text)
