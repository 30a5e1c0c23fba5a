"""`samskapa messages`, on small packages written for each test."""

from __future__ import annotations

import gettext
import subprocess
import sys

import polib
import pytest

from samskapa.config.cli.compile import compile_changed
from samskapa.config.cli.messages import Message, catalogue_path, faults_in, messages_in, update


@pytest.fixture
def app(tmp_path):
    """A package with one app, ground/notes."""
    app = tmp_path / "ground" / "notes"
    (app / "templates" / "notes").mkdir(parents=True)
    (app / "apps.py").write_text("")
    return app


def write(app, name, text):
    path = app / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def said(app):
    return set(messages_in(app))


def alone(text, context="", plural=""):
    return Message(context, text, plural)


def test_python_texts_plurals_and_contexts(app):
    write(
        app,
        "views.py",
        "_('Save')\ngettext_lazy('Send')\nngettext('%(n)s day', '%(n)s days', n)\n"
        "pgettext('verb', 'Open')\nnpgettext_lazy('people', 'one', 'many', 2)\nnothing('here')\n",
    )
    assert said(app) == {
        alone("Save"),
        alone("Send"),
        alone("%(n)s day", plural="%(n)s days"),
        alone("Open", context="verb"),
        alone("one", context="people", plural="many"),
    }


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ('{% translate "Hello" %}', alone("Hello")),
        ('{% translate "Hello" as x %}{{ x }}', alone("Hello")),
        ('{% translate "Open" context "verb" %}', alone("Open", context="verb")),
        ('{% translate "Hello"|upper %}', alone("Hello")),
        ('{{ x|default:_("None yet") }}', alone("None yet")),
        ('<c-card title="{% translate "It\'s yours" %}">x</c-card>', alone("It's yours")),
        ("<c-card title=\"{% translate 'Your card' %}\" />", alone("Your card")),
        ("{% blocktranslate %}Hello {{ name }}{% endblocktranslate %}", alone("Hello %(name)s")),
        ("{% blocktranslate trimmed %}\n   Two\n  lines\n{% endblocktranslate %}", alone("Two lines")),
        (
            "{% blocktranslate count n=x %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}",
            alone("%(n)s day", plural="%(n)s days"),
        ),
        ("<p>\n      deep\n   <b>less</b>\n {% translate 'Odd indents' %}</p>", alone("Odd indents")),
        ("<p>it's (an \"odd\" [text</p>{% translate 'After it' %}", alone("After it")),
        ("{# {% translate 'No' %} #}{% translate 'Yes' %}", alone("Yes")),
    ],
)
def test_template_texts(app, template, message):
    write(app, "templates/notes/page.html", template)
    assert said(app) == {message}


def test_mail_templates_are_read_and_migrations_are_not(app):
    write(app, "templates/notes/mail/hello.txt", 'Subject: {% translate "A mail" %}\n')
    write(app, "migrations/0001_initial.py", "_('Old')")
    assert said(app) == {alone("A mail")}


def test_a_text_alone_and_with_a_plural_is_one_entry(app):
    write(app, "views.py", "_('one day')\nngettext('one day', 'days', n)")
    assert said(app) == {alone("one day", plural="days")}


def test_updating_fills_english_keeps_swedish_and_drops_what_is_gone(app, tmp_path):
    write(app, "views.py", "_('Save')\n_('Old')\nngettext('%(n)s day', '%(n)s days', n)")
    update(tmp_path)
    swedish = polib.pofile(str(catalogue_path(app, "sv")))
    assert [entry.msgid for entry in swedish.untranslated_entries()] == ["%(n)s day", "Old", "Save"]
    swedish.find("Save").msgstr = "Spara"
    swedish.find("Old").msgstr = "Gammal"
    swedish.find("%(n)s day").msgstr_plural = {0: "%(n)s dag", 1: "%(n)s dagar"}
    swedish.save()
    write(app, "views.py", "_('Save')\n_('New')\nngettext('%(n)s day', '%(n)s days', n)")
    update(tmp_path)

    swedish = polib.pofile(str(catalogue_path(app, "sv")))
    assert {e.msgid: e.msgstr for e in swedish} == {"Save": "Spara", "New": "", "%(n)s day": ""}
    assert swedish.find("%(n)s day").msgstr_plural == {0: "%(n)s dag", 1: "%(n)s dagar"}
    english = polib.pofile(str(catalogue_path(app, "en")))
    assert english.find("New").msgstr == "New"
    assert english.find("%(n)s day").msgstr_plural == {0: "%(n)s day", 1: "%(n)s days"}


def test_updating_twice_changes_nothing_and_names_files_without_lines(app, tmp_path):
    write(app, "views.py", "\n\n_('Save')")
    write(app, "templates/notes/page.html", "{% translate 'Save' %}")
    update(tmp_path)
    first = catalogue_path(app, "sv").read_text()
    write(app, "views.py", "\n\n\n\n\n_('Save')")
    update(tmp_path)
    assert catalogue_path(app, "sv").read_text() == first
    assert "#: templates/notes/page.html views.py\n" in first
    assert "Date" not in first


def translated(app, tmp_path, **texts):
    """Bring the catalogues up to date and say `texts` in Swedish."""
    update(tmp_path)
    swedish = polib.pofile(str(catalogue_path(app, "sv")))
    for entry, text in zip(swedish, texts.values(), strict=True):
        entry.msgstr = text
    swedish.save()


def test_a_complete_catalogue_has_no_faults(app, tmp_path):
    write(app, "views.py", "_('Hello %(name)s, 100%% sure {x}')")
    translated(app, tmp_path, a="Hej %(name)s, 100%% säkert {x}")
    assert faults_in(tmp_path) == []


SV = "ground/notes/locale/sv/LC_MESSAGES/django.po"


def test_each_fault_is_named(app, tmp_path):
    write(app, "views.py", "_('Hello %(name)s')")
    update(tmp_path)
    assert faults_in(tmp_path) == [f"{SV}: not translated: 'Hello %(name)s'"]
    translated(app, tmp_path, a="Hej %(namn)s")
    assert faults_in(tmp_path) == [f"{SV}: other placeholders: 'Hello %(name)s'"]
    translated(app, tmp_path, a="Hej %(name)s")
    swedish = polib.pofile(str(catalogue_path(app, "sv")))
    swedish[0].flags = ["fuzzy"]
    swedish.save()
    assert faults_in(tmp_path) == [f"{SV}: fuzzy: 'Hello %(name)s'"]
    write(app, "views.py", "_('Hi')")
    english = SV.replace("/sv/", "/en/")
    assert faults_in(tmp_path) == [
        f"{english}: missing: 'Hi'",
        f"{english}: not in the code any more: 'Hello %(name)s'",
        f"{SV}: missing: 'Hi'",
        f"{SV}: not in the code any more: 'Hello %(name)s'",
    ]


def test_one_text_translated_in_two_ways_is_a_fault(app, tmp_path):
    other = tmp_path / "ground" / "other"
    for folder, swedish in ((app, "Öppen"), (other, "Öppna")):
        write(folder, "apps.py", "")
        write(folder, "views.py", "_('Open')")
        update(tmp_path)
        catalogue = polib.pofile(str(catalogue_path(folder, "sv")))
        catalogue[0].msgstr = swedish
        catalogue.save()
    assert faults_in(tmp_path) == [f"{SV.replace('notes', 'other')}: translated differently in {SV}: 'Open'"]


def test_what_changed_is_compiled_and_what_did_not_is_left(app, tmp_path):
    write(app, "views.py", "pgettext('verb', 'Open')")
    translated(app, tmp_path, a="Öppna")
    path = catalogue_path(app, "sv")
    assert compile_changed(tmp_path) == [catalogue_path(app, "en"), path]
    assert compile_changed(tmp_path) == []
    with path.with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).pgettext("verb", "Open") == "Öppna"
    assert [file.name for file in sorted(path.parent.iterdir())] == ["django.mo", "django.po"]


@pytest.mark.parametrize(
    ("arguments", "forbidden"),
    [
        (["--help"], "django"),
        (["compile"], "django"),
        (["serve", "--help"], "django"),
        (["demo", "--help"], "django"),
        (["messages", "--check"], "samskapa.config.settings"),
    ],
)
def test_what_needs_no_database_does_not_start_django(arguments, forbidden):
    code = f"""
import sys
from samskapa.config.cli import main
try:
    code = main({arguments!r})
except SystemExit as end:
    code = end.code
assert {forbidden!r} not in sys.modules
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env={"PYTHONPATH": "src"})
    assert done.returncode == 0, done.stderr
