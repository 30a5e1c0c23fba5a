"""Whom a group looks for, where they can be found, and when a link was opened by somebody. Pure."""

from __future__ import annotations

import re
from enum import StrEnum


class Audience(StrEnum):
    """Whom one looks for. Words of a recruitment plan, not of anybody's answers."""

    YOUNG = "young"  # 13 to 17
    YOUNG_ADULTS = "young_adults"  # 18 to 29
    MIDDLE = "middle"  # 30 to 64: work, children, little time
    OLDER = "older"  # 65 to 79
    OLDEST = "oldest"  # 80 and over
    MEN = "men"
    MUNICIPALITY = "municipality"  # those who live in one that few come from
    RELATIVES = "relatives"
    LANGUAGE = "language"  # another mother tongue than Swedish
    PSYCHIATRY = "psychiatry"
    MUNICIPAL_CARE = "municipal_care"  # home care, care homes, social services
    DISABILITY = "disability"
    NO_EMAIL = "no_email"  # is reached by phone or letter
    EVERYBODY = "everybody"


class Place(StrEnum):
    """Where one looks."""

    YOUTH_CLINIC = "youth_clinic"
    STUDENT_COUNCIL = "student_council"
    YOUTH_CENTRE = "youth_centre"
    SCHOOL_HEALTH = "school_health"
    STUDIES = "studies"  # folk high schools, universities
    SOCIAL_MEDIA = "social_media"
    WAITING_ROOM = "waiting_room"
    WITH_LETTER = "with_letter"  # with a letter that is sent anyway
    WEB = "web"  # 1177 and the region's or municipality's pages
    LIBRARY = "library"
    ASSOCIATIONS = "associations"  # sport, culture, hunting
    PATIENT_ORGANISATIONS = "patient_organisations"
    PENSIONERS = "pensioners"
    MEETING_PLACE = "meeting_place"  # of the municipality, for older people
    HOME_CARE = "home_care"
    RELATIVE_CENTRE = "relative_centre"
    USER_COUNCIL = "user_council"
    DROP_IN = "drop_in"  # meeting places for people with experience of mental illness
    DAY_SERVICE = "day_service"  # daily activities by LSS
    CHILD_HEALTH = "child_health"
    WORKPLACE = "workplace"
    LANGUAGE_SCHOOL = "language_school"
    CONGREGATION = "congregation"
    LOCAL_PAPER = "local_paper"
    SHOP = "shop"
    MEMBERS = "members"  # those who are in ask one each


#: Where those are found, the best way first. Every audience has at least three.
PLACES_FOR: dict[Audience, tuple[Place, ...]] = {
    Audience.YOUNG: (
        Place.YOUTH_CLINIC,
        Place.STUDENT_COUNCIL,
        Place.YOUTH_CENTRE,
        Place.SCHOOL_HEALTH,
        Place.PATIENT_ORGANISATIONS,
        Place.SOCIAL_MEDIA,
    ),
    Audience.YOUNG_ADULTS: (
        Place.YOUTH_CLINIC,
        Place.STUDIES,
        Place.SOCIAL_MEDIA,
        Place.ASSOCIATIONS,
        Place.WAITING_ROOM,
        Place.MEMBERS,
    ),
    Audience.MIDDLE: (Place.WORKPLACE, Place.CHILD_HEALTH, Place.WAITING_ROOM, Place.WITH_LETTER, Place.ASSOCIATIONS),
    Audience.OLDER: (Place.PENSIONERS, Place.LIBRARY, Place.PATIENT_ORGANISATIONS, Place.WAITING_ROOM, Place.WEB),
    Audience.OLDEST: (
        Place.MEETING_PLACE,
        Place.HOME_CARE,
        Place.PENSIONERS,
        Place.CONGREGATION,
        Place.LOCAL_PAPER,
        Place.WITH_LETTER,
    ),
    Audience.MEN: (Place.ASSOCIATIONS, Place.WORKPLACE, Place.WAITING_ROOM, Place.PATIENT_ORGANISATIONS, Place.MEMBERS),
    Audience.MUNICIPALITY: (Place.WAITING_ROOM, Place.LIBRARY, Place.LOCAL_PAPER, Place.SHOP, Place.ASSOCIATIONS),
    Audience.RELATIVES: (
        Place.RELATIVE_CENTRE,
        Place.PATIENT_ORGANISATIONS,
        Place.CHILD_HEALTH,
        Place.HOME_CARE,
        Place.WAITING_ROOM,
    ),
    Audience.LANGUAGE: (
        Place.LANGUAGE_SCHOOL,
        Place.ASSOCIATIONS,
        Place.CONGREGATION,
        Place.LIBRARY,
        Place.CHILD_HEALTH,
        Place.MEMBERS,
    ),
    Audience.PSYCHIATRY: (
        Place.USER_COUNCIL,
        Place.DROP_IN,
        Place.PATIENT_ORGANISATIONS,
        Place.WAITING_ROOM,
        Place.YOUTH_CLINIC,
    ),
    Audience.MUNICIPAL_CARE: (
        Place.HOME_CARE,
        Place.USER_COUNCIL,
        Place.MEETING_PLACE,
        Place.DROP_IN,
        Place.RELATIVE_CENTRE,
    ),
    Audience.DISABILITY: (
        Place.PATIENT_ORGANISATIONS,
        Place.DAY_SERVICE,
        Place.USER_COUNCIL,
        Place.WAITING_ROOM,
        Place.SOCIAL_MEDIA,
    ),
    Audience.NO_EMAIL: (
        Place.WITH_LETTER,
        Place.HOME_CARE,
        Place.LOCAL_PAPER,
        Place.MEETING_PLACE,
        Place.WAITING_ROOM,
        Place.SHOP,
    ),
    Audience.EVERYBODY: (Place.WAITING_ROOM, Place.WEB, Place.LIBRARY, Place.PATIENT_ORGANISATIONS, Place.MEMBERS),
}


class Use(StrEnum):
    """What a text is for."""

    NOTICE = "notice"  # a poster, a screen, a web page
    LETTER = "letter"
    MEETING = "meeting"  # what one says


class Kind(StrEnum):
    """What carries a link."""

    POSTER = "poster"
    LETTER = "letter"
    MEETING = "meeting"
    WEB = "web"
    SOCIAL_MEDIA = "social_media"
    NEWSLETTER = "newsletter"
    SCREEN = "screen"
    OTHER = "other"


#: Which text one reads first; of all others it is the notice.
USE_OF = {Kind.LETTER: Use.LETTER, Kind.NEWSLETTER: Use.LETTER, Kind.MEETING: Use.MEETING}

#: The ages at which one is looked for as somebody else, and from there on: as whom.
_BY_AGE = (
    (0, Audience.YOUNG),
    (18, Audience.YOUNG_ADULTS),
    (30, Audience.MIDDLE),
    (65, Audience.OLDER),
    (80, Audience.OLDEST),
)
_BAND = re.compile(r"(\d{1,3})-(\d{0,3})")

#: (column or tag of the form of joining) -> (answer -> whom one looks for where it is missing). "*" is any other.
_FOR: dict[str, dict[str, Audience]] = {
    "gender": {"man": Audience.MEN},
    "municipality": {"*": Audience.MUNICIPALITY},
    "as": {"relative": Audience.RELATIVES, "service_user": Audience.MUNICIPAL_CARE},
    "care": {
        "psychiatry": Audience.PSYCHIATRY,
        "home": Audience.MUNICIPAL_CARE,
        "care_home": Audience.MUNICIPAL_CARE,
        "social": Audience.MUNICIPAL_CARE,
        "children": Audience.RELATIVES,
        "disability": Audience.DISABILITY,
        "rehabilitation": Audience.DISABILITY,
    },
    "language": {"sv": Audience.EVERYBODY, "swl": Audience.DISABILITY, "*": Audience.LANGUAGE},
    "need": {
        "interpreter": Audience.LANGUAGE,
        "sign_interpreter": Audience.DISABILITY,
        "hearing_loop": Audience.DISABILITY,
        "wheelchair": Audience.DISABILITY,
        "easy_read": Audience.DISABILITY,
    },
    "reach_by": {"phone": Audience.NO_EMAIL, "letter": Audience.NO_EMAIL},
}


def audience_for(feature: str, part: object) -> Audience:
    """Whom to look for where a part of a group is missing, in the words of the form of joining: ("age", "18-29"),
    ("gender", "man"), ("municipality", "0780"). A band of ages may be any, as statistics divide them; the middle of it
    decides, and of one without an end the beginning. EVERYBODY where it says nothing of where to look."""
    if feature == "age" and (band := _BAND.fullmatch(str(part))):
        youngest, oldest = int(band[1]), int(band[2] or band[1])
        return [whom for age, whom in _BY_AGE if age <= (youngest + oldest) / 2][-1]
    answers = _FOR.get(feature.removesuffix("_id"), {})
    return answers.get(str(part)) or answers.get("*") or Audience.EVERYBODY


class ChangedMeanwhile(Exception):
    """Somebody saved something else while one wrote. `version` is the newest."""

    def __init__(self, version: int):
        super().__init__(version)
        self.version = version


class NameTaken(ValueError):
    """The group has another poster or link of that name."""


#: Programs that open links to draw a picture of them, to list them or to look for harm. Not all of them: what is
#: counted is a hint, and the rest is kept down by a limit for each address.
_PROGRAM = re.compile(
    r"bot|crawl|spider|slurp|preview|facebookexternalhit|whatsapp|telegram|skype|scan|monitor|curl|wget|python|java/|"
    r"go-http|okhttp|libwww|headlesschrome",
    re.IGNORECASE,
)


def is_opened_by_somebody(agent: str, purpose: str) -> bool:
    """Whether a person is likely to see the page. agent: what the browser calls itself. purpose: what it says that it
    fetches the page for ("prefetch" where nobody has pressed anything yet)."""
    return bool(agent.strip()) and not _PROGRAM.search(agent) and "prefetch" not in purpose.lower()
