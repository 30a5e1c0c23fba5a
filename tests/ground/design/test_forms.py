"""A field says what is asked, what helps, what is wrong, and keeps what was typed."""

from django import forms
from django.template import engines
from django.utils import translation
from django_cotton.compiler_regex import CottonCompiler

from samskapa.ground.design.forms import DateField, HintedChoice


class Form(forms.Form):
    name = forms.CharField(label="Namn", max_length=5)
    why = forms.CharField(label="Varför", max_length=600, widget=forms.Textarea, required=False)
    people = forms.IntegerField(label="Antal", min_value=1)
    answer_date = DateField(label="Senast", required=False)
    level = forms.ChoiceField(
        label="Grad",
        widget=forms.RadioSelect,
        choices=[("a", HintedChoice("Dialog", "Vi <b>talas vid</b>")), ("b", "B")],
    )


def draw(template: str, **context) -> str:
    return engines["django"].from_string(CottonCompiler().process(template)).render(context)


def test_help_and_fault_are_tied_to_the_field():
    form = Form({"name": "för långt"})
    html = str(form["name"].as_field_group())
    assert 'aria-describedby="id_name_error"' in html
    assert 'id="id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'value="för långt"' in html


def test_a_text_is_never_cut_by_the_browser_and_its_limit_is_said():
    html = str(Form()["why"].as_field_group())
    assert "maxlength" not in html
    assert "Högst 600 tecken." in html
    assert 'aria-describedby="id_why_helptext"' in html
    assert "(frivilligt)" in html
    assert "maxlength" not in str(Form()["name"].as_field_group())


def test_a_date_and_a_number_that_cannot_be_read_are_shown_again_as_typed():
    wrong = Form({"answer_date": "i mars", "people": "två"})
    assert '<input type="text" name="answer_date" value="i mars"' in str(wrong["answer_date"])
    assert '<input type="text" name="people" value="två"' in str(wrong["people"])
    right = Form({"answer_date": "2027-03-12", "people": "2"})
    assert '<input type="date" name="answer_date" value="2027-03-12"' in str(right["answer_date"])
    assert '<input type="number" name="people" value="2"' in str(right["people"])


def test_a_choice_carries_its_example_and_nothing_of_it_is_markup():
    html = str(Form({"level": "a"})["level"].as_field_group())
    assert "<legend>Grad" in html
    assert 'value="a" id="id_level_0" checked required aria-describedby="id_level_0_hint"' in html
    assert 'id="id_level_0_hint">Vi &lt;b&gt;talas vid&lt;/b&gt;</div>' in html
    assert "id_level_1_hint" not in html


def test_the_error_summary_links_to_each_field_and_to_the_first_of_a_group():
    form = Form({})
    html = draw('<c-error-summary :form="form" />', form=form)
    assert html.count("<a ") == 3
    for target in ("#id_name", "#id_people", "#id_level_0"):
        assert f'href="{target}"' in html
    assert "Det är något att rätta till" in html
    assert draw('<c-error-summary :form="form" />', form=Form()).strip() == ""


def test_what_is_wrong_is_said_in_our_words():
    form = Form({"name": "sex ord", "people": "0"})
    assert form.errors["name"] == ["Texten får ha högst 5 tecken. Nu har den 7."]
    assert form.errors["people"] == ["Skriv 1 eller mer."]
    assert form.errors["level"] == ["Det här behöver vi svar på."]
    with translation.override("en"):
        assert Form({}).errors["level"] == ["This field is required."]
