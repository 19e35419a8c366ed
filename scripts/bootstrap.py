"""Makes the project's own environment from the lock file, with nothing but Python 3.11 or later at hand.

    python3 scripts/bootstrap.py [--no-dev]

uv installs what the lock file names, checked by hash, into ``.venv``. Where uv is not installed, it is put into
``.uv``, an environment of its own: by the pip that comes with Python's venv, else by a system pip (one that refuses to
install into the system does not mind an environment). Nothing outside this folder is changed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UV_VERSION = "0.13.9"


def main() -> int:
    """Make ``.venv``; the exit status is that of the step that failed, else 0."""
    if sys.version_info < (3, 11):  # noqa: UP036 - the one place where an older Python may be met
        print(f"Parley needs Python 3.11 or later; this is {sys.version.split()[0]}. Try: make PYTHON=python3.11")
        return 2
    uv = shutil.which("uv") or install_uv()
    if uv is None:
        print(
            "Cannot install uv: this Python has neither venv with pip nor pip. Install python3-venv, or uv, and retry."
        )
        return 2
    environment = {**os.environ, "UV_PROJECT_ENVIRONMENT": str(ROOT / ".venv"), "UV_PYTHON_PREFERENCE": "only-system"}
    environment.pop("VIRTUAL_ENV", None)
    command = [uv, "sync", "--locked", "--quiet", "--python", sys.executable, *sys.argv[1:]]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def install_uv() -> str | None:
    """The path of a uv in ``.uv``, installed there if need be; None if no pip can be had."""
    folder = ROOT / ".uv"
    binary = folder / ("Scripts/uv.exe" if os.name == "nt" else "bin/uv")
    if not binary.exists():
        print("Installing uv into .uv ...", flush=True)
        _ = _with_own_pip(folder) or _with_system_pip(folder)
    return str(binary) if binary.exists() else None


def _with_own_pip(folder: Path) -> bool:
    """Install uv with the pip that Python's venv brings; False where it brings none."""
    try:
        venv.create(folder, with_pip=True, clear=True)
    except (subprocess.CalledProcessError, ImportError, OSError):
        return False
    return _pip([str(_python(folder)), "-m", "pip"])


def _with_system_pip(folder: Path) -> bool:
    """Install uv into an environment without pip, with the pip of the system."""
    venv.create(folder, with_pip=False, clear=True)
    return _pip([sys.executable, "-m", "pip", "--python", str(_python(folder))])


def _python(folder: Path) -> Path:
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _pip(pip: list[str]) -> bool:
    command = [*pip, "install", "--quiet", "--disable-pip-version-check", f"uv=={UV_VERSION}"]
    return subprocess.run(command, check=False, stderr=subprocess.DEVNULL).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
