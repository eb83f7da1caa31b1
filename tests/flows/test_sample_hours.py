"""Three hours of the sample through the whole flow: every count in the tables is the plan's."""

from datetime import timedelta

import pytest
from readme_session import answered, steps
from sample_plan import copies, expected
from worked_queries import questions

from flows.running import run_ingest
from newsduck import warehouse
from newsduck.sample import EPOCH
from newsduck.sample.plan import ROLL, WAP
from newsduck.settings import Settings

HOURS = range(3)


@pytest.fixture(scope="module")
def told(prefect, tmp_path_factory):
    """The installation after three hourly runs, and their reports."""
    del prefect
    settings = Settings(data_dir=tmp_path_factory.mktemp("hours") / "data")
    reports = [
        run_ingest(settings, ["sample"], as_of=EPOCH + timedelta(hours=hour), trigger="sample")
        for hour in HOURS
    ]
    return settings, reports


def rows(told, sql):
    return warehouse.query(told[0], sql).rows


@pytest.mark.parametrize("hour", HOURS)
def test_a_run_asks_for_what_the_plan_says_and_nothing_else(told, hour):
    report, plan = told[1][hour], expected(hour)
    failed = {name: report.outcomes.get(name, 0) for name in plan.failed}
    assert sum(report.outcomes.values()) == plan.asked
    assert failed == plan.failed
    assert set(report.outcomes) <= {"loaded", "unchanged", "not-modified", *plan.failed}


@pytest.mark.parametrize("hour", HOURS)
def test_a_run_counts_new_changed_and_copied_stories(told, hour):
    report, plan = told[1][hour], expected(hour)
    before = expected(hour - 1).copies if hour else 0
    assert (report.articles_new, report.articles_changed) == (plan.articles_new, plan.articles_changed)
    assert report.copies == plan.copies - before


def test_the_tables_hold_every_story_and_every_wording_once(told):
    plan = expected(2)
    assert rows(told, "select count(*), count(distinct url) from articles") == [
        (plan.articles, plan.articles)
    ]
    assert rows(told, "select count(*) from article_versions") == [(plan.versions,)]


def test_copies_lead_to_their_originals(told):
    found = dict(rows(told, "select url, original_url from copies"))
    assert found == {url: original for url, original in copies().items() if url in found}
    assert len(found) == expected(2).copies


def test_both_pages_of_the_paged_story_are_one_body(told):
    ((body,),) = rows(told, "select body from articles where url like '%content_10005.html'")
    assert body.splitlines()[0].startswith("推开那扇两米宽的铁门")
    assert body.splitlines()[-1].startswith("展览持续到六月底")


def test_the_story_that_was_taken_down_stays_in_the_tables(told):
    found = rows(
        told,
        """
        select o.disposition, o.status, a.title
        from outcomes o join articles a using (url)
        where o.url like '%content_10009.html' order by o.fetched_at
        """,
    )
    assert [(kind, status) for kind, status, _ in found] == [("loaded", 200), ("http-error", 404)]


def test_the_corrected_story_has_both_wordings(told):
    found = rows(
        told, "select version, body from article_versions where title like '望江二桥主桥%' order by version"
    )
    assert ["四百一十二米" in body for _, body in found] == [True, False]
    assert [version for version, _ in found] == [1, 2]


def test_front_pages_stand_as_they_stood(told):
    for hour in HOURS:
        for page, texts in expected(hour).headlines.items():
            at = (EPOCH + timedelta(hours=hour)).isoformat()
            found = rows(told, f"select text from front_page('{page}', timestamptz '{at}') order by position")
            assert [text for (text,) in found] == texts, (page, hour)


def test_a_retitled_headline_is_one_story_under_two_names(told):
    found = rows(
        told,
        """
        select distinct text from headlines h join articles a using (article_id)
        where a.url like '%content_10001.html' and h.url is not null order by text
        """,
    )
    assert len(found) == 2


def test_cut_teasers_find_their_story_on_the_same_portal(told):
    found = rows(
        told,
        f"""
        select h.text, a.title from placements p join headlines h using (headline_id)
        left join articles a using (article_id)
        where p.list_url in ('{ROLL}', '{WAP}') and h.is_truncated and a.portal = h.portal
        """,
    )
    assert len(found) > 10
    assert (
        "麻石村小学只有四名学生，今天早上他们排成一排，给新来的音乐老师敬了",
        "麻石村小最后四名学生 今天有了新的音乐老师",
    ) in found


def test_the_readme_s_session_shows_what_a_first_run_leaves(told):
    assert len(steps()) >= 5
    for query, answer in steps():
        assert answered(told[0], query) == answer, "run `python tests/readme_session.py data`"


def test_the_worked_queries_print_what_their_page_shows(told):
    assert len(questions()) == 10
    for query, answer in questions():
        assert answered(told[0], query) == answer, "run `python tests/worked_queries.py data`"
