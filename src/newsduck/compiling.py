"""`python -m newsduck.compiling`: makes machine code of the parser, where there is a C compiler.

Where there is none, the Python itself reads every page just the same, and the command says so and exits with
0; with 1 where compiling was tried and failed.
"""

import os
import shutil
import subprocess
import sys
import sysconfig
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from newsduck import compiled

_LIBRARY = "newsduck_parse"
"""Behind all compiled modules: what they say to each other does not leave it."""
_OPTIMISE = "2"
"""With 1 compiling takes a fifth less, and a page 2 % more; 3 gains nothing."""
_DIRECT = ("-fvisibility=hidden", "-fno-semantic-interposition", "-fno-plt")
"""Calls go straight to where they lead, for which the linker need not look: another 2 %."""
_MYPY = ("--strict", "--ignore-missing-imports", "--explicit-package-bases", f"--cache-dir={os.devnull}")
_TOLD = 4_000


def main() -> int:
    """Compile the parser, unless that is done already."""
    target = compiled.folder()
    if target.is_dir():
        return 0
    lacking = missing()
    if lacking:
        _say(f"the parser runs as Python, 1.7 times as long a page: {lacking}")
        return 0
    _say("compiling the parser, which takes two minutes …")
    compiled.FOLDER.mkdir(exist_ok=True)
    with TemporaryDirectory(dir=compiled.FOLDER, prefix="part-") as name:
        built = Path(name) / "built"
        done = subprocess.run(  # noqa: S603 - this very module, whose tools write to standard output
            [sys.executable, "-m", "newsduck.compiling", str(built)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=compiled.FOLDER.parent.parent,
            check=False,
        )
        if done.returncode:
            _say(f"the parser could not be compiled, and runs as Python:\n{done.stdout[-_TOLD:]}")
            return 1
        _put(built, target)
    return 0


def build(built: Path) -> None:
    """Run mypyc and the C compiler from the folder of the packages; raises SystemExit for a fault."""
    from mypyc.build import mypycify  # noqa: PLC0415 - a tool for developers, maybe not installed
    from setuptools import setup  # noqa: PLC0415 - see above

    files = [str(path.relative_to(Path.cwd())) for path in compiled.sources()]
    work = built.with_name("work")
    work.mkdir()
    extensions = mypycify([*_MYPY, *files], opt_level=_OPTIMISE, target_dir=str(work), group_name=_LIBRARY)
    for extension in extensions if os.name == "posix" else ():
        extension.extra_compile_args.extend(_DIRECT)
    arguments = ["build_ext", "--build-lib", str(built), "--build-temp", str(work)]
    setup(name="newsduck-compiled", ext_modules=extensions, script_args=arguments)


def missing() -> str | None:
    """What this machine lacks, in words."""
    for tool in ("mypyc", "setuptools"):
        if find_spec(tool) is None:
            return f"{tool} is not installed"
    compiler = str(sysconfig.get_config_var("CC") or "cc").split()[0]
    if shutil.which(compiler) is None:
        return f"there is no C compiler ({compiler})"
    header = Path(sysconfig.get_path("include")) / "Python.h"
    return None if header.exists() else f"Python's headers are not installed ({header})"


def _put(built: Path, target: Path) -> None:
    """The new code in its place, whole or not at all; that of earlier sources goes."""
    for earlier in compiled.FOLDER.glob(f"{sys.implementation.cache_tag}-*"):
        shutil.rmtree(earlier, ignore_errors=True)
    built.rename(target)


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")


if __name__ == "__main__":
    if sys.argv[1:]:
        build(Path(sys.argv[1]))
    else:
        sys.exit(main())
