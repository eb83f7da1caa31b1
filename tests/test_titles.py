"""Titles are compared by what they say, not by how they are set."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from newsduck.parse.titles import fold, reads_like

PLAIN = str.maketrans(
    {"“": '"', "”": '"', "‘": "'", "’": "'", "·": ".", "•": "."} | dict.fromkeys("—–―", "-")
)
SIGNS = st.text("渡口开航，：（）！？；…“”‘’—–―·•、。 \u3000\u0338ＡＢ１２ab12︱㈱ｶﾞ")


@given(st.one_of(st.text(), SIGNS))
def test_a_text_is_folded_by_nfkc_and_its_signs_made_one(text):
    assert fold(text) == "".join(unicodedata.normalize("NFKC", text).translate(PLAIN).split())


@given(SIGNS, SIGNS)
def test_a_line_reads_like_another_if_both_fold_to_the_same(line, other):
    assert reads_like(line, fold(other)) == (fold(line) == fold(other))


def test_a_title_set_otherwise_reads_the_same():
    assert reads_like("渡口开航：“第一班”满座", fold('渡口开航:\u3000"第一班"满座'))
    assert not reads_like("渡口开航：“第一班”满座", fold("渡口停航：“第一班”满座"))
