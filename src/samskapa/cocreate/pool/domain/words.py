"""The fixed words of a resource group: the statuses of a member, and the choices in the form of joining."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """Where somebody stands in a resource group. It moves only by `moving.MOVES`."""

    BEGUN = "begun"  # is filling in the form; nobody else reads it
    INTERESTED = "interested"  # has sent it, and waits for a talk
    TALKED = "talked"  # a coordinator has talked with them
    WELCOMED = "welcomed"  # is welcome, has a contact person, and is being introduced
    ACTIVE = "active"  # may be asked
    RESTING = "resting"  # is not asked until they say so
    LEFT = "left"  # nothing of what they told is kept


class Why(StrEnum):
    """The reason of a move. There is no move without one."""

    SENT = "sent"  # the person sent the form
    IMPORTED = "imported"  # a coordinator took them in from a list, with their yes
    TALKED = "talked"  # a coordinator talked with them
    WELCOMED = "welcomed"  # a coordinator welcomed them
    INTRODUCED = "introduced"  # the introduction is done and the agreement confirmed
    OWN_WISH = "own_wish"  # the person wants to rest, or to leave
    BACK = "back"  # the person wants to be asked again
    NO_ANSWER = "no_answer"  # the yearly question had no answer, after a reminder
    NOT_WELCOMED = "not_welcomed"  # a coordinator said no, and why
    AGAIN = "again"  # somebody who had left joins again
    TIME = "time"  # began to rest, or to fill in the form, long ago; told before
    ENDED = "ended"  # the account ended


class Age(StrEnum):
    """Ages in bands: nobody's day of birth is asked for."""

    FROM_13 = "13-15"
    FROM_16 = "16-17"
    FROM_18 = "18-29"
    FROM_30 = "30-49"
    FROM_50 = "50-64"
    FROM_65 = "65-79"
    FROM_80 = "80-"

    @property
    def youngest(self) -> int:
        return int(self.value.partition("-")[0])


class Gender(StrEnum):
    WOMAN = "woman"
    MAN = "man"
    OTHER = "other"
    NOT_SAID = "not_said"


class Reach(StrEnum):
    """How a member wants to be reached."""

    EMAIL = "email"
    PHONE = "phone"
    LETTER = "letter"


class As(StrEnum):
    """Whose experience it is."""

    PATIENT = "patient"
    RELATIVE = "relative"
    SERVICE_USER = "service_user"


class Care(StrEnum):
    """Forms of care one has met. They say where, never why: no diagnosis follows from them."""

    PRIMARY = "primary"
    HOSPITAL = "hospital"
    EMERGENCY = "emergency"
    PSYCHIATRY = "psychiatry"
    CHILDREN = "children"
    MATERNITY = "maternity"
    CANCER = "cancer"
    REHABILITATION = "rehabilitation"
    HOME = "home"
    CARE_HOME = "care_home"
    SOCIAL = "social"
    DISABILITY = "disability"
    DENTAL = "dental"
    DIGITAL = "digital"
    PALLIATIVE = "palliative"


class Contribution(StrEnum):
    """The ways of contributing, the same for a member as for an assignment."""

    IMPROVEMENT_TEAM = "improvement_team"
    RESEARCH = "research"
    WORKSHOP = "workshop"  # workshop, seminar or conference
    EDUCATION = "education"
    OWN_STORY = "own_story"
    JURY = "jury"  # quality award jury
    GOVERNANCE = "governance"  # governance and steering
    AI_DIGITAL = "ai_digital"  # AI and digital services
    OTHER = "other"


class Language(StrEnum):
    """Swedish, the national minority languages (lag 2009:724), sign language, and those that many speak here. Others
    are written in words."""

    SWEDISH = "sv"
    FINNISH = "fi"
    MEANKIELI = "fit"
    SAMI = "smi"
    ROMANI = "rom"
    YIDDISH = "yi"
    SIGN = "swl"
    ENGLISH = "en"
    ARABIC = "ar"
    DARI = "prs"
    PERSIAN = "fa"
    KURDISH = "ku"
    SOMALI = "so"
    TIGRINYA = "ti"
    UKRAINIAN = "uk"
    POLISH = "pl"
    BCS = "hbs"
    SPANISH = "es"
    TURKISH = "tr"


class Need(StrEnum):
    """What somebody needs to take part on equal terms."""

    HEARING_LOOP = "hearing_loop"
    INTERPRETER = "interpreter"
    SIGN_INTERPRETER = "sign_interpreter"
    BREAKS = "breaks"
    COMPANION = "companion"
    LARGE_PRINT = "large_print"
    EASY_READ = "easy_read"
    IN_ADVANCE = "in_advance"
    REMOTE = "remote"
    WHEELCHAIR = "wheelchair"
    CALM = "calm"
    TRAVEL = "travel"


class When(StrEnum):
    DAYTIME = "daytime"
    EVENING = "evening"
    WEEKEND = "weekend"
    SHORT_NOTICE = "short_notice"


class SpeaksFor(StrEnum):
    """Own experience and the mandate of an organisation are two capacities; somebody may have both."""

    ONESELF = "oneself"
    MANDATE = "mandate"


class ConsentTo(StrEnum):
    """What has a yes of its own, with its words and its moment."""

    JOINING = "joining"  # you may ask me; I can say no every time
    DIAGNOSIS = "diagnosis"
    GUARDIAN = "guardian"  # a guardian's yes for somebody under eighteen


class NoteKind(StrEnum):
    """Every note is open to the member; there is no other kind."""

    TALK = "talk"  # the first conversation
    CHECK_IN = "check_in"
    NOTE = "note"


class Introduction(StrEnum):
    """What a new member is told of, point by point."""

    PURPOSE = "purpose"
    ROLES = "roles"
    ORGANISATION = "organisation"
    WORDS = "words"
    SECRECY = "secrecy"
    PAY = "pay"


class Answer(StrEnum):
    """Of the yearly question."""

    YES = "yes"
    REST = "rest"
    LEAVE = "leave"
    NO_ANSWER = "no_answer"
