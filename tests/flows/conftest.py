"""One Prefect server for all flow tests of a process, tied to it and gone with it."""

import pytest

from flows.running import orchestrated
from newsduck.settings import Settings


@pytest.fixture(scope="session")
def prefect(tmp_path_factory):
    with orchestrated(Settings(data_dir=tmp_path_factory.mktemp("prefect"))):
        yield


@pytest.fixture
def settings(tmp_path):
    return Settings(data_dir=tmp_path / "data", lock_timeout=5.0)
