"""What people also call the fixed answers of the form, beside the form's own words: in lists, and in a search."""

from __future__ import annotations

from collections.abc import Mapping

#: Table of wording -> words in small letters -> value.
ALSO: Mapping[str, Mapping[str, str]] = {
    "as": {"anhörig": "relative", "förälder": "relative", "partner": "relative", "brukare": "service_user"},
    "language": {"teckenspråk": "swl", "farsi": "fa", "bosniska": "hbs", "serbiska": "hbs", "kroatiska": "hbs"},
    "need": {"teckenspråkstolk": "sign_interpreter", "rullstol": "wheelchair", "lättläst": "easy_read",
             "distans": "remote", "digitalt": "remote", "på distans": "remote", "slinga": "hearing_loop"},
    "care": {"primärvård": "primary", "sjukhusvård": "hospital", "slutenvård": "hospital", "cancer": "cancer",
             "äldreboende": "care_home", "hemsjukvård": "home", "akuten": "emergency", "akutsjukvård": "emergency",
             "rehab": "rehabilitation", "förlossning": "maternity", "bup": "children", "tandvård": "dental"},
    "when": {"dag": "daytime", "kväll": "evening", "kvällar": "evening", "helg": "weekend", "helger": "weekend"},
}  # fmt: skip
