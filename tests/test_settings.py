"""Settings come from four places in a fixed order, and a wrong one is named."""

import re
from pathlib import Path

import pytest

from newsduck.errors import UsageError
from newsduck.settings import FetchLimits, Settings, load_settings


@pytest.fixture(autouse=True)
def empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"NEWSDUCK_{name.upper()}", raising=False)
    return tmp_path


def write(folder, text):
    (folder / "newsduck.toml").write_text(text, "utf-8")


def test_defaults_need_nothing():
    settings = load_settings()
    assert settings.data_dir == Path("data")
    assert settings.fetch == FetchLimits()
    assert settings.proxy is None


def test_flags_win_over_the_environment_and_that_over_the_file(empty_folder, monkeypatch):
    write(empty_folder, 'data_dir = "from-file"\nthreads = 3\ncontact = "file"\n')
    monkeypatch.setenv("NEWSDUCK_DATA_DIR", "from-environment")
    monkeypatch.setenv("NEWSDUCK_THREADS", "4")
    settings = load_settings(data_dir=Path("from-flag"))
    assert (settings.data_dir, settings.threads, settings.contact) == (Path("from-flag"), 4, "file")


def test_a_flag_that_is_none_was_not_given(empty_folder):
    write(empty_folder, 'data_dir = "from-file"\n')
    assert load_settings(data_dir=None).data_dir == Path("from-file")


def test_limits_of_fetching_nest_in_file_and_environment(empty_folder, monkeypatch):
    write(empty_folder, "[fetch]\nmin_interval = 2.5\nretries = 0\n")
    monkeypatch.setenv("NEWSDUCK_FETCH__RETRIES", "7")
    limits = load_settings().fetch
    assert (limits.min_interval, limits.retries, limits.timeout) == (2.5, 7, 20.0)


def test_all_files_lie_in_the_data_folder():
    settings = load_settings(data_dir=Path("somewhere"))
    paths = [settings.warehouse_path, settings.published_path, settings.archive_dir, settings.lock_path]
    assert [path.parent for path in paths] == [Path("somewhere")] * 4
    assert len(set(paths)) == 4


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("thread = 2\n", "thread"),
        ("threads = 0\n", "threads"),
        ('publish = "csv"\n', "publish"),
        ("[fetch]\ntimeout = -1\n", "fetch.timeout"),
        ("[fetch]\ntime_out = 3\n", "fetch.time_out"),
    ],
)
def test_a_wrong_setting_is_named_with_where_it_may_be_set(empty_folder, text, named):
    write(empty_folder, text)
    with pytest.raises(UsageError) as caught:
        load_settings()
    message = str(caught.value)
    assert f"{named}:" in message
    assert "newsduck.toml" in message
    assert "NEWSDUCK_" in message


def test_a_wrong_variable_is_named(monkeypatch):
    monkeypatch.setenv("NEWSDUCK_THREADS", "many")
    with pytest.raises(UsageError, match="threads:"):
        load_settings()


def test_a_file_that_is_no_toml_is_named_with_the_line(empty_folder):
    write(empty_folder, "threads = 2\ndata_dir = \n")
    with pytest.raises(UsageError, match=r"newsduck\.toml.*line 2"):
        load_settings()


def test_settings_do_not_change_after_loading():
    with pytest.raises(ValueError, match="frozen"):
        load_settings().threads = 9


def test_the_user_agent_names_version_and_contact():
    assert load_settings(contact="https://desk.example/").agent.endswith("(+https://desk.example/)")
    assert "{" not in load_settings().agent


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("DISPLAY_TIMEZONE", "Mars/X", "'Mars/X' is no time zone"),
        ("MEMORY_LIMIT", "lots", "write one like 2GB"),
        ("USER_AGENT", "x {foo}", "{contact}"),
        ("PROXY", "foo", "http://host:port"),
        ("KEEP_ARCHIVE_DAYS", "-3", "greater than or equal to 1"),
        ("KEEP_ARCHIVE_BYTES", "-1", "greater than or equal to 0"),
    ],
)
def test_a_value_that_cannot_be_meant_is_refused_where_it_is_read(monkeypatch, name, value, said):
    monkeypatch.setenv(f"NEWSDUCK_{name}", value)
    with pytest.raises(UsageError, match=re.escape(said)):
        load_settings()


def test_a_variable_that_is_no_setting_is_told(monkeypatch, caplog):
    monkeypatch.setenv("NEWSDUCK_DATADIR", "/x")
    load_settings()
    assert "NEWSDUCK_DATADIR is no setting" in caplog.text
