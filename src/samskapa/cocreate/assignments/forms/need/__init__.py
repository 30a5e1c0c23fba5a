"""One form per question of the need, a file per group of questions; the short version; the steps of publishing."""

from __future__ import annotations

from .afterwards import ResultForm
from .begin import BeginForm, QuickForm
from .influence import HarmForm, InfluenceForm, SourcesForm
from .part import PartForm
from .steps import CommentForm, PublishForm, ReasonForm, UnitForm
from .terms import BudgetForm, ConflictForm, ContactForm, PayForm, QuestionsForm, StandingForm
from .who_and_how import AccessForm, ExperienceForm, PeopleForm, PlaceForm, TimeForm
from .why_and_what import ContributionForm, ExpectedForm, PhaseForm, TitleForm, WhyForm

__all__ = [
    "PART_FORMS",
    "BeginForm",
    "CommentForm",
    "PartForm",
    "PublishForm",
    "QuickForm",
    "ReasonForm",
    "UnitForm",
]

#: The form of each question, in the order in which they are asked.
PART_FORMS: dict[str, type[PartForm]] = {
    form.key: form
    for form in (
        TitleForm,
        WhyForm,
        ExpectedForm,
        PhaseForm,
        ContributionForm,
        InfluenceForm,
        SourcesForm,
        HarmForm,
        PeopleForm,
        ExperienceForm,
        TimeForm,
        PlaceForm,
        AccessForm,
        PayForm,
        BudgetForm,
        ContactForm,
        ConflictForm,
        QuestionsForm,
        StandingForm,
        ResultForm,
    )
}
