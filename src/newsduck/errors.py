"""All exceptions that newsduck raises on purpose.

NewsduckError
├── UsageError            the call was wrong: a flag, a setting, a portal file, an id (exit 2)
├── Transient             may pass by itself: worth a retry
│   ├── WarehouseBusy     another process has held the writer's lock for too long
│   └── StorageFull       too little room on the disk for a run
└── Terminal              will not pass by itself: quarantine or stop, never retry
    ├── UnsafeAddress     an address that must not be asked (private network, credentials, scheme)
    ├── ArchiveDamaged    an archive file or reference that cannot be read back
    ├── UnreadablePage    bytes from which no document can be made
    └── WarehouseTooNew   the file was written by a newer newsduck

A message says what went wrong, where, and what to do about it.
"""


class NewsduckError(Exception):
    """Anything that newsduck reports as its own failure."""


class UsageError(NewsduckError):
    """The call was wrong: a flag, a setting, a portal file, an unknown id."""


class Transient(NewsduckError):  # noqa: N818 - it names a kind of failure, as Terminal does
    """May pass by itself: a retry is worth it."""


class WarehouseBusy(Transient):
    """Another process has held the writer's lock for longer than we may wait."""


class StorageFull(Transient):
    """There is too little room on the disk for a run, a load or a publication."""


class Terminal(NewsduckError):  # noqa: N818 - see Transient
    """Will not pass by itself: a retry would only repeat it."""


class UnsafeAddress(Terminal):
    """An address that must not be asked."""


class ArchiveDamaged(Terminal):
    """An archive file or a reference into one cannot be read back."""


class UnreadablePage(Terminal):
    """Bytes from which no document can be made."""


class WarehouseTooNew(Terminal):
    """The warehouse was written by a newer newsduck than this one."""
