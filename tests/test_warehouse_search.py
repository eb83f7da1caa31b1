"""Search knows Chinese: pairs of letters, both scripts, both widths, and at once what was loaded."""

import duckdb
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from readings import ask, fresh, load, story

from newsduck.settings import Settings
from newsduck.warehouse import search
from newsduck.warehouse.connect import connect
from newsduck.warehouse.folds import letters_of, simplify, wording, wordings
from newsduck.warehouse.migrate import migrate
from newsduck.warehouse.tokens import tokens

TEXTS = {
    1: ("北京经济回暖", "国家统计局今天说，经济继续回升。北京消费增长。"),
    2: ("上海天气", "北京时间今天上午，上海下了雪。经济版今天停刊。"),
    3: ("湖区水位", "湖水涨了。GDP 与 AI 无关，iPhone17 也一样。"),
    4: ("繁體標題：國務院發布", "國務院今天發布經濟數據，共１２３項。"),
    5: ("中外经济", "经营与救济。"),
}


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    settings = fresh(tmp_path_factory.mktemp("search"))
    load(settings, *(story(name, 0, body, title=title) for name, (title, body) in TEXTS.items()))
    return settings


def found(settings, words):
    return [url.rsplit("/", 1)[1][0] for (url,) in ask(settings, f"select url from search('{words}')")]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("经济 北京", "12"),
        ("經濟　北京", "12"),
        ("国务院", "4"),
        ("国務院发布", "4"),
        ("123", "4"),
        ("gdp", "3"),
        ("ＩＰＨＯＮＥ17", "3"),
        ("雪", "2"),
        ("雪 经济", "2"),
        ("济", "1452"),
        ("雪 刊", "2"),
        ("雪 湖", ""),
        ("涨 湖 ｇｄｐ", "3"),
        ("国 數 據 項 院", "4"),
        ("国 數 據 項 雪", ""),
        ("火星", ""),
        ("经济 火星", ""),
        ("！？", ""),
        ("", ""),
    ],
)
def test_words_are_found_in_either_script_and_width(settings, words, names):
    assert sorted(found(settings, words)) == sorted(names)


def test_a_title_tells_more_than_a_body(settings):
    assert found(settings, "经济 北京")[0] == "1"
    assert set(found(settings, "经济")[:2]) == {"1", "5"}


def test_a_new_wording_is_found_and_the_old_one_is_not(tmp_path):
    settings = Settings(data_dir=tmp_path)
    load(settings, story(1, 0, "湖水涨了。"), story(2, 0, "桥还在。"))
    load(settings, story(1, 1, "湖水退了。"))
    load(settings, story(3, 2, "又有一座桥。"))
    assert (found(settings, "涨了"), found(settings, "退了"), found(settings, "桥")) == (
        [],
        ["1"],
        ["2", "3"],
    )


def test_a_long_tail_is_sorted_in_and_answers_the_same(settings, monkeypatch):
    before = ask(settings, "from search('经济')")
    monkeypatch.setattr(search, "LONG_TAIL", 1)
    with connect(settings) as connection:
        search.compact(connection)
    assert ask(settings, "select count(*) from search_tail") == [(0,)]
    assert ask(settings, "from search('经济')") == before


@pytest.fixture(scope="module")
def macros():
    with duckdb.connect() as connection:
        migrate(connection, None)
        yield connection


FOLDED = """
    select fold(x), fold_letters(x), search_tokens(fold(x)), search_letters(fold(x)) from (select ? as x)
"""
ALPHABET = st.sampled_from("中国經济のアé北京Ａｂc12９ -，。\n\U00020000ß①ﬁ")


@given(
    text=st.text(
        ALPHABET | st.characters(categories=["L", "N", "P", "Z"], max_codepoint=0x2FFFF), max_size=40
    )
)
@hypothesis_settings(max_examples=60, deadline=None)
def test_sql_folds_and_takes_tokens_as_the_index_does(macros, text):
    folded, lettered, wanted, letters = macros.execute(FOLDED, [text]).fetchone()
    assert folded == simplify(text)
    assert [lettered] == letters_of([text])
    made = set(tokens([text])[0].tolist())
    assert set(wanted) <= made
    lone = {token for token in made if not token >> 63 and token % (1 << 21) == 0}
    assert set(letters) <= lone
    assert made - set(wanted) == lone


def test_tokens_belong_to_their_texts():
    numbers, texts, places = tokens(["北京", "", "a1 京"])
    assert texts.tolist() == [0, 0, 2, 2]
    assert places.tolist() == [0, 1, 7, 4]
    assert numbers[0] == (ord("北") << 21) + ord("京")


@given(st.lists(st.text(st.sampled_from("Ａa湖 \n\u3000\x00é\u0301ｶﾞ각ㄱ\u1100\u1161ΣΟΣ"))))
def test_many_wordings_at_once_are_the_same_wordings(texts):
    assert wordings(texts) == [wording(text) for text in texts]
    assert [one.lower() for one in wordings(texts)] == [wording(text).lower() for text in texts]
