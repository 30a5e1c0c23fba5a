"""Tables in which somebody's own words may name a person: where one looks when an identity is to be protected.

A row for every table of ours with a text column: what a page calls it, the address that leads there, and which column
is that address's argument ("", "" where there is no page); None where nobody writes anything in it. A test holds it
against the tables.
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

IN_CLEAR: dict[str, tuple[str | Promise, str, str] | None] = {
    "core.AuditEntry": None,  # ids alone; the trail is never changed
    "core.AuditLink": None,
    "core.Event": None,
    "core.OutboxMail": (_("Mail to an address"), "", ""),
    "core.WorkerBeat": None,
    "core.Slot": None,
    "documents.Upload": (_("The name of a file"), "", ""),
    "figures.Snapshot": None,  # names of measures
    "coverage.PopulationTable": (_("The source of a table of the population"), "coverage:population", ""),
    "coverage.PopulationFact": None,
    "coverage.Measured": None,  # names of questions
    "coverage.Told": None,
    "figures.Figure": None,
    "figures.Comment": (_("A comment on a unit's figures"), "", ""),
    "my_data.RetentionNotice": None,
    "notices.Wish": None,
    "people.Person": (_("Another account"), "", ""),
    "people.EidLink": None,
    "people.Remembered": None,
    "people.Session": None,
    "concerns.Routine": (_("The routine for concerns"), "", ""),
    "concerns.Concern": None,  # what was written is encrypted; the key is numbers
    "records.DiaryExport": None,
    "records.DiaryRow": None,
    "records.DisposalNotice": None,
    "records.DisposalDecision": (_("A decision of disposal"), "", ""),
    "records.DisclosureRequest": (_("A request to read documents"), "records:request", "id"),
    "records.DisclosureDocument": (_("A request to read documents"), "records:request", "request_id"),
    "organisations.Node": (_("An organisation's page"), "organisations:organisation", "id"),
    "organisations.RoleGrant": None,
    "organisations.Invitation": (_("An invitation"), "", ""),
    "surveys.QuestionSet": None,
    "surveys.SetVersion": None,
    "surveys.Question": None,
    "surveys.Wording": None,
    "surveys.Asking": (_("Questions that people are asked"), "surveys:asking", "id"),
    "surveys.Asked": (_("The address of somebody who is asked"), "surveys:asking", "asking_id"),
    "surveys.AskedLink": None,
    "surveys.AnonymousDraft": None,  # closed by the link alone
    "surveys.Urn": None,
    "pool.Group": (_("The page of a resource group"), "pool:group", "node_id"),
    "pool.StartingPoint": (_("The starting text of agreements"), "pool:starting_text", "starting__group__node_id"),
    "starting.Saved": None,
    "starting.Start": (_("How a resource group is begun"), "starting:start", "node_id"),
    "pool.SavedView": (_("The name of a saved view of members"), "pool:members", "group__node_id"),
    "recruiting.Sought": (_("A row of a recruitment plan"), "recruiting:change", "id"),
    "recruiting.Channel": (_("The name of a poster or link"), "recruiting:channel", "id"),
    "recruiting.Text": (_("What is written on a poster or in an invitation"), "recruiting:channel", "channel_id"),
    "pool.Label": (_("A label for members"), "pool:labels", "group__node_id"),
    "pool.Consent": None,  # the words are the house's
    "pool.Member": None,  # the code of the poster or link
    "pool.Tag": None,
    "pool.Line": None,  # headings of the house's; what is written is encrypted
    "pool.Reply": None,
    "matching.Wave": None,
    "matching.Enquiry": (_("What is written to another group or organisation"), "matching:waves", "assignment_id"),
    "circulars.Circular": None,  # heading and text are encrypted
    "importing.Import": None,  # where it comes from is encrypted
    "importing.Row": None,
    "assignments.Assignment": (_("A need or an assignment"), "assignments:need", "id"),
    "assignments.StandingTerms": (_("A need or an assignment"), "assignments:need", "assignment_id"),
    "assignments.Part": None,
    "assignments.PartRevision": (
        _("An earlier answer about a need"),
        "assignments:need_history",
        "part__assignment_id",
    ),
    "assignments.PartComment": (_("A comment on a need"), "assignments:need", "assignment_id"),
    "assignments.Clarification": None,
    "assignments.ApplicantQuestion": (_("A question to those who apply"), "assignments:assignment", "assignment_id"),
    "assignments.Material": (_("Material of an assignment"), "assignments:materials", "assignment_id"),
    "assignments.PublicQuestion": (_("A public question or its answer"), "assignments:assignment", "assignment_id"),
    "assignments.SavedSearch": (_("The name of a saved search"), "", ""),
    "assignments.Application": (_("An application"), "assignments:applicants", "assignment_id"),
    "assignments.ApplicationAnswer": (
        _("An application"),
        "assignments:applicants",
        "application__assignment_id",
    ),
    "assignments.ApplicationRevision": (
        _("An earlier application"),
        "assignments:applicants",
        "application__assignment_id",
    ),
    "assignments.ConflictDeclaration": (
        _("A declared conflict of interest"),
        "assignments:applicants",
        "application__assignment_id",
    ),
    "assignments.Choice": (_("The reasons for a choice"), "assignments:applicants", "assignment_id"),
    "assignments.Party": (_("An agreement that was fixed"), "assignments:agreement", "root_id"),
    "assignments.Line": (_("A point in an agreement"), "assignments:agreement", "agreement_id"),
    "assignments.Revision": (_("A point in an agreement"), "assignments:agreement", "line__agreement_id"),
    "assignments.Statement": (
        _("What was said of a point in an agreement"),
        "assignments:agreement",
        "line__agreement_id",
    ),
    "assignments.Comment": (_("A comment on an agreement"), "assignments:agreement", "agreement_id"),
    "assignments.HandOver": (_("A hand-over"), "assignments:agreement", "agreement_id"),
    "underway.Contribution": (_("What was contributed to the work"), "underway:work", "work__assignment_id"),
    "underway.Outcome": (
        _("What became of a contribution"),
        "underway:work",
        "contribution__work__assignment_id",
    ),
    "underway.CheckInNote": (_("A note of a check-in"), "underway:check_in", "check_in_id"),
    "underway.Promise": (_("Whether a promise was kept"), "underway:promises", "agreement_id"),
    "underway.Telling": (_("What was told back"), "assignments:assignment", "work__assignment_id"),
    "underway.Confirmation": (_("What a representative answered"), "underway:work", "agreement__root_id"),
    "assignments.ToldBack": (_("What was told back"), "assignments:assignment", "assignment_id"),
}
