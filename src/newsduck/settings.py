"""What an operator may set: flags > `NEWSDUCK_*` environment > `newsduck.toml` > these defaults."""

import logging
import os
import tomllib
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from newsduck import __version__
from newsduck.checked import AgentText, Memory, ProxyAddress, Zone
from newsduck.errors import UsageError

SETTINGS_FILE = "newsduck.toml"


class FetchLimits(BaseModel):
    """How a portal may be asked; a portal's `[fetch]` table overrides any of these."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    min_interval: float = Field(default=1.0, ge=0, description="Seconds between requests to one host.")
    concurrency: int = Field(default=2, ge=1, description="Requests at once to one host.")
    timeout: float = Field(default=20.0, gt=0, description="Seconds for one address, all told.")
    deadline: float = Field(default=300.0, gt=0, description="Seconds for one portal in one round.")
    max_bytes: int = Field(default=10_000_000, gt=0, description="Bytes of one answer, packed or unpacked.")
    max_cut_bytes: int = Field(
        default=100_000, ge=0, description="Bytes that are kept of an answer that was cut or is no page."
    )
    retries: int = Field(default=2, ge=0, description="Further tries where the failure can pass.")
    max_redirects: int = Field(default=5, ge=0, description="Redirects followed for one address.")
    max_crawl_delay: float = Field(
        default=10.0, ge=0, description="Seconds: the longest Crawl-delay of robots.txt that is honoured."
    )
    respect_robots: bool = Field(default=True, description="Ask robots.txt first.")
    max_robots_bytes: int = Field(
        default=512_000,
        ge=512_000,
        description="Bytes of robots.txt that are read (RFC 9309: 500 KiB).",
    )
    retry_wait: float = Field(
        default=1.0, ge=0, description="Seconds before the first retry; doubled each time, with jitter."
    )
    rest: float = Field(
        default=30.0, ge=0, description="Seconds a host is left alone after 429 or 503 without Retry-After."
    )
    max_rest: float = Field(
        default=120.0, ge=0, description="Seconds: the longest Retry-After that is waited out for a retry."
    )


class Settings(BaseSettings):
    """All settings of one installation."""

    model_config = SettingsConfigDict(
        env_prefix="NEWSDUCK_",
        env_nested_delimiter="__",
        extra="forbid",
        frozen=True,
    )

    data_dir: Path = Field(default=Path("data"), description="Where warehouse, archive and lock live.")
    portals_dir: Path | None = Field(
        default=None, description="A folder of portal files that add to or override the built-in ones."
    )
    user_agent: AgentText = Field(
        default="newsduck/{version} (+{contact})", description="The User-Agent; `{contact}` is filled in."
    )
    contact: str = Field(
        default="", description="An address or page where a portal's operator can reach you."
    )
    proxy: ProxyAddress | None = Field(
        default=None, description="A proxy for all requests, `http://host:port`."
    )
    fetch: FetchLimits = Field(default_factory=FetchLimits, description="Defaults for every portal.")
    lock_timeout: float = Field(default=60.0, ge=0, description="Seconds to wait for the writer's lock.")
    publish: Literal["database", "parquet"] = Field(
        default="database", description="Publish a copy of the database, or Parquet files with views."
    )
    keep_published_hours: int = Field(
        default=24,
        ge=1,
        description="Hours for which replaced Parquet files stay, for readers who are at them; "
        "each publication takes room for a whole copy as long.",
    )
    memory_limit: Memory = Field(default="2GB", description="DuckDB's memory limit while we write.")
    threads: int = Field(default=2, ge=1, description="DuckDB's threads while we write.")
    min_free_bytes: int = Field(
        default=500_000_000, ge=0, description="Bytes to stay free on the disk beside twice the warehouse."
    )
    display_timezone: Zone = Field(
        default="Asia/Shanghai", description="The zone in which queries show times."
    )
    window_days: int = Field(default=14, ge=1, description="Days within which copies are looked for.")
    keep_archive_days: int | None = Field(
        default=None, ge=1, description="Prune archive files older than this."
    )
    keep_archive_bytes: int | None = Field(
        default=None, ge=0, description="Prune the oldest archive files above this sum."
    )
    alert_command: str | None = Field(
        default=None, description="Run once when something fails or recovers; gets the news as JSON on stdin."
    )
    runner: Literal["threads", "dask", "ray"] = Field(
        default="threads", description="Where the tasks of a run go; Dask and Ray want their Prefect package."
    )
    alert_webhook: str | None = Field(default=None, description="An address that gets the same JSON by POST.")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Flags, then environment, then `newsduck.toml` in the working folder."""
        del dotenv_settings, file_secret_settings
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, Path(SETTINGS_FILE))

    @cached_property
    def agent(self) -> str:
        """The User-Agent as sent."""
        return self.user_agent.format(version=__version__, contact=self.contact or "no contact set")

    @cached_property
    def warehouse_path(self) -> Path:
        """The file that only newsduck opens."""
        return self.data_dir / "warehouse.duckdb"

    @cached_property
    def published_path(self) -> Path:
        """The file that everybody else opens."""
        return self.data_dir / "newsduck.duckdb"

    @cached_property
    def archive_dir(self) -> Path:
        """The folder of WARC files."""
        return self.data_dir / "archive"

    @cached_property
    def lock_path(self) -> Path:
        """The file whose lock makes one process the writer."""
        return self.data_dir / "newsduck.lock"


def load_settings(**flags: Any) -> Settings:
    """All settings, `flags` first; a flag that is None was not given.

    Raises UsageError naming each wrong setting and where it may be set.
    """
    for name in _unknown_variables():
        logging.getLogger(__name__).warning("%s is no setting and does nothing; see docs/settings.md", name)
    try:
        return Settings(**{name: value for name, value in flags.items() if value is not None})
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise UsageError(
            f"wrong settings: {wrong}. They come from flags, NEWSDUCK_* variables and {SETTINGS_FILE}."
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{SETTINGS_FILE} is not valid TOML: {error}.") from error


def _unknown_variables() -> list[str]:
    """Variables of the environment that look like settings and are none."""
    nested = {f"NEWSDUCK_FETCH__{name.upper()}" for name in FetchLimits.model_fields}
    known = {f"NEWSDUCK_{name.upper()}" for name in Settings.model_fields} | nested
    return sorted(name for name in os.environ if name.startswith("NEWSDUCK_") and name not in known)
