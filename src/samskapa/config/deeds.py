"""What was done in somebody's name, in words: action in the trail -> a sentence in which %(title)s is the assignment.

None: no deed, but a look, or what follows by itself. An action that is not here is told in general words.
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DEEDS: dict[str, str | Promise | None] = {
    "people.looked": None,
    "people.profile_changed": None,  # the language of the pages
    "people.logged_out": None,
    "concerns.noted": None,
    "assignments.agreement_version_fixed": None,
    "assignments.applied": _("You applied to “%(title)s”."),
    "assignments.application_changed": _("Your application to “%(title)s” was changed."),
    "assignments.application_withdrawn": _("Your application to “%(title)s” was withdrawn."),
    "assignments.presented": _("You said yes to showing your name to those who need help with “%(title)s”."),
    "assignments.nomination_accepted": _("You said yes to being nominated to “%(title)s”."),
    "assignments.nomination_declined": _("You said no to being nominated to “%(title)s”."),
    "assignments.question_asked": _("A question about “%(title)s” was asked, which everybody can read."),
    "assignments.agreement_lines_confirmed": _("Points in the agreement on “%(title)s” were confirmed."),
    "assignments.agreement_line_confirmed": _("A point in the agreement on “%(title)s” was confirmed."),
    "assignments.agreement_line_not_agreed": _(
        "You said that you do not agree to a point in the agreement on “%(title)s”."
    ),
    "assignments.agreement_line_left_open": _("A point in the agreement on “%(title)s” was left open."),
    "assignments.agreement_line_commented": _("A comment was written on a point in the agreement on “%(title)s”."),
    "assignments.agreement_line_added": _("A point was added to the agreement on “%(title)s”."),
    "assignments.agreement_line_change_proposed": _(
        "A change was proposed to a point in the agreement on “%(title)s”."
    ),
    "assignments.agreement_line_removal_proposed": _(
        "It was proposed to take a point out of the agreement on “%(title)s”."
    ),
    "assignments.term_confirmed": _("A term in “%(title)s” was proposed or confirmed."),
    "assignments.term_let_end": _("You let your term in “%(title)s” end."),
    "pool.begun": _("You began to join a resource group."),
    "pool.answer_saved": _("A question about you as a member of a resource group was answered."),
    "pool.consent_given": _("A yes of yours was noted in a resource group."),
    "pool.consent_ended": _("A yes of yours in a resource group was taken back."),
    "pool.moved": _("You joined a resource group, or said that you want to rest, be asked again or leave."),
    "pool.blanked": None,  # follows of leaving
    "pool.minor_removed": None,  # follows of the answer about age
    "pool.agreement_ended": None,
    "pool.agreement_version_fixed": None,
    "pool.agreement_lines_confirmed": _("Points in your agreement with a resource group were confirmed."),
    "pool.agreement_line_confirmed": _("A point in your agreement with a resource group was confirmed."),
    "pool.agreement_line_not_agreed": _(
        "You said that you do not agree to a point in your agreement with a resource group."
    ),
    "pool.agreement_line_left_open": _("A point in your agreement with a resource group was left open."),
    "pool.agreement_line_commented": _("A comment was written on a point in your agreement with a resource group."),
    "pool.agreement_line_added": _("A point was added to your agreement with a resource group."),
    "pool.agreement_line_change_proposed": _(
        "A change was proposed to a point in your agreement with a resource group."
    ),
    "pool.agreement_line_removal_proposed": _(
        "It was proposed to take a point out of your agreement with a resource group."
    ),
    "pool.note_answered": _("You answered a note in a resource group."),
    "matching.answered": _("You answered whether you want to take part in “%(title)s”."),
    "surveys.answers_saved": _("An answer to questions that you were asked was written in your name."),
    "surveys.answered": _("Questions that you were asked were answered in your name."),
    "underway.contributed": _("Something that you contributed to “%(title)s” was noted."),
    "underway.contribution_taken_back": _("Something that you had contributed to “%(title)s” was taken back."),
    "underway.check_in_added": _("A check-in about “%(title)s” was put in."),
    "underway.check_in_moved": _("A check-in about “%(title)s” got another day."),
    "underway.check_in_noted": _("You noted how the work with “%(title)s” goes."),
    "underway.promises_said": _("You said whether promises in “%(title)s” were kept."),
    "underway.confirmed": _("You answered whether it is as the unit told of “%(title)s”."),
    "underway.credit_said": _("You said whether your name may stand on the page of “%(title)s”."),
    "underway.time_noted": _("Time that you spent on “%(title)s” was noted."),
    "underway.time_changed": _("Time that you had noted of “%(title)s” was changed."),
    "underway.time_removed": _("Time that you had noted of “%(title)s” was removed."),
    "underway.done": None,  # follows by itself
    "assignments.done": None,
    "assignments.handed_over": _("You said that the hand-over in “%(title)s” is done."),
}
