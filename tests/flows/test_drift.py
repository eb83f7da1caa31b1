"""Two weeks of a portal, made up row by row, and what is told of its last hours."""

from datetime import UTC, datetime

import pytest

from flows.health import drift
from newsduck import warehouse
from newsduck.settings import Settings
from newsduck.warehouse.connect import connect

NOW = datetime(2026, 3, 20, 4, 0, tzinfo=UTC)
USUAL = {
    "body": "repeat('江', 400)",
    "source": "'临江日报'",
    "lag": "20",
    "status": "'loaded'",
    "entries": "30",
}
STORIES = """
insert into articles by name
select
    hash(seen) as article_id, 'news' as portal, 'http://news.example/' || epoch(seen)::bigint as url,
    '' as title,
    {body} as body, seen - {lag} * interval 1 minute as published_at, {source} as source, ['甲'] as authors,
    ['乙'] as editors, [] as keywords, 0 as content_hash, 0 as record_hash, 1 as version,
    seen as first_seen_at,
    seen as last_seen_at, seen as changed_at, 'run' as run_id, '' as parser_version
from range(timestamptz '{since}', timestamptz '{until}', interval '{step} minutes') t(seen);
insert into outcomes by name
select 'run' as run_id, 1 as round, portal, url, article_id as address_id, 'article' as kind,
    'loaded' as disposition, first_seen_at as fetched_at, 'one.warc.gz' as archive_file, 7 as archive_offset
from articles where first_seen_at >= timestamptz '{since}' and first_seen_at < timestamptz '{until}'
"""
FRONTS = """
insert into outcomes by name
select 'run' as run_id, 0 as round, 'news' as portal, 'http://news.example/' as url, 1 as address_id,
    'front' as kind, {status} as disposition, seen as fetched_at,
    'front.warc.gz' as archive_file, 9 as archive_offset
from range(timestamptz '{since}', timestamptz '{until}', interval 1 hour) t(seen);
insert into readings by name
select 1 as list_id, 'news' as portal, 'http://news.example/' as list_url, 'front' as kind,
    fetched_at as read_at, 'run' as run_id, disposition = 'loaded' as is_full
from outcomes
where kind = 'front' and fetched_at >= timestamptz '{since}' and fetched_at < timestamptz '{until}'
    and disposition in ('loaded', 'not-modified');
insert into sightings by name
select list_id, read_at, n as position, 1 as rank, n as headline_id
from readings, range({entries}) t(n)
where is_full and read_at >= timestamptz '{since}' and read_at < timestamptz '{until}'
"""


def told(folder, *spans):
    """What is told after these spans of (since, until, minutes between stories, what is not as usual)."""
    settings = Settings(data_dir=folder, threads=1)
    with connect(settings) as connection:
        for since, until, step, more in spans:
            values = (
                USUAL
                | more
                | {"since": f"2026-03-{since}:00+00", "until": f"2026-03-{until}:00+00", "step": step}
            )
            connection.execute((STORIES if step else "").format(**values))
            connection.execute(FRONTS.format(**values))
    warehouse.publish(settings)
    return {one.key: one.text for one in drift(settings, NOW)}


def test_a_usual_day_and_front_pages_that_say_304_for_six_hours_tell_nothing(tmp_path):
    assert (
        told(
            tmp_path,
            ("06 04:00", "19 21:30", 20, {}),
            ("19 22:00", "20 04:00", 20, {"status": "'not-modified'"}),
        )
        == {}
    )


def test_a_silent_stop_is_told_with_the_last_story_and_the_front_page_after_it(tmp_path):
    found = told(tmp_path, ("17 04:00", "19 16:00", 12, {}), ("19 16:00", "20 04:00", None, {}))
    assert set(found) == {"news:stories_per_day"}
    text = found["news:stories_per_day"]
    assert "is 0, usually 120" in text
    assert "last good http://news.example/" in text
    assert "first bad http://news.example/ (front.warc.gz@9)" in text


def test_a_portal_that_rests_at_night_and_on_its_day_off_is_left_alone(tmp_path):
    days = [day for day in range(6, 20) if day not in (12, 13, 19)]
    spans = [(f"{day:02} 00:00", f"{day:02} 10:00", 30, {}) for day in days]
    assert told(tmp_path, *spans, ("20 00:00", "20 03:00", 30, {})) == {}


def test_a_portal_that_was_never_read_before_tells_nothing(tmp_path):
    assert told(tmp_path, ("20 03:00", "20 04:00", 10, {})) == {}


def test_a_field_that_vanishes_from_a_slow_portal_is_told(tmp_path):
    slow = 400
    found = told(
        tmp_path, ("06 04:00", "18 12:00", slow, {}), ("18 18:00", "20 03:00", slow, {"source": "null"})
    )
    assert set(found) == {"news:source"}
    assert "last good" in found["news:source"]
    assert "first bad" in found["news:source"]


@pytest.mark.parametrize(
    ("field", "more", "place"),
    [
        ("letters", {"body": "'短'"}, "one.warc.gz@7"),
        ("lag_hours", {"lag": "6000"}, "one.warc.gz@7"),
        ("headlines_per_list", {"entries": "5"}, "front.warc.gz@9"),
        ("front_pages_read", {"status": "'timeout'"}, "front.warc.gz@9"),
    ],
)
def test_what_is_told_names_the_last_good_and_the_first_bad_page(tmp_path, field, more, place):
    found = told(tmp_path, ("06 04:00", "19 22:00", 20, {}), ("19 22:00", "20 04:00", 20, more))
    assert set(found) == {f"news:{field}"}
    assert found[f"news:{field}"].count(place) == 2
