"""What the documents say is so: links, commands, settings, numbers; and nothing names a registry."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.project_files import project_files

ROOT = Path(__file__).resolve().parents[1]
CONFIG = ROOT / "src" / "samskapa" / "config"


DOCUMENTS = [path for path in project_files() if path.suffix == ".md"]


def without_code(text: str) -> str:
    return re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.S)


def anchors_of(path: Path) -> set[str]:
    """The anchors that a reader on the web gets from the headings."""
    headings = re.findall(r"^#+ +(.*)$", path.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_link_between_files_leads_somewhere():
    wrong = []
    for document in DOCUMENTS:
        for target in re.findall(r"\]\(([^)\s]+)(?: [^)]*)?\)", without_code(document.read_text(encoding="utf-8"))):
            if re.match(r"[a-z]+:", target):
                continue
            file, _, anchor = target.partition("#")
            path = (document.parent / file).resolve() if file else document
            if not path.exists() or (anchor and path.suffix == ".md" and anchor not in anchors_of(path)):
                wrong.append(f"{document.relative_to(ROOT)}: {target}")
    assert wrong == []


def test_every_make_command_in_the_documents_exists():
    targets = set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(), re.M))
    assert {"demo", "demo-reset", "test", "check", "soak", "bench", "lock", "messages", "help"} <= targets
    wrong = []
    for document in DOCUMENTS:
        text = document.read_text(encoding="utf-8")
        named = re.findall(r"`make ([a-z-]+)", text) + re.findall(r"^ *make ([a-z-]+)", text, re.M)
        wrong += [f"{document.relative_to(ROOT)}: make {name}" for name in named if name not in targets]
    assert wrong == []


def variables_read() -> set[str]:
    """The names that config asks the environment for."""
    asked = set()
    for path in CONFIG.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
                first = node.args[0]
                if node.func.attr in {"text", "flag", "words", "get"} and isinstance(first, ast.Constant):
                    asked.add(str(first.value))
    return {name for name in asked if re.fullmatch(r"SAMSKAPA_\w+|DATABASE_URL", name)}


def test_the_table_of_settings_is_what_config_reads():
    table = re.findall(r"^\| `([A-Z_]+)`", (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8"), re.M)
    assert sorted(table) == sorted(variables_read())


def test_decisions_are_numbered_without_gaps():
    names = sorted(path.name for path in (ROOT / "docs" / "decisions").glob("*.md") if path.name != "README.md")
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))
    assert all(re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", name) for name in names)


def test_changes_are_told():
    fragments = [path.name for path in (ROOT / "changelog").glob("*.md") if path.name != "README.md"]
    assert fragments
    assert [name for name in fragments if not re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", name)] == []


def test_no_file_names_a_registrys_host():
    """The locks work with whatever registry a machine is set to use; so nothing may name one."""
    # Put together here, so that this file names none.
    hosts = [
        ".".join(parts)
        for parts in (
            ("pypi", "org"),
            ("pythonhosted", "org"),
            ("registry", "npmjs", "org"),
            ("registry", "yarnpkg", "com"),
            ("proxy", "golang", "org"),
            ("ghcr", "io"),
        )
    ]
    wrong = []
    for path in project_files():
        content = path.read_bytes().lower()
        wrong += [f"{path.relative_to(ROOT)}: {host}" for host in hosts if host.encode() in content]
        if path.name.endswith((".lock", "-lock.json")) or path.parent == ROOT / "requirements":
            wrong += [f"{path.relative_to(ROOT)}: an address" for _ in range(b"://" in content)]
    assert wrong == []


def test_the_licence_is_whole():
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    articles = re.findall(r"^(\d+)\. ?[A-Z]", text, re.M)
    assert [int(number) for number in articles] == list(range(1, 16))
    assert "Appendix" in text.split("15.")[1]
    assert text.rstrip().endswith("require the production of a new EUPL version.")


def test_the_page_of_personal_data_says_what_the_table_says():
    """Each row of docs/personal-data.md: the tables, what, why, how long and what is left, as config has them."""
    from django.utils.translation import override

    from samskapa.config.personal_data import PERSONAL_DATA
    from samskapa.edge.my_data.queries import how_long

    page = (ROOT / "docs" / "personal-data.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in page.splitlines() if line[:3] == "| `"]
    told = [(re.findall(r"`(\w+)`", tables), what, why, long, left) for tables, what, why, _who, long, left in rows]
    with override("en"):
        expected = [
            (
                [model.split(".")[1] for model in kind.models],
                str(kind.what),
                str(kind.why),
                how_long(kind),
                str(kind.kept) or "–",
            )
            for kind in PERSONAL_DATA
        ]
    assert told == expected
