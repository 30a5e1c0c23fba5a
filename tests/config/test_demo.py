"""The demo's own settings, and that nothing else reaches it, nor it anything else."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from samskapa.config import environment
from samskapa.config.cli import demo
from samskapa.config.environment import load_demo_env_if_nothing_is_set, read_env_file
from samskapa.ground.core.keys.ring import read_keys


def test_settings_are_made_once_for_their_owner_only(tmp_path):
    path = tmp_path / "demo.env"
    first = demo.write_settings(path, port=8000)
    assert path.stat().st_mode & 0o777 == 0o600
    assert first["SAMSKAPA_URL"] == "http://localhost:8000"
    assert first["SAMSKAPA_MAIL"] == f"file://{tmp_path}/mail"
    assert first["SAMSKAPA_DEMO"] == "1"
    assert len({first["SAMSKAPA_SECRET_KEY"], first["SAMSKAPA_TRAIL_KEY"]}) == 2
    assert len(first["SAMSKAPA_SECRET_KEY"]) >= 50
    assert "DATABASE_URL" not in first
    assert read_env_file(path) == first
    assert first["SAMSKAPA_KEYS_FILE"] == str(path)
    assert [key.id for line in ("FIELD", "INDEX") for key in read_keys(first[f"SAMSKAPA_{line}_KEYS"])] == ["k1", "i1"]


def test_another_run_keeps_the_secrets_and_follows_the_port(tmp_path):
    path = tmp_path / "demo.env"
    first = demo.write_settings(path, port=8000)
    with path.open("a") as file:
        file.write("SAMSKAPA_MAIL_FROM=somebody@example.org\n")
    path.chmod(0o644)
    second = demo.write_settings(path, port=8001)
    assert second == first | {
        "SAMSKAPA_URL": "http://localhost:8001",
        "SAMSKAPA_MAIL_FROM": "somebody@example.org",
    }
    assert path.stat().st_mode & 0o777 == 0o600


def test_only_the_demos_settings_hold_in_the_demo(monkeypatch):
    monkeypatch.setattr(os, "environ", {"DATABASE_URL": "postgres://x", "SAMSKAPA_MAIL": "smtp://x", "HOME": "/"})
    demo.use({"SAMSKAPA_DEMO": "1"})
    assert os.environ == {
        "HOME": "/",
        "SAMSKAPA_DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "samskapa.config.settings",
    }


@pytest.fixture
def demo_env(tmp_path, monkeypatch):
    path = tmp_path / "demo.env"
    path.write_text("# a comment\n\nSAMSKAPA_SECRET_KEY=abc=def\n")
    monkeypatch.setattr(environment, "DEMO_ENV", path)
    return path


def test_a_command_with_nothing_set_works_on_the_demo(demo_env):
    environ = {"HOME": "/", "SAMSKAPA_VAR": "/somewhere"}
    assert load_demo_env_if_nothing_is_set(environ)
    assert environ["SAMSKAPA_SECRET_KEY"] == "abc=def"


@pytest.mark.parametrize("name", ["DATABASE_URL", "SAMSKAPA_SECRET_KEY", "SAMSKAPA_URL"])
def test_a_command_with_any_setting_does_not(demo_env, name):
    environ = {name: "x"}
    assert not load_demo_env_if_nothing_is_set(environ)
    assert environ == {name: "x"}


def test_a_command_before_the_demo_has_run_does_not(demo_env):
    demo_env.unlink()
    assert not load_demo_env_if_nothing_is_set({})


def samskapa(*arguments, **variables):
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | variables
    command = [sys.executable, "-m", "samskapa.config.cli", *arguments]
    return subprocess.run(command, env=env, capture_output=True, text=True, timeout=60)


def test_a_missing_setting_is_named_in_one_line(tmp_path):
    done = samskapa("showmigrations", SAMSKAPA_VAR=str(tmp_path), PYTHONPATH="src")
    assert done.returncode == 1
    assert done.stderr == "samskapa: SAMSKAPA_SECRET_KEY is not set: see docs/configuration.md\n"


def test_a_named_database_is_used(tmp_path):
    (tmp_path / "demo.env").write_text("SAMSKAPA_SECRET_KEY=demo\n")
    done = samskapa(
        "showmigrations",
        "--skip-checks",
        "contenttypes",
        SAMSKAPA_VAR=str(tmp_path),
        PYTHONPATH="src",
        DATABASE_URL=f"sqlite:///{tmp_path}/other.sqlite3",
        SAMSKAPA_SECRET_KEY="x" * 50,
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "other.sqlite3").exists()
    assert not (tmp_path / "samskapa.sqlite3").exists()


def test_a_running_demo_is_neither_started_twice_nor_removed(tmp_path):
    hold = f"""
import sys
from pathlib import Path
from samskapa.config.cli.demo import _is_alone
print(_is_alone(Path({str(tmp_path)!r})), flush=True)
sys.stdin.read()
"""
    env = os.environ | {"PYTHONPATH": "src"}
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", hold], env=env, stdin=pipe, stdout=pipe, text=True) as other:
        assert other.stdout.readline() == "True\n"
        for arguments in ([], ["--reset"]):
            done = samskapa("demo", *arguments, SAMSKAPA_VAR=str(tmp_path), PYTHONPATH="src")
            assert (done.returncode, done.stderr.count("\n")) == (1, 1)
            assert "already runs" in done.stderr
        other.stdin.close()
    assert samskapa("demo", "--reset", SAMSKAPA_VAR=str(tmp_path), PYTHONPATH="src").returncode == 0


def test_reset_removes_what_the_demo_made_and_nothing_else(tmp_path):
    for name in ("samskapa.sqlite3", "samskapa.sqlite3-wal", "demo.env", "notes.txt"):
        (tmp_path / name).touch()
    (tmp_path / "mail").mkdir()
    (tmp_path / "mail" / "a.eml").touch()
    demo.remove(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_help_lists_each_command_on_a_line_of_its_own(capsys):
    from samskapa.config.cli import COMMANDS, main

    assert main(["--help"]) == 0
    said = capsys.readouterr().out
    for name in COMMANDS:
        assert sum(line.startswith(f"  {name} ") for line in said.splitlines()) == 1
