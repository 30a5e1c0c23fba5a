"""bootstrap.py: cheap, exact, and clear when it cannot."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def checkout(tmp_path):
    """A copy with the files bootstrap.py needs, an empty lock, and a package with the command in it."""
    folder = tmp_path / "a checkout"
    (folder / "requirements").mkdir(parents=True)
    shutil.copy(ROOT / "bootstrap.py", folder)
    for name in ("base", "test", "check"):
        (folder / "requirements" / f"{name}.txt").write_text("")
    cli = folder / "src" / "samskapa" / "config"
    cli.mkdir(parents=True)
    (cli / "cli.py").write_text("import sys\ndef main():\n    print(sys.prefix, *sys.argv[1:])\n    return 7\n")
    return folder


@pytest.fixture
def bootstrap(checkout):
    """The module, as it stands in the copied checkout."""
    spec = importlib.util.spec_from_file_location("bootstrap_under_test", checkout / "bootstrap.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run(checkout, *arguments, **variables):
    env = {"PATH": os.environ["PATH"], "HOME": str(checkout), "NO_UV": "1"} | variables
    command = [sys._base_executable, checkout / "bootstrap.py", *arguments]
    return subprocess.run(command, env=env, capture_output=True, text=True, timeout=120)


def test_it_makes_the_command_and_a_second_run_is_free(checkout):
    done = run(checkout)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Installerar")
    command = checkout / ".venv" / "bin" / "samskapa"
    asked = subprocess.run([command, "a", "b c"], cwd="/", capture_output=True, text=True)
    assert (asked.returncode, asked.stdout) == (7, f"{checkout}/.venv a b c\n")

    stamp = (checkout / ".venv" / ".stamp-base").stat().st_mtime_ns
    done = run(checkout)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (checkout / ".venv" / ".stamp-base").stat().st_mtime_ns == stamp


def test_another_lock_or_half_a_venv_is_installed_anew(checkout):
    assert run(checkout).returncode == 0
    (checkout / "requirements" / "base.txt").write_text("# changed\n")
    assert run(checkout).stdout.startswith("Installerar")
    (checkout / ".venv" / "bin" / "python").unlink()
    assert run(checkout).stdout.startswith("Installerar")
    assert run(checkout).stdout == ""


@pytest.mark.parametrize("arguments", [["nothing"], ["base", "test"]])
def test_a_wrong_group_is_told_in_one_line(checkout, arguments):
    done = run(checkout, *arguments)
    assert (done.returncode, done.stderr) == (1, "Välj en grupp / choose one group: base, test, check.\n")


def test_a_package_that_does_not_match_its_hash_is_not_installed(checkout, tmp_path):
    (checkout / "requirements" / "base.txt").write_text("polib==1.2.0 --hash=sha256:" + "0" * 64 + "\n")
    done = run(checkout, PIP_NO_INDEX="1", PIP_FIND_LINKS=str(tmp_path))
    assert done.returncode == 1
    assert done.stderr.endswith("check the network and the proxy.\n")
    assert not (checkout / ".venv" / ".stamp-base").exists()


def test_neither_pip_nor_ensurepip_is_told_in_one_line(bootstrap, monkeypatch):
    monkeypatch.setenv("NO_UV", "1")
    monkeypatch.setattr(bootstrap, "works", lambda *command, quiet=False: False)
    with pytest.raises(SystemExit, match="install python3-venv and try again"):
        bootstrap.install(bootstrap.ROOT / "requirements" / "base.txt")


def test_an_old_python_is_told_in_one_line(bootstrap, monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 10, 4))
    with pytest.raises(SystemExit, match=r"Python 3.11 eller senare behövs / Python 3.11 or later is needed"):
        bootstrap.main([])


def locked(name: str) -> dict[str, str]:
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    return dict(re.findall(r"^([\w.-]+)==([^ ;\\]+)", text, re.M))


def test_the_locks_hold_one_another_and_every_package_has_hashes():
    base, test, check = locked("base"), locked("test"), locked("check")
    assert len(base) > 30
    assert base.items() <= test.items() <= check.items()
    for name in ("base", "test", "check", "bootstrap"):
        text = (ROOT / "requirements" / f"{name}.txt").read_text()
        blocks = re.split(r"^(?=[\w.-]+==)", text, flags=re.M)[1:]
        assert all("--hash=sha256:" in block for block in blocks)
        assert "://" not in text
