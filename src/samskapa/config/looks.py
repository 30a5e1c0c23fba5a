"""What somebody was shown of a person, in words: a row for each page that leaves a look in the trail.

The key is what `record_look` calls the page, before its ":", or the action of a row that names `people`.
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LOOKS: dict[str, str | Promise] = {
    "helping.person": _("How to reach you, and the help you have had"),
    "helping.letter": _("A letter to you"),
    "helping.mail": _("A mail to you that is sent as a letter"),
    "concerns.concern": _("Something you wrote that could mean danger or harm"),
    "protection.details": _("Your protected details"),
    "pool.member": _("What you have told as a member of a resource group"),
    "pool.agreement": _("Your agreement with a resource group"),
    "pool.members_read": _("The list of members of a resource group, with you in it"),
    "pool.own_words_searched": _(
        "A search in what members of a resource group have told in their own words, which found you"
    ),
    "importing.exported": _("The members of a resource group as a file, with you in it"),
    "assignments.application": _("Your application"),
    "assignments.agreement": _("Your agreement"),
    "assignments.applicants_read": _("The list of those who have applied, with you in it"),
    "surveys.answers_read": _("What people answered to questions they were asked, with your answers in it"),
    "underway.read": _("The page of the work, with you in it"),
    "records.diary_exported": _("The list for the diary, with what concerns you in it"),
    "records.gathered_read": _("Documents that somebody had asked to read, with yours among them"),
    "assignments.agreements_read": _("The list of agreements, with yours in it"),
}
