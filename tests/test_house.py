"""The house rules that a machine can hold. Directions between shelves and files are held by import-linter."""

from __future__ import annotations

import ast
import re
import tomllib
import warnings
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import grimp
import pytest

from samskapa.config.cli import main
from samskapa.config.looks import LOOKS

ROOT = Path(__file__).resolve().parents[1]
SRC = ROOT / "src" / "samskapa"
APPS = sorted(path.parent for path in SRC.glob("*/*/apps.py"))
#: The files of an app that others may import from.
DOORS = {"domain", "models", "queries", "access", "services", "templatetags"}
#: What every page, agreement and table is made of is a door too; a name, and a file, is asked for the same way
#: everywhere.
MORE_DOORS = {
    "samskapa.ground.design": {"forms"},
    "samskapa.ground.agreements": {"forms", "views"},  # the step that the page of every agreement takes
    "samskapa.ground.people": {"forms"},
    "samskapa.ground.documents": {"forms"},
    "samskapa.listen.surveys": {"forms"},  # the questions stand on pages of other apps
    "samskapa.cocreate.pool": {"forms"},  # what members are found by is asked for the same way everywhere
    "samskapa.ground.core": {"keys"},  # fields are part of everybody's models
}
#: Verbs of the house itself: what `by` and `now` are to the others, they are given by their callers.
TOOLS = {"core"}
#: What the clock does, and what follows by itself on news: only jobs call these, and they act as SYSTEM.
BY_THE_CLOCK = {
    "close_if_due",
    "end_agreement",
    "end_agreements_of",
    "end_term",
    "remind_if_due",
    "remind_of_agreement",
    "remind_of_check_in",
    "remind_of_term",
    "remind_to_tell",
    "remind_to_tell_back",
    "tell_of_material",
}


def app_of(module: str) -> str | None:
    """shelf.app of a module inside an app; config, and a shelf itself, is none."""
    parts = module.split(".")
    return ".".join(parts[:3]) if len(parts) > 2 and parts[1] != "config" else None


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def python_files(*names: str) -> Iterator[Path]:
    """Our Python but migrations; with `names`, only the files and folders of each app that are so named."""
    for path in sorted(SRC.rglob("*.py")):
        inside = path.relative_to(SRC).with_suffix("").parts
        if "migrations" not in inside and (not names or (len(inside) > 2 and inside[2] in names)):
            yield path


def where(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(ROOT)}:{node.lineno}"


def name_of(node: ast.AST) -> str:
    """The last name of `a.b.c`, of a call of it, and of a plain name."""
    if isinstance(node, ast.Call):
        return name_of(node.func)
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def walk(kind: type, *names: str) -> Iterator[tuple[Path, ast.AST]]:
    for path in python_files(*names):
        for node in ast.walk(tree_of(path)):
            if isinstance(node, kind):
                yield path, node


def test_apps_enter_each_other_only_through_their_doors():
    graph = grimp.build_graph("samskapa", cache_dir=None)
    wrong = set()
    for importer in graph.modules:
        if app_of(importer) is None:
            continue
        for imported in graph.find_modules_directly_imported_by(importer):
            app = app_of(imported)
            if app is None or app == app_of(importer):
                continue
            rest = imported.removeprefix(app).lstrip(".").split(".")[0]
            if rest not in DOORS | MORE_DOORS.get(app, set()):
                wrong.add(f"{importer} -> {imported}")
    assert sorted(wrong) == []


def test_a_foreign_key_names_the_class():
    """So that a wrong direction between apps is an import, which import-linter sees."""
    wrong = [
        where(path, node)
        for path, node in walk(ast.Call)
        if name_of(node) in {"ForeignKey", "OneToOneField", "ManyToManyField"}
        and node.args
        and (
            (isinstance(node.args[0], ast.Constant) and node.args[0].value != "self")
            or name_of(node.args[0]) == "AUTH_USER_MODEL"
        )
    ]
    assert wrong == []


def test_there_are_no_signals_of_our_own():
    """News that must travel upward is an event row in config/reactions.py, not a signal."""
    wrong = [
        where(path, node)
        for path, node in walk(ast.ImportFrom)
        if node.module in {"django.dispatch", "django.db.models.signals", "django.core.signals"}
    ]
    assert wrong == []


@pytest.mark.parametrize("name", ["GenericForeignKey", "get_user_model"])
def test_a_row_points_at_what_it_says(name):
    assert [where(path, node) for path, node in walk(ast.Call) if name_of(node) == name] == []


def test_a_model_sorts_only_when_asked():
    wrong = [
        where(path, statement)
        for path, node in walk(ast.ClassDef)
        if node.name == "Meta"
        for statement in node.body
        if isinstance(statement, ast.Assign) and name_of(statement.targets[0]) == "ordering"
    ]
    assert wrong == []


def test_services_that_write_are_told_who_and_when():
    """Public verbs in a transaction take `by` and `now`, keyword-only."""
    wrong = []
    for path in python_files("services"):
        if path.relative_to(SRC).parts[1] in TOOLS:
            continue
        for node in tree_of(path).body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            if any(name_of(decorator) == "atomic" for decorator in node.decorator_list):
                needed = {"now"} if node.name in BY_THE_CLOCK else {"by", "now"}
                missing = needed - {argument.arg for argument in node.args.kwonlyargs}
                if missing:
                    wrong.append(f"{where(path, node)} {node.name}: {', '.join(sorted(missing))}")
    assert wrong == []


def test_the_law_and_the_verbs_do_not_look_at_the_clock():
    wrong = [
        where(path, node)
        for path, node in walk(ast.Call, "domain", "models", "services")
        if isinstance(node.func, ast.Attribute)
        and node.func.attr in {"now", "today", "utcnow"}
        and name_of(node.func.value) in {"timezone", "datetime", "date"}
        and path.relative_to(SRC).parts[1] not in TOOLS
    ]
    assert wrong == []


def test_only_config_reads_the_environment():
    wrong = [
        where(path, node)
        for path, node in walk(ast.Attribute)
        if node.attr in {"environ", "getenv"} and SRC / "config" not in path.parents
    ]
    assert wrong == []


def test_no_file_is_named_after_nothing():
    empty = {"utils", "util", "common", "helpers", "misc"}
    assert [path for path in SRC.rglob("*") if path.stem in empty] == []


def test_every_app_says_what_it_is():
    assert [app.name for app in APPS if not (app / "README.md").is_file()] == []


def test_files_fit_in_the_head():
    """About 300 lines is a feeling, so it is only said; 1000 is a gate."""
    files = [path for folder in (SRC, ROOT / "tests") for path in folder.rglob("*") if is_written_by_hand(path)]
    lines = {path.relative_to(ROOT): path.read_text(encoding="utf-8").count("\n") for path in files}
    long = sorted((count, str(path)) for path, count in lines.items() if count > 300)
    if long:
        with warnings.catch_warnings():
            warnings.simplefilter("default")
            warnings.warn(f"over 300 lines: {', '.join(f'{path} {count}' for count, path in long)}", stacklevel=1)
    assert [path for count, path in long if count > 1000] == []


def is_written_by_hand(path: Path) -> bool:
    made_elsewhere = {"migrations", "vendor", "data"} & set(path.parts)
    return path.suffix in {".py", ".html", ".css", ".typ"} and not made_elsewhere


INLINE = re.compile(
    r"""<[^>]*\sstyle\s*=|<style|<script(?![^>]*\ssrc=)|<[^>]*\son[a-z]+\s*=|javascript:|hx-on""",
    re.IGNORECASE,
)


def test_nothing_is_inline_in_a_template():
    """The Content-Security-Policy would refuse it."""
    wrong = []
    for path in SRC.rglob("templates/**/*.html"):
        text = re.sub(r"{#.*?#}|{% comment.*?endcomment %}", "", path.read_text(encoding="utf-8"), flags=re.S)
        wrong += [f"{path.relative_to(ROOT)}: {found.group()[:60]}" for found in INLINE.finditer(text)]
    assert wrong == []


def test_everything_that_is_shown_of_a_person_has_its_words():
    """What `record_look` and rows that name `people` call it has a row in config/looks.py."""
    shown = set()
    for _path, node in walk(ast.Call):
        named = {keyword.arg: keyword.value for keyword in node.keywords}
        if name_of(node) == "record_look":
            text = ast.unparse(named["what"])
            shown.add(text.strip("f'\"").partition(":")[0])
        elif name_of(node) == "record" and "people" in named:
            shown.add(node.args[0].value)
    assert shown == set(LOOKS)


def test_the_version_is_told_and_stands_in_one_more_place_only(capsys):
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"samskapa {told}\n"
