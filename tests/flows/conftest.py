"""What flow tests share: a Prefect server for a process, and `newsduck serve` for a file of tests."""

import pytest

from flows.running import orchestrated
from newsduck.settings import Settings
from tests.flows.served import Served


@pytest.fixture(scope="session")
def prefect(tmp_path_factory):
    with orchestrated(Settings(data_dir=tmp_path_factory.mktemp("prefect"))):
        yield


@pytest.fixture
def settings(tmp_path):
    return Settings(data_dir=tmp_path / "data", lock_timeout=5.0)


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    running = Served(tmp_path_factory.mktemp("served"))
    yield running
    if running.process.poll() is None:
        running.stop()
