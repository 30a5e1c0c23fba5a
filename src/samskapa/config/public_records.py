"""Every kind of document that arises here, for those of the organisations that are public bodies: how it is registered,
what secrecy is to be assessed, and when it may be disposed of.

The coordinator's pages under /handlingar/ show these rows in this order; docs/public-records.md says the same, and
tests compare. A table that no row names, and NO_DOCUMENTS neither, is refused by a test. Everything here is a
proposal: the organisation's archivist and lawyer confirm each row (docs/law.md).
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samskapa.ground.documents.domain.records import Handling, RecordKind

_ASSIGNMENTS = "samskapa.cocreate.assignments"
_WORK = "samskapa.cocreate.underway.queries.records"
_ROWS = f"{_ASSIGNMENTS}.queries.records"
_VERBS = f"{_ASSIGNMENTS}.services.records"
_RECORDS = "samskapa.edge.records"

_ARCHIVIST = _("The archivist")
_BOTH = _("The lawyer and the archivist")
#: What somebody may tell of themselves or others to a unit of health care.
_HEALTH = _(
    "Somebody's health and other personal circumstances, where they were told to health or social care (OSL 25 and 26 "
    "kap.); health and where somebody is, elsewhere (OSL 21 kap.)."
)
_NONE = _("As a rule none. Look for what is told of a person's health (OSL 21 and 25 kap.).")
_WORK_OVER = _("the work was over: the agreements settled or ended, and told back")

PUBLIC_RECORDS: tuple[RecordKind, ...] = (
    RecordKind(
        key="need",
        mark="BEH",
        title=_("Needs and descriptions of assignments"),
        models=("assignments.Assignment", "assignments.StandingTerms", "assignments.ApplicantQuestion"),
        handling=Handling.REGISTERED,
        secrecy=_NONE,
        disposal=_("Preserved: it shows what the organisation did."),
        confirmed_by=_ARCHIVIST,
        rows=f"{_ROWS}.need_records",
    ),
    RecordKind(
        key="need_comment",
        mark="BEK",
        title=_("What was said of a need while it was written"),
        models=("assignments.Part", "assignments.PartRevision", "assignments.PartComment", "assignments.Clarification"),
        handling=Handling.IN_ORDER,
        secrecy=_NONE,
        disposal=_("When the assignment is published: working notes (TF 2 kap. 12 §)."),
        confirmed_by=_BOTH,
        rows=f"{_ROWS}.need_comment_records",
    ),
    RecordKind(
        key="question",
        mark="FRA",
        title=_("Questions and answers in the open"),
        models=("assignments.PublicQuestion",),
        handling=Handling.IN_ORDER,
        secrecy=_("As a rule none: everybody reads them. Who asked may be sensitive (OSL 21 kap.)."),
        disposal=_("24 months after the work was over."),
        confirmed_by=_ARCHIVIST,
        rows=f"{_ROWS}.question_records",
    ),
    RecordKind(
        key="application",
        mark="ANM",
        title=_("Applications and nominations"),
        models=("assignments.Application", "assignments.ApplicationAnswer", "assignments.ApplicationRevision"),
        handling=Handling.REGISTERED,
        secrecy=_HEALTH,
        disposal=_("24 months after the answer or the work was over. Not chosen may go sooner than chosen."),
        confirmed_by=_BOTH,
        rows=f"{_ROWS}.application_records",
        due=f"{_ROWS}.applications_past",
        dispose=f"{_VERBS}.dispose_of_application",
        since=_("the applicant was answered or withdrew, or what they were chosen for was over"),
        meanwhile=_("None yet: it goes as the proposal says, and when the person asks to be forgotten."),
    ),
    RecordKind(
        key="conflict",
        mark="JAV",
        title=_("Declarations of conflicts of interest"),
        models=("assignments.ConflictDeclaration",),
        handling=Handling.REGISTERED,
        secrecy=_("Personal and economic circumstances (OSL 21 and 25 kap.; in staff matters 39 kap.)."),
        disposal=_("24 months after the work was over, with the application."),
        confirmed_by=_BOTH,
        rows=f"{_ROWS}.conflict_records",
    ),
    RecordKind(
        key="choice",
        mark="VAL",
        title=_("Choices, with their reasons"),
        models=("assignments.Choice",),
        handling=Handling.REGISTERED,
        secrecy=_HEALTH,
        disposal=_("60 months after the work was over, or preserved."),
        confirmed_by=_BOTH,
        rows=f"{_ROWS}.choice_records",
        due=f"{_ROWS}.choices_past",
        dispose=f"{_VERBS}.dispose_of_choices",
        since=_WORK_OVER,
    ),
    RecordKind(
        key="answer",
        mark="SVA",
        title=_("Answers to those who applied"),
        models=(),
        handling=Handling.REGISTERED,
        secrecy=_HEALTH,
        disposal=_("24 months after the work was over, with the application."),
        confirmed_by=_BOTH,
        rows=f"{_ROWS}.answer_records",
    ),
    RecordKind(
        key="agreement",
        mark="OVK",
        title=_("Agreements"),
        models=(
            "assignments.Agreement",
            "assignments.Party",
            "assignments.Line",
            "assignments.Revision",
            "assignments.Version",
            "assignments.VersionLine",
            "assignments.Term",
        ),
        handling=Handling.REGISTERED,
        secrecy=_HEALTH,
        disposal=_("120 months after the work was over, or preserved."),
        confirmed_by=_BOTH,
        rows=f"{_ROWS}.version_records",
        paper=f"{_VERBS}.version_on_paper",
        words=f"{_ROWS}.version_passages",
        due=f"{_ROWS}.agreements_past",
        dispose=f"{_VERBS}.dispose_of_agreements",
        since=_WORK_OVER,
    ),
    RecordKind(
        key="talk",
        mark="SAM",
        title=_("What was said on the way to an agreement"),
        models=("assignments.Statement", "assignments.Comment", "assignments.HandOver"),
        handling=Handling.IN_ORDER,
        secrecy=_HEALTH,
        disposal=_("With the agreement it belongs to."),
        confirmed_by=_BOTH,
        rows=f"{_ROWS}.talk_records",
    ),
    RecordKind(
        key="told_back",
        mark="ATK",
        title=_("What was told back"),
        models=("assignments.ToldBack",),
        handling=Handling.REGISTERED,
        secrecy=_("As a rule none: everybody reads it."),
        disposal=_("Preserved: it shows what the work led to."),
        confirmed_by=_ARCHIVIST,
        rows=f"{_ROWS}.told_back_records",
    ),
    RecordKind(
        key="survey",
        mark="ENK",
        title=_("Questions that people were asked, and what they answered"),
        models=(
            "surveys.QuestionSet",
            "surveys.SetVersion",
            "surveys.Question",
            "surveys.Wording",
            "surveys.Asking",
            "surveys.Asked",
            "surveys.Sheet",
            "surveys.Urn",
        ),
        handling=Handling.IN_ORDER,
        secrecy=_HEALTH,
        disposal=_("Answers 24 months after the questions were closed. The questions and the results are preserved."),
        confirmed_by=_BOTH,
        rows="samskapa.listen.surveys.queries.records.survey_records",
    ),
    RecordKind(
        key="contribution",
        mark="BID",
        title=_("What representatives contributed, and what became of it"),
        models=("underway.Work", "underway.Contribution", "underway.Outcome"),
        handling=Handling.IN_ORDER,
        secrecy=_HEALTH,
        disposal=_("24 months after the work was over, or preserved: it shows what was taken in, and why not."),
        confirmed_by=_BOTH,
        rows=f"{_WORK}.contribution_records",
    ),
    RecordKind(
        key="check_in",
        mark="AVS",
        title=_("Check-ins, and whether promises were kept"),
        models=("underway.CheckIn", "underway.CheckInNote", "underway.Promise"),
        handling=Handling.IN_ORDER,
        secrecy=_HEALTH,
        disposal=_("24 months after the work was over."),
        confirmed_by=_BOTH,
        rows=f"{_WORK}.check_in_records",
    ),
    RecordKind(
        key="telling",
        mark="RES",
        title=_("What the work led to, and what the representatives answered"),
        models=("underway.Telling", "underway.Confirmation", "underway.Credit"),
        handling=Handling.REGISTERED,
        secrecy=_(
            "As a rule none: everybody reads it. Look for what is told of a person in the answers (OSL 21 kap.)."
        ),
        disposal=_("Preserved: it shows what the work led to."),
        confirmed_by=_ARCHIVIST,
        rows=f"{_WORK}.telling_records",
    ),
    RecordKind(
        key="mail",
        mark="MEJ",
        title=_("Mail that the service sends"),
        models=("core.OutboxMail",),
        handling=Handling.IN_ORDER,
        secrecy=_HEALTH,
        disposal=_("6 months after it was sent: it tells of what is kept elsewhere."),
        confirmed_by=_ARCHIVIST,
    ),
    RecordKind(
        key="file",
        mark="FIL",
        title=_("Material that was put to assignments"),
        models=("assignments.Material", "documents.Upload"),
        handling=Handling.REGISTERED,
        secrecy=_(
            "As a rule none where everybody may read it. Look in each file for names, and for what is told of a "
            "person's health (OSL 21 and 25 kap.)."
        ),
        disposal=_(
            "24 months after the work was over, or preserved. What belongs to a decision is kept as long as the "
            "decision."
        ),
        confirmed_by=_BOTH,
        rows=f"{_ROWS}.material_records",
        paper=f"{_ASSIGNMENTS}.queries.material.material_on_paper",
        due=f"{_ROWS}.material_past",
        dispose=f"{_ASSIGNMENTS}.services.material.dispose_of_material",
        since=_WORK_OVER,
    ),
    RecordKind(
        key="trail",
        mark="LOG",
        title=_("The log of who did what"),
        models=("core.AuditEntry", "core.AuditLink", "core.AuditSubject"),
        handling=Handling.IN_ORDER,
        secrecy=_("How the service is protected (OSL 18 kap. 8 and 9 §§); who looked at whom (OSL 21 and 25 kap.)."),
        disposal=_("Preserved until the organisation has decided: nothing in it can be removed here."),
        confirmed_by=_BOTH,
    ),
    RecordKind(
        key="role",
        mark="ROL",
        title=_("Who holds which role"),
        models=("organisations.RoleGrant", "organisations.Invitation"),
        handling=Handling.IN_ORDER,
        secrecy=_(
            "That somebody is a member of a resource group can say something of their health (OSL 21 and 25 kap.)."
        ),
        disposal=_("Ended roles as long as the log. An invitation 3 months after it was used or ran out."),
        confirmed_by=_BOTH,
    ),
    RecordKind(
        key="help",
        mark="HJA",
        title=_("Help that a coordinator gave in somebody's name, and letters about it"),
        models=("helping.Registered", "helping.Help", "helping.PassedOn"),
        handling=Handling.IN_ORDER,
        secrecy=_HEALTH,
        disposal=_("24 months after the person was last helped. What was done in their name stands with each thing."),
        confirmed_by=_BOTH,
    ),
    RecordKind(
        key="concern",
        mark="ORO",
        title=_("What somebody wrote of danger or harm, and what was done"),
        models=("concerns.Concern", "concerns.Routine"),
        handling=Handling.IN_ORDER,
        secrecy=_HEALTH,
        disposal=_("24 months after it was handled. The routine when there is a new one."),
        confirmed_by=_BOTH,
    ),
    RecordKind(
        key="disclosure",
        mark="UTL",
        title=_("Requests to read documents, and what was answered"),
        models=("records.DisclosureRequest", "records.DisclosureDocument"),
        handling=Handling.REGISTERED,
        secrecy=_("The same as for each document that was asked for. Who asked need not be told (TF 2 kap. 18 §)."),
        disposal=_("24 months after the answer; a refusal until it can no longer be appealed, or preserved."),
        confirmed_by=_BOTH,
        rows=f"{_RECORDS}.queries.disclosure_records",
    ),
    RecordKind(
        key="figures",
        mark="SIF",
        title=_("Figures of the work, by month"),
        models=("figures.Snapshot", "figures.Figure", "figures.Comment"),
        handling=Handling.IN_ORDER,
        secrecy=_("Counts from 1 to 4 can point at single people (OSL 21 and 25 kap.)."),
        disposal=_("Preserved: it shows how the work went."),
        confirmed_by=_BOTH,
    ),
    RecordKind(
        key="decision",
        mark="GAL",
        title=_("Decisions of disposal, and exports to the diary"),
        models=("records.DisposalDecision", "records.DisposalNotice", "records.DiaryExport", "records.DiaryRow"),
        handling=Handling.IN_ORDER,
        secrecy=_("None."),
        disposal=_("Preserved: it shows what was disposed of, and by which decision."),
        confirmed_by=_ARCHIVIST,
    ),
)

#: Tables in which no document arises -> why.
NO_DOCUMENTS: dict[str, str] = {
    "account.EmailAddress": "a way to log in",
    "account.EmailConfirmation": "a way to log in",
    "auth.Group": "Django's, not used",
    "auth.Permission": "Django's, not used",
    "contenttypes.ContentType": "names of tables",
    "core.Event": "the machinery: numbers, for two weeks",
    "core.MailHold": "when mail was held after a restore",
    "core.Slot": "when a scheduled job last ran",
    "core.WorkerBeat": "a process's sign of life",
    "django_tasks_database.DBTaskResult": "the machinery: numbers, for two weeks",
    "assignments.Follow": "what somebody has chosen to hear of",
    "assignments.SavedSearch": "what somebody has chosen to hear of",
    "mfa.Authenticator": "a way to log in",
    "my_data.RetentionNotice": "that somebody was told what runs out; the mail tells it",
    "notices.Rhythm": "when somebody wants their mail",
    "notices.Wish": "what somebody has chosen to get by mail",
    "organisations.Node": "the register of organisations, which is public elsewhere",
    "surveys.AnonymousDraft": "a sheet that is not handed in; only who writes it can open it",
    "surveys.AskedLink": "by which somebody reaches their own sheet",
    "surveys.PaperTyped": "that a sheet on paper was typed in",
    "people.NamedCoordinator": "who may open what is protected",
    "people.ProtectedDetails": "what it takes to reach somebody who is protected (OSL 21 kap. 3 §)",
    "people.EidLink": "a way to log in",
    "people.Person": "the account: what it takes to reach somebody; what they write stands in the rows above",
    "people.Remembered": "counts of attempts to log in, for minutes",
    "people.Session": "where somebody is logged in",
}
