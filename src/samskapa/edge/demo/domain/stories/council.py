"""A council at work: two years ago it began, soon its terms end, and one of its three is a deputy."""

from __future__ import annotations

from .story import Story, answers, contact

COUNCIL = Story(
    "strokeradet",
    "stroke",
    "karim",
    "agreed",
    answers(
        "Patient- och närståenderåd på Strokeenheten",
        why={"why": "Vi bygger om avdelningen och ändrar rehabiliteringen, och vill inte göra det utan er."},
        phase={"phase": "doing"},
        contribution={"contribution": "governance"},
        expected={"expected": "Träffa enhetens ledning fyra gånger om året, läsa förslag före och säga vad ni tycker."},
        influence={
            "influence": "influence",
            "influence_reason": "",
            "influence_how": "Inga större ändringar bestäms innan rådet har sagt sitt. Chefen svarar skriftligt.",
        },
        harm={
            "harm": "De som har svårt att tala efter sin stroke hörs sämre än andra i ett möte.",
            "harm_action": "Alla får frågorna i förväg och kan svara med bilder, i skrift eller genom en närstående.",
        },
        people={"people_wanted": 2},
        experience={"experience": "Du har haft en stroke, eller är närstående till någon som har haft det."},
        time={
            "occasions": 8,
            "minutes_each": 120,
            "reading_minutes": 480,
            "when_text": "fyra gånger om året i två år",
            "starts_on": 20,
        },
        place={"form": "both", "place": "Strokeenheten, Eklidens sjukhus", "municipality_id": "kommun"},
        contact=contact("Karim Haddad", "enhetschef"),
        standing={
            "is_standing": True,
            "term_months": 24,
            "deputies": 1,
            "by_nomination": False,
            "renewal": "En gång till. Maja frågar två månader före.",
            "hand_over": "Den som slutar är med på den nyas första möte och lämnar sina anteckningar.",
            "told_back_month": 3,
        },
        result={"result_use": "Rådets förslag och svaren på dem sätts upp i dagrummet.", "told_back_on": 120},
    ),
    applicants=(
        ("fatima", "Min pappa låg på avdelningen i sex veckor, och jag var där varje dag.", True),
        ("lukasz", "Jag fick en stroke när jag var 41 och tränar fortfarande.", True),
        ("elin", "Min pappa fick stroke. Jag bor långt bort men kan hoppa in.", True),
    ),
    chosen=("fatima", "lukasz", "elin"),
    deputies=("elin",),
    opened=30,
    # Two years less seven weeks ago: its terms end within the eight weeks in which one is reminded.
    age=700,
    told_back=(
        "Rådet sa att besökstiderna stängde ute dem som arbetar. Nu får närstående komma till klockan 20. Ett eget rum "
        "för samtal blev det inte: det kostade för mycket i år, och vi tar upp det igen."
    ),
)
