"""Whom one looks for, what carries a link and what a text is for, in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..domain import Audience, Kind, Use

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Said:
    """name: in a list. think: what to think of before one asks. source: where what is said of them stands, and its
    address; "" where it is our own advice."""

    name: Words
    think: Words
    source: Words = ""
    address: str = ""


_BMJ = _("A survey of 603 patient partners in Canada, BMJ Open 2022")
_BMJ_AT = "https://bmjopen.bmj.com/content/12/9/e061465"

AUDIENCE: dict[Audience, Said] = {
    Audience.YOUNG: Said(
        _("Young people, 13 to 17 years"),
        _(
            "Come to them: few young people look for a resource group. Ask for something short and real, together with "
            "a friend, outside school hours. An adult whom they know should be near. A guardian says yes too. Under "
            "eighteen one has a right to say what one thinks, and to be listened to."
        ),
        _("Convention on the Rights of the Child, article 12, Swedish law since 2020"),
        "https://www.riksdagen.se/sv/dokument-och-lagar/dokument/svensk-forfattningssamling/_sfs-2018-1197/",
    ),
    Audience.YOUNG_ADULTS: Said(
        _("Young adults, 18 to 29 years"),
        _(
            "Short tasks, in the evening or by video, and a clear sum of pay. Say what it leads to: a certificate, "
            "experience, something that changes. Patient organisations find it hard to reach the young, so do not "
            "lean on them alone."
        ),
        _("Vård- och omsorgsanalys, PM 2024:1"),
        "https://www.vardanalys.se/rapporter/en-for-alla/",
    ),
    Audience.MIDDLE: Said(
        _("People who work, 30 to 64 years"),
        _(
            "They have little time and much experience, often both as patients and as relatives. Offer what takes an "
            "hour, in the evening or by video. Say when it ends."
        ),
    ),
    Audience.OLDER: Said(
        _("Older people, 65 to 79 years"),
        _("Many have time and want to contribute. Ask also those who are in no association, and those who live alone."),
    ),
    Audience.OLDEST: Said(
        _("The oldest, 80 years and over"),
        _(
            "Nobody sees more of care than they do. Ask face to face or by phone, in large print, and offer to come "
            "home to them. Somebody they know may be with them."
        ),
    ),
    Audience.MEN: Said(
        _("Men"),
        _(
            "Three of four patient partners in a large survey were women. Ask men by name, for a task that is marked "
            "out, and say why just their experience is missing."
        ),
        _BMJ,
        _BMJ_AT,
    ),
    Audience.MUNICIPALITY: Said(
        _("Those who live in one municipality"),
        _(
            "Be seen where they already are. Meet there, not in the large town, or by video, and pay the journey. A "
            "local person who is known asks best."
        ),
    ),
    Audience.RELATIVES: Said(
        _("Relatives"),
        _(
            "Many do not call themselves relatives. Write: you who help somebody. Offer times when somebody else can "
            "take over at home, or by phone."
        ),
    ),
    Audience.LANGUAGE: Said(
        _("People with another mother tongue than Swedish"),
        _(
            "Say that there is an interpreter, and pay for it. Let somebody whom they trust tell of it, in their "
            "language. In a large survey more than eight of ten patient partners were white: it does not come by "
            "itself."
        ),
        _BMJ,
        _BMJ_AT,
    ),
    Audience.PSYCHIATRY: Said(
        _("Those with experience of psychiatry"),
        _(
            "Ask where they have chosen to be, not in the middle of treatment. Say that no diagnosis is asked for, "
            "that "
            "one may rest, and that one may come together with somebody."
        ),
    ),
    Audience.MUNICIPAL_CARE: Said(
        _("Those with experience of municipal care"),
        _(
            "Home care, care homes, social services. Whoever depends on help may fear that it gets worse if they say "
            "what they think. Say that it does not, and let somebody else than those who help them ask."
        ),
    ),
    Audience.DISABILITY: Said(
        _("People with disabilities"),
        _(
            "Say at once what there is: lift, hearing loop, sign language, easy-read, breaks, somebody with you. Have "
            "the invitation read by somebody whom it is for."
        ),
    ),
    Audience.NO_EMAIL: Said(
        _("Those who are reached by phone or letter"),
        _(
            "A link helps nobody here. Write the phone number large, on paper, and answer when it rings. The questions "
            "are on paper too, and you may fill them in together by phone."
        ),
    ),
    Audience.EVERYBODY: Said(
        _("Anybody"),
        _(
            "To join is only to say: you may ask me. Do not ask for more than that from the start: long forms put off "
            "those who are not used to them."
        ),
        _("Peter Bates, on what public contributors do"),
        "https://peterbates.org.uk/ppi-for-bureaucrats-stocktake/",
    ),
}

KIND: dict[Kind, Words] = {
    Kind.POSTER: _("Poster"),
    Kind.LETTER: _("Letter"),
    Kind.MEETING: _("Meeting"),
    Kind.WEB: _("Web page, for example 1177"),
    Kind.SOCIAL_MEDIA: _("Social media"),
    Kind.NEWSLETTER: _("Newsletter"),
    Kind.SCREEN: _("Screen in a waiting room"),
    Kind.OTHER: _("Something else"),
}

USE: dict[Use, Words] = {
    Use.NOTICE: _("For a poster, a screen or a web page"),
    Use.LETTER: _("For a letter or an e-mail"),
    Use.MEETING: _("To say at a meeting"),
}
