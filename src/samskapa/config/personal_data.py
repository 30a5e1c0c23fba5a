"""Every kind of personal data: what it is, how long it is kept, how it is taken along, and what is left afterwards.

The person's own page shows these rows in this order; docs/personal-data.md says the same, and tests compare. A table
that no row names, and NO_PERSONAL_DATA neither, is refused by a test. The account is first, and blanked last. How long
and why are proposals: the organisation decides, and its lawyer confirms (docs/law.md).
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samskapa.ground.people.domain.my_data import DataKind, Retention

_PEOPLE = "samskapa.ground.people"
_HELPING = "samskapa.ground.helping"
_ORGANISATIONS = "samskapa.ground.organisations"
_SURVEYS = "samskapa.listen.surveys"
_POOL = "samskapa.cocreate.pool"
_IMPORTING = "samskapa.cocreate.importing"
_RECRUITING = "samskapa.cocreate.recruiting"
_CIRCULARS = "samskapa.cocreate.circulars"
_ASSIGNMENTS = "samskapa.cocreate.assignments"
_NOTICES = "samskapa.ground.notices"
_MATCHING = "samskapa.cocreate.matching"
_UNDERWAY = "samskapa.cocreate.underway"
_MY_DATA = "samskapa.edge.my_data"

PERSONAL_DATA: tuple[DataKind, ...] = (
    DataKind(
        key="account",
        title=_("Your account"),
        what=_("Your name, e-mail, phone and language."),
        why=_("To know who you are and to reach you."),
        models=("people.Person",),
        rows=f"{_PEOPLE}.queries.my_data.account_of",
        retention=Retention(
            months=24,
            since=_("you last logged in and nothing you take part in goes on"),
            due=f"{_MY_DATA}.queries.accounts_past",
            carry_out=f"{_MY_DATA}.services.blank_old_account",
        ),
        kept=_("An empty row without your details, so that what others have written still hangs together."),
        end=f"{_PEOPLE}.services.my_data.close_account",
        blank=f"{_PEOPLE}.services.my_data.blank_account",
    ),
    DataKind(
        key="protection",
        title=_("Your protected identity"),
        what=_("Your name, how you are reached and where you are, kept apart and encrypted, and who may open it."),
        why=_("So that you can take part without being found."),
        models=("people.ProtectedDetails", "people.NamedCoordinator"),
        rows=f"{_PEOPLE}.queries.my_data.protected_of",
        stays=_("Until the protection is lifted, or your account goes."),
    ),
    DataKind(
        key="help",
        title=_("Help you have had"),
        what=_("How you said yes, your postal address, who helped you, when and with what."),
        why=_("So that you can take part without e-mail, and so that it shows what others did in your name."),
        models=("helping.Registered", "helping.Help", "helping.PassedOn"),
        rows=f"{_HELPING}.queries.help_rows_of",
        stays=_("As long as your account."),
        kept=_("That somebody helped, who and when. Not your address, and not with what."),
        end=f"{_HELPING}.services.end_help_of",
        blank=f"{_HELPING}.services.blank_help_of",
    ),
    DataKind(
        key="ways_in",
        title=_("Your ways to log in"),
        what=_("Passkeys, codes, your confirmed address, and a mark by which we know your e-ID again."),
        why=_("To let you in, and nobody else."),
        models=("account.EmailAddress", "account.EmailConfirmation", "mfa.Authenticator", "people.EidLink"),
        rows=f"{_PEOPLE}.queries.my_data.ways_in_of",
        stays=_("Until you remove them, or your account goes."),
        blank=f"{_PEOPLE}.services.my_data.remove_ways_in",
    ),
    DataKind(
        key="places",
        title=_("The places where you are logged in"),
        what=_("Browser and system in a word each, and when you were here."),
        why=_("To keep you logged in, and so that you can log out from afar."),
        models=("people.Session",),
        rows=f"{_PEOPLE}.queries.my_data.places_of",
        stays=_("Until you log out, or a day after it has run out."),
    ),
    DataKind(
        key="roles",
        title=_("Your roles"),
        what=_("Which roles you have and have had, where, and from when to when."),
        why=_("To know who may do what, and who was allowed to when something was done."),
        models=("organisations.RoleGrant",),
        rows=f"{_ORGANISATIONS}.queries.my_data.role_rows_of",
        stays=_("Stays, ended ones too."),
        kept=_("Which roles there were, without your name. The organisation must be able to show who was allowed to."),
        matters=f"{_ORGANISATIONS}.queries.my_data.roles_that_matter",
        last_use=f"{_ORGANISATIONS}.queries.my_data.last_roles",
        end=f"{_ORGANISATIONS}.services.my_data.end_roles",
    ),
    DataKind(
        key="invitations",
        title=_("Invitations to you"),
        what=_("To which address, to which role, and when."),
        why=_("To let you in the first time."),
        models=("organisations.Invitation",),
        rows=f"{_ORGANISATIONS}.queries.my_data.invitation_rows_of",
        retention=Retention(
            months=3,
            since=_("the link was used or ran out"),
            due=f"{_ORGANISATIONS}.queries.my_data.invitations_past",
            carry_out=f"{_ORGANISATIONS}.services.my_data.remove_old_invitation",
            tells=False,
        ),
        blank=f"{_ORGANISATIONS}.services.my_data.blank_invitations",
    ),
    DataKind(
        key="memberships",
        title=_("The resource groups you are in"),
        what=_(
            "What you answered when you joined, the poster or link that you came by, what you have said yes to, what "
            "coordinators have noted and you have answered, what you and the group have agreed on, who your contact "
            "person is, and where you have stood and why."
        ),
        why=_("So that you can be asked about what suits you, and so that you can take part."),
        models=(
            "pool.Member",
            "pool.Tag",
            "pool.Reply",
            "pool.Consent",
            "pool.Move",
            "pool.Note",
            "pool.NoteAnswer",
            "pool.Introduced",
            "pool.Minor",
            "pool.Yearly",
            "pool.NameSheet",  # what members want to be called, once more, until one of them changes it or leaves
            "pool.WordSheet",  # the stems of what they have told in their own words, likewise
            "pool.Agreement",
            "pool.Party",
            "pool.Line",
            "pool.Revision",
            "pool.Statement",
            "pool.Comment",
            "pool.Version",
            "pool.VersionLine",
            "pool.Labelled",
        ),
        rows=f"{_POOL}.queries.my_data.member_rows_of",
        retention=Retention(
            months=24,
            since=_("you began to rest, or to fill in the form without sending it, and have said nothing since"),
            due=f"{_POOL}.queries.my_data.members_past",
            carry_out=f"{_POOL}.services.my_data.leave_after_long",
        ),
        kept=_("That somebody was a member, from when to when and why it ended. Nothing that you told."),
        matters=f"{_POOL}.queries.my_data.matters_of",
        consents=f"{_POOL}.queries.my_data.consents_of",
        take_back=f"{_POOL}.services.my_data.take_back",
        last_use=f"{_POOL}.queries.my_data.last_memberships",
        end=f"{_POOL}.services.my_data.end_memberships",
        blank=f"{_POOL}.services.my_data.blank_memberships",
    ),
    DataKind(
        key="asked_to",
        title=_("What you have been asked to take part in"),
        what=_("Which assignments you were asked about, when, and whether you said yes or no. Never why."),
        why=_("So that nobody is asked too often, and nobody is forgotten."),
        models=("matching.Invitation", "matching.Wave", "matching.Pair"),
        rows=f"{_MATCHING}.queries.own.invitation_rows_of",
        retention=Retention(
            months=24,
            since=_("you answered, or the day to answer passed"),
            due=f"{_MATCHING}.queries.own.invitations_past",
            carry_out=f"{_MATCHING}.services.my_data.remove_old_invitation",
            tells=False,
        ),
        kept=_("That somebody was asked and what they answered, without your name, until its time is out."),
        matters=f"{_MATCHING}.queries.own.matters_of",
        last_use=f"{_MATCHING}.queries.own.last_invitations",
        end=f"{_MATCHING}.services.my_data.end_invitations",
    ),
    DataKind(
        key="enquiries",
        title=_("What you have asked other groups and organisations, and answered for one"),
        what=_("To which assignment, when, what you wrote, and the answer you gave."),
        why=_("So that those who asked and those who were asked know what was said."),
        models=("matching.Enquiry",),
        rows=f"{_MATCHING}.queries.own.enquiry_rows_of",
        retention=Retention(
            months=24,
            since=_("it was answered, or the day to answer passed"),
            due=f"{_MATCHING}.queries.own.enquiries_past",
            carry_out=f"{_MATCHING}.services.settling_enquiries.remove_old_enquiry",
            tells=False,
        ),
        kept=_("The question and the answer, without your name, until its time is out."),
    ),
    DataKind(
        key="views",
        title=_("Views of members that you have saved"),
        what=_("What you called a view of a resource group's members, what it is narrowed to, and when you saved it."),
        why=_("So that those who run the group come back to it."),
        models=("pool.SavedView",),
        rows=f"{_POOL}.queries.finding.view_rows_of",
        stays=_("Until somebody who runs the group removes it."),
        kept=_("The view, without your name. It belongs to the group."),
    ),
    DataKind(
        key="recruiting",
        title=_("What you have taken on to find those who are missing"),
        what=_(
            "The rows of a recruitment plan that are yours, and the posters and links where you are the one to call."
        ),
        why=_("So that those who run the group know who does what, and so that there is somebody to call."),
        models=("recruiting.Sought", "recruiting.Channel"),
        rows=f"{_RECRUITING}.queries.my_data.recruiting_rows_of",
        stays=_("Until somebody who runs the group writes it anew."),
        kept=_("The plan and the posters, without your name. They belong to the group."),
    ),
    DataKind(
        key="labels",
        title=_("Labels for members that you have made"),
        what=_("A word for the members of a resource group that you made, and when."),
        why=_("So that those who run the group describe members in the same words."),
        models=("pool.Label",),
        rows=f"{_POOL}.queries.labels.label_rows_of",
        stays=_("Until somebody who runs the group removes it."),
        kept=_("The word, without your name. It belongs to the group."),
    ),
    DataKind(
        key="letters",
        title=_("Letters to several in the resource group"),
        what=_("Which letters to several members you got, and when. Those you wrote or sent as a coordinator."),
        why=_("So that you can read them again, and so that nobody gets the same letter twice."),
        models=("circulars.Circular", "circulars.Addressee"),
        rows=f"{_CIRCULARS}.queries.my_data.letter_rows_of",
        retention=Retention(
            months=24,
            since=_("the letter was sent"),
            due=f"{_CIRCULARS}.queries.my_data.letters_past",
            carry_out=f"{_CIRCULARS}.services.my_data.remove_old_addressee",
            tells=False,
        ),
        kept=_("The letter, without the names of those who got it or wrote it. It belongs to the group."),
        end=f"{_CIRCULARS}.services.my_data.end_letters",
        blank=f"{_CIRCULARS}.services.my_data.blank_letters",
    ),
    DataKind(
        key="lists",
        title=_("Lists that members come in from"),
        what=_(
            "From which list you came into a resource group, who took it in, and when you were told. The rows of a "
            "list while it is being taken in."
        ),
        why=_("So that you can know where it comes from that you are in the group."),
        models=("importing.Import", "importing.Row", "importing.Origin"),
        rows=f"{_IMPORTING}.queries.my_data.list_rows_of",
        retention=Retention(
            months=1,
            since=_("a list came in, for the rows that have not been taken in"),
            due=f"{_IMPORTING}.queries.lists.imports_past",
            carry_out=f"{_IMPORTING}.services.my_data.close_old_import",
            tells=False,
        ),
        kept=_("That a list came in, when, from where and by whom."),
        blank=f"{_IMPORTING}.services.my_data.blank_origins",
    ),
    DataKind(
        key="applications",
        title=_("Your applications"),
        what=_(
            "Your experience, what you need to take part, your answers, and what you said of conflicts of interest."
        ),
        why=_("To choose, and so that you can take part."),
        models=(
            "assignments.Application",
            "assignments.ApplicationAnswer",
            "assignments.ApplicationRevision",
            "assignments.ConflictDeclaration",
        ),
        rows=f"{_ASSIGNMENTS}.queries.my_data.application_rows_of",
        retention=Retention(
            months=24,
            since=_("you had your answer or withdrew, or what you were chosen for was over"),
            due=f"{_ASSIGNMENTS}.queries.retention.applications_past",
            carry_out=f"{_ASSIGNMENTS}.services.my_data.blank_old_application",
        ),
        kept=_(
            "That somebody applied, when and how it went, so that the figures stay right. What you wrote only where "
            "the region or municipality has decided how long it is kept, and then without your name."
        ),
        matters=f"{_ASSIGNMENTS}.queries.my_data.matters_of",
        consents=f"{_ASSIGNMENTS}.queries.my_data.consents_of",
        take_back=f"{_ASSIGNMENTS}.services.my_data.take_back",
        last_use=f"{_ASSIGNMENTS}.queries.retention.last_applications",
        end=f"{_ASSIGNMENTS}.services.my_data.end_applications",
        blank=f"{_ASSIGNMENTS}.services.my_data.blank_applications",
    ),
    DataKind(
        key="surveys",
        title=_("Questions you were asked"),
        what=_(
            "That you were asked, where the question was sent, whether you answered, and what you answered by name. "
            "What you answered anonymously cannot be found again, by you or by anybody."
        ),
        why=_("To learn how it was, to remind those who have not answered, and to tell what came out of it."),
        models=(
            "surveys.Asking",
            "surveys.Asked",
            "surveys.AskedLink",
            "surveys.Sheet",
            "surveys.AnonymousDraft",
            "surveys.Urn",
        ),
        rows=f"{_SURVEYS}.queries.my_data.survey_rows_of",
        retention=Retention(
            months=24,
            since=_("the questions were closed"),
            due=f"{_SURVEYS}.queries.my_data.surveys_past",
            carry_out=f"{_SURVEYS}.services.blank_old_survey",
        ),
        kept=_("That somebody was asked and answered, and the results, which tell of no single person."),
        blank=f"{_SURVEYS}.services.blank_surveys",
    ),
    DataKind(
        key="agreements",
        title=_("Your agreements"),
        what=_("What you and the unit have agreed on, and what each of you said on the way."),
        why=_("Both of you hold the agreement, and nothing in it changes in silence."),
        models=(
            "assignments.Agreement",
            "assignments.Party",
            "assignments.Line",
            "assignments.Revision",
            "assignments.Statement",
            "assignments.Comment",
            "assignments.Version",
            "assignments.VersionLine",
            "assignments.Term",
            "assignments.HandOver",
        ),
        rows=f"{_ASSIGNMENTS}.queries.my_data.agreement_rows_of",
        stays=_("Stays until the organisation decides to dispose of it, as its records schedule says."),
        kept=_(
            "What was written in your agreements, and your name in those that were fixed. An agreement with a region "
            "or a municipality is a public document (tryckfrihetsförordningen, arkivlagen): the organisation keeps it "
            "until it decides to dispose of it. Nothing in it is rewritten."
        ),
        keep=f"{_ASSIGNMENTS}.services.my_data.keep_names",
    ),
    DataKind(
        key="work",
        title=_("The work you take part in"),
        what=_(
            "What you contributed and what became of it, what you noted of check-ins, promises and of what was told, "
            "the time you noted, and whether your name may stand on the page of what it led to."
        ),
        why=_("So that what you say leads somewhere, and so that you are told where."),
        models=(
            "underway.Contribution",
            "underway.Outcome",
            "underway.CheckIn",
            "underway.CheckInNote",
            "underway.Promise",
            "underway.Telling",
            "underway.Confirmation",
            "underway.Credit",
            "underway.TimeNote",
        ),
        rows=f"{_UNDERWAY}.queries.my_data.work_rows_of",
        stays=_("Stays until the organisation decides to dispose of it, as its records schedule says."),
        kept=_(
            "That something was contributed, what you answered in a word, the time you noted, and what the unit "
            "wrote. Nothing that you wrote, and not your name."
        ),
        consents=f"{_UNDERWAY}.queries.my_data.consents_of",
        take_back=f"{_UNDERWAY}.services.my_data.take_back",
        blank=f"{_UNDERWAY}.services.my_data.blank_work_of",
    ),
    DataKind(
        key="questions",
        title=_("What you asked and told in the open"),
        what=_("Questions and answers on open assignments, and what was told back."),
        why=_("So that everybody knows the same."),
        models=("assignments.PublicQuestion", "assignments.ToldBack"),
        rows=f"{_ASSIGNMENTS}.queries.my_data.question_rows_of",
        stays=_("Stays with the assignment."),
        kept=_("Questions that have an answer, so that the answer can be understood. They never say who asked."),
        blank=f"{_ASSIGNMENTS}.services.my_data.blank_questions",
    ),
    DataKind(
        key="needs",
        title=_("Needs you wrote, or are the contact of"),
        what=_("What you wrote of a need, your comments, and how you are reached as contact person."),
        why=_("So that it shows who wrote what, and so that there is somebody to turn to."),
        models=("assignments.Assignment", "assignments.Part", "assignments.PartRevision", "assignments.PartComment"),
        rows=f"{_ASSIGNMENTS}.queries.my_data.need_rows_of",
        retention=Retention(
            months=24,
            since=_("the work was over, for the contact person's details; the need itself stays"),
            due=f"{_ASSIGNMENTS}.queries.retention.contacts_past",
            carry_out=f"{_ASSIGNMENTS}.services.my_data.blank_old_contact",
            tells=False,
        ),
        kept=_("The text of the need: it is the organisation's. Your name and how you are reached are taken out."),
        last_use=f"{_ASSIGNMENTS}.queries.retention.last_needs",
        blank=f"{_ASSIGNMENTS}.services.my_data.blank_contacts",
    ),
    DataKind(
        key="choices",
        title=_("How it was chosen"),
        what=_("Who chose, in which way, and the reason in words."),
        why=_("So that a choice can be explained afterwards."),
        models=("assignments.Choice",),
        stays=_("Stays until the organisation decides to dispose of it, as its records schedule says."),
        kept=_(
            "The decision and its reason. The organisation must be able to explain it (förvaltningslagen, arkivlagen)."
        ),
    ),
    DataKind(
        key="concerns",
        title=_("When you have written of danger or harm"),
        what=_("The sentence that could mean danger or harm, when you wrote it, and what a coordinator did."),
        why=_("So that somebody reads it, and so that it can be seen that somebody did."),
        models=("concerns.Concern", "concerns.Routine"),
        rows="samskapa.ground.concerns.queries.rows_of",
        retention=Retention(
            months=24,
            since=_("it was handled"),
            due="samskapa.ground.concerns.queries.concerns_past",
            carry_out="samskapa.ground.concerns.services.blank_old_concern",
        ),
        kept=_("That there was something and that it was handled, without what you wrote."),
        blank="samskapa.ground.concerns.services.blank_concerns",
    ),
    DataKind(
        key="public_records",
        title=_("The organisation's own handling of documents"),
        what=_(
            "Who noted decisions of disposal, made lists for the diary and answered requests to read; what was asked "
            "for, where an answer goes if that was told, and what was handed out."
        ),
        why=_("So that it can be shown what was registered, handed out and disposed of, by whom and why."),
        models=(
            "records.DisposalDecision",
            "records.DiaryExport",
            "records.DisclosureRequest",
            "records.DisclosureDocument",
        ),
        rows="samskapa.edge.records.queries.rows_of",
        stays=_("Stays until the organisation decides to dispose of it, as its records schedule says."),
        kept=_("All of it, without the account's name. A copy that was handed out is a public document of its own."),
    ),
    DataKind(
        key="material",
        title=_("Material you have added"),
        what=_("What you called it, when you added it, and when and why you took it away."),
        why=_("So that it shows who gave what to read, and when."),
        models=("assignments.Material",),
        rows=f"{_ASSIGNMENTS}.queries.material.material_rows_of",
        stays=_("Stays until the organisation decides to dispose of it, as its records schedule says."),
        kept=_(
            "The material, what it is called, and why something was taken away: that is the organisation's. Not your "
            "name."
        ),
    ),
    DataKind(
        key="files",
        title=_("Files you have sent"),
        what=_("What you called the file, when you sent it, and the file itself."),
        why=_("So that those who meet about it can read it."),
        models=("documents.Upload",),
        rows=f"{_MY_DATA}.queries.file_rows_of",
        stays=_("As long as what it was handed in with; one that was never handed in a day."),
        kept=_("Files that were handed in, without your name. They belong to what they were handed in with."),
        blank=f"{_MY_DATA}.services.blank_files_of",
    ),
    DataKind(
        key="notices",
        title=_("What you want to know, and how soon"),
        what=_("What you have chosen to get by mail and when, and how far you have read of what has happened."),
        why=_("So that we write to you as you want."),
        models=("notices.Rhythm", "notices.Wish"),
        rows=f"{_NOTICES}.queries.choice_rows_of",
        stays=_("Until you choose otherwise, or your account goes."),
        blank=f"{_NOTICES}.services.blank_choices_of",
    ),
    DataKind(
        key="followed",
        title=_("What you follow"),
        what=_("The assignments you follow, and the searches you have saved."),
        why=_("So that you hear what happens to what you have chosen to follow."),
        models=("assignments.Follow", "assignments.SavedSearch"),
        rows=f"{_ASSIGNMENTS}.queries.informed.followed_rows_of",
        stays=_("Until you end it, or your account goes."),
        blank=f"{_ASSIGNMENTS}.services.informed.blank_followed_by",
    ),
    DataKind(
        key="mail",
        title=_("Mail to you"),
        what=_("What we have written to you about, and when."),
        why=_("So that the same thing is mailed once, and so that it can be seen that you were told."),
        models=("core.OutboxMail", "my_data.RetentionNotice"),
        rows=f"{_MY_DATA}.queries.mail_rows_of",
        retention=Retention(
            months=6,
            since=_("it was written, for what it said"),
            due=f"{_MY_DATA}.queries.mails_past",
            carry_out=f"{_MY_DATA}.services.blank_old_mail",
            tells=False,
        ),
        kept=_(
            "That there was a mail, and about what kind of thing. Not what it said, and not your address. What others "
            "were mailed about you goes from here within six months."
        ),
        end=f"{_MY_DATA}.services.stop_mail_of",
        blank=f"{_MY_DATA}.services.blank_mail_of",
    ),
    DataKind(
        key="trail",
        title=_("The log"),
        what=_("Who did what and when, and who was shown your details. Numbers, never names or texts."),
        why=_("So that you can see who has looked, and so that nothing is changed in silence."),
        models=("core.AuditEntry", "core.AuditLink", "core.AuditSubject"),
        rows=f"{_PEOPLE}.queries.my_data.trail_rows_of",
        stays=_("Stays. Nothing in it can be changed or removed."),
        kept=_("All of it, with a number in place of your name, as proof of what was done (GDPR articles 5.2 and 32)."),
    ),
    DataKind(
        key="machinery",
        title=_("The machinery"),
        what=_("What is to be done in the background, and how many times somebody has tried to log in. Numbers only."),
        why=_("So that nothing is lost, and nobody guesses their way in."),
        models=("core.Event", "django_tasks_database.DBTaskResult", "people.Remembered"),
        stays=_("Two weeks at most; news that must happen only once stays, as numbers."),
    ),
    DataKind(
        key="organisations",
        title=_("The organisations' own addresses"),
        what=_("How an organisation is reached. Sometimes that is a person's address."),
        why=_("So that everybody can get in touch."),
        models=("organisations.Node",),
        stays=_("Until the organisation changes it. Tell the coordinator if it is yours and should not be there."),
    ),
)

#: Tables in which no person is named and none writes of themselves -> why.
NO_PERSONAL_DATA: dict[str, str] = {
    "assignments.ApplicantQuestion": "what the unit asks every applicant",
    "assignments.Clarification": "codes of what was unclear in a need",
    "assignments.FixedDay": "when an assignment meets",
    "assignments.StandingTerms": "what a standing assignment asks for",
    "auth.Group": "Django's, not used",
    "auth.Permission": "Django's, not used",
    "contenttypes.ContentType": "names of tables",
    "core.MailHold": "when mail was held after a restore",
    "core.Slot": "when a scheduled job last ran",
    "core.WorkerBeat": "a process's sign of life",
    "coverage.Measured": "what a group has chosen to measure; who chose stands in the log",
    "coverage.PopulationFact": "how many live in an area",
    "coverage.PopulationTable": "tables of the population, and where they come from",
    "coverage.Snapshot": "when a group was counted",
    "coverage.Told": "counts of a group in fives, none of them under five",
    "figures.Comment": "what a unit says of its own figures; who wrote it stands in the log",
    "figures.Figure": "counts, and whether they are told",
    "figures.Snapshot": "when a month was counted",
    "surveys.PaperTyped": "that a sheet on paper was typed in: not when, not which",
    "surveys.Question": "questions, without who answered",
    "surveys.QuestionSet": "names of sets of questions",
    "surveys.SetVersion": "versions of sets of questions",
    "surveys.Wording": "the words of questions",
    "underway.Work": "how far the work of an assignment has come",
    "starting.Saved": "versions of the steps by which a resource group is begun",
    "starting.Start": "how a resource group is begun; who wrote stands in the log",
    "recruiting.Opened": "how many times a link was opened on a day; nobody's name, address or hour",
    "recruiting.Text": "what posters and invitations say; who wrote it stands in the log",
    "pool.StartingPoint": "the points that agreements of a group start from",
    "pool.StartingText": "versions of them; who wrote them stands in the log",
    "pool.Group": "what the page of a resource group says; who changed it stands in the log",
    "records.DiaryRow": "numbers of documents that are in a list for the diary",
    "records.DisposalNotice": "numbers of what will be disposed of, and since when it is shown",
}
