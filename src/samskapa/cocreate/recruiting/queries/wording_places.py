"""Where one looks and how, in words: advice that becomes a row of the plan, for the coordinator to change."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..domain import Place


@dataclass(frozen=True, slots=True)
class Spot:
    """name: in a list. how: what one does there."""

    name: str | Promise
    how: str | Promise


PLACE: dict[Place, Spot] = {
    Place.YOUTH_CLINIC: Spot(
        _("The youth clinic"),
        _("Ask the staff to put up the poster and to mention it to one young person a day. Come by an afternoon."),
    ),
    Place.STUDENT_COUNCIL: Spot(
        _("The student council"),
        _(
            "Ask for ten minutes at a meeting. Ask what they would change in care, and take two with you who want to "
            "go on."
        ),
    ),
    Place.YOUTH_CENTRE: Spot(
        _("The youth centre"),
        _("Come an evening together with a young member, and do something: a workshop with food. Leave the poster."),
    ),
    Place.SCHOOL_HEALTH: Spot(
        _("School health and study counsellors"),
        _(
            "Ask the school nurse and the counsellor to pass it on to those who have been much in care. They give no "
            "names."
        ),
    ),
    Place.STUDIES: Spot(
        _("Folk high schools and universities"),
        _("Poster by the canteen, a post from the student union, and a visit to a course in health or social work."),
    ),
    Place.SOCIAL_MEDIA: Spot(
        _("Social media"),
        _(
            "A short film in which a member tells, on the region's or municipality's own accounts. Do not pay for "
            "advertising by health."
        ),
    ),
    Place.WAITING_ROOM: Spot(
        _("The waiting room of the health centre"),
        _("Poster and screen where one sits longest, with the strips below. Change the place after a month."),
    ),
    Place.WITH_LETTER: Spot(
        _("With a letter that is sent anyway"),
        _("Half a page along with a notice of appointment or a bill, with the phone number large."),
    ),
    Place.WEB: Spot(
        _("1177 and your own web pages"),
        _("A few lines on the clinic's page at 1177 and on your page about influence, with the link."),
    ),
    Place.LIBRARY: Spot(
        _("The library"),
        _("Poster and a pile of papers. Ask whether you may sit at a table for an hour when it is busy."),
    ),
    Place.ASSOCIATIONS: Spot(
        _("Sport, hunting and cultural associations"),
        _("Ask somebody in the association to tell it at a meeting, and be there yourself for ten minutes."),
    ),
    Place.PATIENT_ORGANISATIONS: Spot(
        _("Patient organisations, also their youth sections"),
        _(
            "Ask them to tell their members, and to nominate. Say that one may speak for oneself and not for the "
            "organisation."
        ),
    ),
    Place.PENSIONERS: Spot(
        _("Pensioners' organisations"),
        _("Come to a monthly meeting. Bring the questions on paper, and fill them in together with those who want to."),
    ),
    Place.MEETING_PLACE: Spot(
        _("Meeting places for older people"),
        _("Come for coffee, more than once. Talk, rather than hand out. Bring large print."),
    ),
    Place.HOME_CARE: Spot(
        _("Home care and care homes"),
        _("Ask the manager to have it told to everybody in the same words. Those who answer call you, not the staff."),
    ),
    Place.RELATIVE_CENTRE: Spot(
        _("The centre for relatives"),
        _("Come to a group meeting, and ask the relatives' adviser to pass it on."),
    ),
    Place.USER_COUNCIL: Spot(
        _("The user council"),
        _(
            "Ask for a place on the agenda. The council stays as it is: this is for whoever wants to be asked as "
            "oneself."
        ),
    ),
    Place.DROP_IN: Spot(
        _("Meeting places for people with experience of mental illness"),
        _("Come together with a member who has been there. Stay for the meal, and leave the poster."),
    ),
    Place.DAY_SERVICE: Spot(
        _("Daily activities"),
        _("Come and tell, with pictures and easy words. Ask the guardian or companion only if the person wants it."),
    ),
    Place.CHILD_HEALTH: Spot(
        _("Child health centre and open preschool"),
        _(
            "Poster in the parents' room, and ten minutes in a parents' group. Say that one may join from home, by "
            "video."
        ),
    ),
    Place.WORKPLACE: Spot(
        _("Workplaces, by union or occupational health"),
        _("Ask the union or the occupational health service to put up the poster in the break room."),
    ),
    Place.LANGUAGE_SCHOOL: Spot(
        _("Swedish for immigrants and language cafés"),
        _(
            "Come to a lesson together with an interpreter or a member who speaks the language. Bring the text "
            "translated."
        ),
    ),
    Place.CONGREGATION: Spot(
        _("Congregations"),
        _("Ask the leader to tell of it, and come for coffee afterwards."),
    ),
    Place.LOCAL_PAPER: Spot(
        _("The local paper and local radio"),
        _("A member tells what their experience led to. Phone number in the text, not only a link."),
    ),
    Place.SHOP: Spot(
        _("The food shop and the pharmacy"),
        _("Poster on the notice board, with the strips below. Look after a week whether there are any left."),
    ),
    Place.MEMBERS: Spot(
        _("Those who are members already"),
        _("Ask each to ask one person whom nobody else would think of. It is the way that most often works."),
    ),
}
