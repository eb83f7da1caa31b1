"""The parser as machine code, where it was compiled: found only if it was made from these very sources.

The Python of `parse` is the one text that people read and change; mypyc makes C of it (`compiling.py`), and a
page then takes six tenths of the time. What comes out lies in a folder that is named after the sources, so
that an edit or an update leaves it out of sight, and the Python itself runs until somebody compiles again.
"""

import sys
from hashlib import blake2b
from pathlib import Path

_HERE = Path(__file__).parent
FOLDER = _HERE / "_compiled"
_PLAIN = "__init__ document pruning reading rules soup"
"""What stays Python: values with cached properties, what mypyc cannot compile, and what works on soups."""


def sources() -> list[Path]:
    """The modules that are compiled: those of `parse`, but for a few."""
    parse = _HERE / "parse"
    plain = {parse / f"{name}.py" for name in _PLAIN.split()}
    return [path for path in sorted(parse.rglob("*.py")) if path not in plain]


def folder() -> Path:
    """Where the machine code of these sources lies, for this Python; it need not be there."""
    digest = blake2b(digest_size=8)
    for path in sources():
        text = path.read_bytes()
        digest.update(f"{path.relative_to(_HERE)} {len(text)}\n".encode() + text)
    return FOLDER / f"{sys.implementation.cache_tag}-{digest.hexdigest()}"


def put_first(package_path: list[str]) -> None:
    """Let a package, `newsduck.parse`, find its compiled modules, if there are any, before the others."""
    found = folder()
    if found.is_dir():
        sys.path.append(str(found))  # for the one library behind all compiled modules
        package_path.insert(0, str(found / "newsduck" / "parse"))
