"""Which portals share a task run, and that none of them pays for it."""

import pytest

from flows import sharing, work
from flows.running import run_ingest
from newsduck.settings import Settings
from tests.flows.test_ingest import TITLES, portal_of_files, rows


@pytest.mark.parametrize(
    ("sizes", "groups"),
    [
        ({}, []),
        ({"a": 3}, [["a"]]),
        ({"a": 60, "b": 40, "c": 1}, [["a", "b"], ["c"]]),
        ({"a": 120, "b": 1, "c": 98, "d": 1, "e": 9}, [["a"], ["b", "c", "d"], ["e"]]),
    ],
)
def test_a_task_run_parses_a_hundred_pages_or_all_that_there_are(sizes, groups):
    pages = {name: range(size) for name, size in sizes.items()}
    assert sharing.to_parse(pages, is_together=False) == groups
    assert sharing.to_parse(pages, is_together=True) == ([list(sizes)] if sizes else [])


@pytest.mark.parametrize(
    ("round_number", "is_together", "groups"),
    [(0, False, [["a", "b"]]), (1, False, [["a"], ["b"]]), (2, False, [["a", "b"]]), (1, True, [["a", "b"]])],
)
def test_a_portal_has_a_task_run_of_its_own_where_its_stories_are_fetched(round_number, is_together, groups):
    assert sharing.to_fetch("ab", round_number=round_number, is_together=is_together) == groups
    assert sharing.to_fetch("", round_number=round_number, is_together=is_together) == []


@pytest.mark.usefixtures("prefect")
@pytest.mark.parametrize("stage", ["fetch_portal", "parse_portal"])
def test_a_portal_that_breaks_among_others_costs_only_itself(tmp_path, monkeypatch, stage):
    portal_of_files(tmp_path, "one", TITLES)
    portals = portal_of_files(tmp_path, "two", TITLES)
    settings = Settings(data_dir=tmp_path / "data", portals_dir=portals)
    _break(monkeypatch, stage)
    report = run_ingest(settings, ["one", "two"])
    assert report.status == "completed"
    assert "on strike" in report.failures["one"]
    assert rows(settings, "select portal, count(*) from articles group by all") == [("two", len(TITLES))]
    lost = rows(settings, "select distinct kind, disposition from outcomes where portal = 'one' order by all")
    assert lost == [("article", "quarantined"), ("front", "loaded")]


@pytest.mark.usefixtures("prefect")
def test_what_is_the_same_as_last_time_costs_no_task_run_that_parses_or_compares(tmp_path, monkeypatch):
    from flows import tasks  # noqa: PLC0415 - Prefect comes with it

    portals = portal_of_files(tmp_path, "one", TITLES)
    settings = Settings(data_dir=tmp_path / "data", portals_dir=portals)
    grouped, real = [], sharing.to_parse
    monkeypatch.setattr(
        sharing,
        "to_parse",
        lambda pages, **more: (
            grouped.append({name: len(some) for name, some in pages.items()}) or real(pages, **more)
        ),
    )
    first = run_ingest(settings, ["one"])
    assert (first.outcomes, grouped) == ({"loaded": 1 + len(TITLES)}, [{"one": 1}, {"one": len(TITLES)}])
    grouped.clear()
    monkeypatch.setattr(tasks, "deduplicate", None)  # nothing has a story: nobody asks for it
    second = run_ingest(settings, ["one"])
    assert (second.status, second.outcomes, grouped) == ("completed", {"unchanged": 1}, [{}])


def _break(monkeypatch, stage):
    """Have the stories of portal `one` break the function that works on them."""
    from flows import tasks  # noqa: PLC0415 - Prefect comes with it

    real = getattr(work, stage)

    def breaking(some, portal, **more):
        targets = [getattr(one, "target", one) for one in some]
        if portal.id == "one" and targets[0].kind == "article":
            raise OSError("the disk is on strike")
        return real(some, portal, **more)

    monkeypatch.setattr(tasks, stage, breaking)
