"""What mail is about, and how soon: the topics a person can choose among, and the topic of each kind of mail.

At once goes what somebody waits for or must answer by a day, and what keeps an account safe. The rest waits for the
digest, unless its reader chooses otherwise. A topic with `fixed` cannot be switched off, and says why. A kind of mail
without a row here is refused by a test; until then it goes at once. The page under /konto/mejl/ shows the topics in
this order.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samskapa.ground.core.domain import DIGEST, Pace, Topic

_ALWAYS = (Pace.AT_ONCE,)
_SOME_TIME = (Pace.AT_ONCE, Pace.DAILY, Pace.WEEKLY)

TOPICS: tuple[Topic, ...] = (
    Topic(
        key="account",
        title=_("Your account, and what others do in your name"),
        what=_("Codes and links to log in, new ways to log in, protected identity, and when a coordinator has helped."),
        pace=Pace.AT_ONCE,
        choices=_ALWAYS,
        fixed=_("So that you see at once if somebody else does something with your account."),
        shows=False,
    ),
    Topic(
        key="own_data",
        title=_("What we keep about you"),
        what=_("When something about you is soon removed because its time is out."),
        pace=Pace.DAILY,
        choices=_SOME_TIME,
        fixed=_("It cannot be turned off: you must have time to save what you want to keep."),
    ),
    Topic(
        key="application",
        title=_("Answers to what you applied to"),
        what=_("That your application has arrived, whether you are chosen, and if the assignment is called off."),
        pace=Pace.AT_ONCE,
        choices=_ALWAYS,
        fixed=_("Whoever applies has a right to an answer. It stops when you withdraw."),
    ),
    Topic(
        key="application_news",
        title=_("More about what you applied to or asked"),
        what=_("When days are moved, and when a question that you asked is answered."),
        pace=Pace.DAILY,
    ),
    Topic(
        key="agreement_waits",
        title=_("Agreements that wait for you, or are settled"),
        what=_("A new draft, points that nobody has answered, that all is settled, and a term that soon ends."),
        pace=Pace.AT_ONCE,
        choices=_SOME_TIME,
        fixed=_("It cannot be turned off: an agreement has two parties, and both must know."),
    ),
    Topic(
        key="agreement_news",
        title=_("News in what you take part in"),
        what=_("When something is written in your agreement, when it ends, and what it has led to."),
        pace=Pace.DAILY,
    ),
    Topic(
        key="work",
        title=_("The work you take part in"),
        what=_("That it begins, check-ins, what became of what you contributed, and what it has led to."),
        pace=Pace.AT_ONCE,
    ),
    Topic(
        key="group",
        title=_("The resource group you are in"),
        what=_("That your answers have arrived, that you are welcome, and once a year whether you want to stay."),
        pace=Pace.AT_ONCE,
        choices=_SOME_TIME,
        fixed=_("It cannot be turned off: you must know where you stand. It stops when you leave the group."),
    ),
    Topic(
        key="invited",
        title=_("When you are asked to take part in something"),
        what=_("What it is about, and by when you answer. You can say no every time."),
        pace=Pace.AT_ONCE,
        choices=(Pace.AT_ONCE, Pace.DAILY),
        fixed=_("It cannot be turned off: there is a day to answer by. If you rest, nobody asks you."),
    ),
    Topic(
        key="group_notes",
        title=_("What is noted of you in a resource group"),
        what=_("That a coordinator has noted something, or described you with a word, that you can read on your page."),
        pace=Pace.DAILY,
    ),
    Topic(
        key="group_letters",
        title=_("Letters to members of the resource group you are in"),
        what=_("What a coordinator writes to several at once. They stand on your page in the group too."),
        pace=Pace.DAILY,
    ),
    Topic(
        key="followed",
        title=_("Assignments that you follow"),
        what=_("Questions that are answered, days that are moved, when it closes, and what it has led to."),
        pace=Pace.DAILY,
    ),
    Topic(
        key="searches",
        title=_("Your saved searches"),
        what=_("When a new assignment fits a search that you have saved."),
        pace=Pace.DAILY,
    ),
    Topic(
        key="year",
        title=_("A letter about your year"),
        what=_("In January: what you took part in last year, and what came of it."),
        pace=Pace.AT_ONCE,
    ),
    Topic(
        key="asked",
        title=_("Questions that you are asked"),
        what=_("When somebody wants to know how it was for you, one or two reminders, and what came out of it."),
        pace=Pace.AT_ONCE,
        choices=(Pace.AT_ONCE, Pace.NEVER),
        shows=False,
    ),
    Topic(
        key="concern",
        title=_("When somebody has written of danger or harm"),
        what=_("For coordinators who are named to read: that there is something to read, and that nobody has yet."),
        pace=Pace.AT_ONCE,
        choices=_ALWAYS,
        fixed=_("It cannot be turned off: somebody may be in danger."),
        shows=False,
    ),
    Topic(
        key="work_waits",
        title=_("What waits for you in a role, or in a need you raised"),
        what=_(
            "What becomes of a need that you sent, a need to read, a question from somebody who may apply, "
            "people who wait."
        ),
        pace=Pace.AT_ONCE,
        choices=(Pace.AT_ONCE, Pace.DAILY),
        fixed=_(
            "It cannot be turned off: others wait. A question that you can answer by a "
            "link of its own always comes at once."
        ),
    ),
    Topic(
        key="work_news",
        title=_("News in a role, or in a need you raised"),
        what=_(
            "When somebody withdraws, answers a nomination or writes in an agreement with your unit, and when a "
            "month's figures are ready."
        ),
        pace=Pace.DAILY,
    ),
)

#: Topic's key -> the kinds of mail that are about it.
_KINDS: dict[str, tuple[str, ...]] = {
    "account": (
        "people/login_code",
        "people/password_reset",
        "people/unknown_account",
        "people/way_in_added",
        "people/way_in_removed",
        "people/new_address_code",
        "people/address_taken",
        "people/address_changed",
        "organisations/invitation",
        "protection/protected",
        "protection/lifted",
        "protection/named_anew",
        "helping/done",
        "helping/take_over",
        DIGEST,  # the digest itself
    ),
    "own_data": ("my_data/time_runs_out",),
    "application": (
        "assignments/application_received",
        "assignments/answered_chosen",
        "assignments/answered_not_chosen",
        "assignments/called_off",
        "assignments/withdrawn",
    ),
    "application_news": (
        "assignments/moved",
        "assignments/question_answered",
        "assignments/question_hidden",
    ),
    "agreement_waits": (
        "pool/agreement_news",
        "pool/agreement_settled",
        "pool/agreement_waits",
        "assignments/agreement_drafted",
        "assignments/agreement_waits",
        "assignments/agreement_version",
        "assignments/term_ends",
        "assignments/hand_over",
        "assignments/material",
    ),
    "agreement_news": (
        "assignments/agreement_news",
        "assignments/term_let_end",
        "assignments/term_ended",
        "assignments/told_back",
    ),
    "asked": ("surveys/asked", "surveys/reminder", "surveys/results"),
    "concern": ("concerns/noted", "concerns/late"),
    "work": (
        "underway/begun",
        "underway/check_in",
        "underway/check_in_day",
        "underway/check_in_noted",
        "underway/outcome",
        "underway/confirm",
        "underway/done",
    ),
    "followed": ("assignments/followed",),
    "searches": ("assignments/found",),
    "year": ("assignments/year",),
    "group": (
        "pool/received",
        "pool/welcomed",
        "pool/contact",
        "pool/active",
        "pool/not_welcomed",
        "pool/still",
        "pool/rests",
        "pool/guardian_ended",
        "importing/kept",
    ),
    "invited": ("matching/asked", "matching/taken_back", "matching/both", "matching/alone"),
    "group_notes": ("pool/noted", "pool/labelled"),
    "group_letters": ("circulars/letter",),
    "work_waits": (
        "pool/joined",
        "pool/note_answered",
        "pool/agreement_silent",
        "pool/guardian_missing",
        "pool/of_age",
        "assignments/need_sent",
        "assignments/need_sent_back",
        "assignments/need_unit",
        "assignments/need_published",
        "assignments/need_cancelled",
        "assignments/question_asked",
        "assignments/closed",
        "assignments/unanswered",
        "assignments/presented",
        "assignments/agreements_drafted",
        "assignments/agreements_wait",
        "assignments/terms_end",
        "assignments/tell_back",
        "underway/tell",
        "underway/contributed",
        "matching/settled",
        "matching/enquiry",
        "matching/enquiries_over",
        "assignments/somebody_died",
        "assignments/nomination_gone",
    ),
    "work_news": (
        "assignments/somebody_withdrew",
        "assignments/agreements_news",
        "underway/confirmed",
        "assignments/handed_over",
        "assignments/nomination_answered",
        "assignments/nomination_lapsed",
        "assignments/nominee_answered",
        "statistics/ready",
        "matching/enquiry_answered",
        "matching/enquiry_over",
        "matching/settled_elsewhere",
    ),
}

_BY_KEY = {topic.key: topic for topic in TOPICS}
#: Kind of mail -> its topic.
MAILS: dict[str, Topic] = {kind: _BY_KEY[key] for key, kinds in _KINDS.items() for kind in kinds}

#: What a resource group writes to a member. Who has answered there that they want a call or a letter gets it so: a
#: coordinator passes it on (docs/decisions/0044-reached-as-one-wants.md). What the coordinators themselves are mailed,
#: and what keeps an account safe, is no such thing.
PASSED_ON: frozenset[str] = frozenset(
    {
        *(kind for key in ("group", "invited", "group_notes", "group_letters") for kind in _KINDS[key]),
        "pool/agreement_news",
        "pool/agreement_settled",
        "pool/agreement_waits",
    }
)
