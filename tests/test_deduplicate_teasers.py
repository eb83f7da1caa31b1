import pytest

from newsduck.deduplicate.teasers import begins, same_headline

TITLE = "银滩渡口停航十一年后复航，对岸菜农赶集不再绕行大桥"


@pytest.mark.parametrize(
    "entry",
    [
        TITLE,
        "银滩渡口停航十一年后复航，对岸…",
        "銀灘渡口停航十一年後復航...",
        "银滩渡口停航十一年后复航 对岸菜农赶集",
    ],
)
def test_an_entry_begins_the_title_it_was_cut_from(entry):
    assert begins(entry, TITLE)
    assert same_headline(entry, TITLE)
    assert same_headline(TITLE, entry)


@pytest.mark.parametrize("entry", ["", "…", "银滩渡口…", "银滩渡口停航", "柳湾渡口停航十一年后复航，对岸…"])
def test_too_little_or_something_else_begins_nothing(entry):
    assert not begins(entry, TITLE)


def test_two_cuts_of_one_title_are_one_headline():
    assert same_headline("银滩渡口停航十一年后复航，对岸菜农…", "银滩渡口停航十一年后…")
    assert not same_headline("银滩渡口停航十一年后…", "银滩渡口停航十二年后…")


def test_without_a_mark_a_short_entry_may_be_another_title():
    assert begins("银滩渡口停航十一年", TITLE)
    assert not same_headline("银滩渡口停航十一年", TITLE)
    assert same_headline("银滩渡口停航十一年…", TITLE)
