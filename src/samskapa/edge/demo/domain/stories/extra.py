"""The assignment whose stage one chooses."""

from __future__ import annotations

from .story import Story, answers, contact

#: The assignment whose stage `make demo STAGE=...` chooses.
EXTRA = Story(
    "maten",
    "akuten",
    "nils",
    "open",
    answers(
        "Mat och dryck när man väntar länge",
        why={"why": "Den som väntar i sex timmar har ofta inte ätit. Vi vet inte vad som vore till hjälp."},
        expected={"expected": "Prata med fem som väntar, och vara med och bestämma vad vi prövar."},
        influence={
            "influence": "codecision",
            "influence_reason": "",
            "influence_how": "Vi har 40 000 kronor. Gruppen bestämmer vad de används till.",
        },
        phase={"phase": "doing"},
        harm={
            "harm": "Den som ska sövas får inte äta och kan frestas.",
            "harm_action": "Personalen sätter ett band på den som måste fasta.",
        },
        people={"people_wanted": 2},
        experience={"experience": "Du har väntat länge på akuten, själv eller tillsammans med någon."},
        time={"occasions": 3, "minutes_each": 60, "reading_minutes": 30, "when_text": "tre måndagar", "starts_on": 42},
        place={"form": "both", "place": "Akutmottagningen, Eklidens sjukhus", "municipality_id": "kommun"},
        contact=contact("Nils Åberg", "verksamhetsutvecklare"),
        result={"result_use": "Det som fungerar blir kvar.", "told_back_on": 130},
    ),
    applicants=(
        ("ali", "Jag har diabetes och klarar inte att vänta utan mat.", True),
        ("elin", "Jag satt med pappa i sju timmar.", True),
    ),
    chosen=("ali", "elin"),
    opened=30,
    contributed=(
        ("ali", "Det ska gå att få vatten utan att fråga.", "taken_in", "Det står en kanna vid varje stol nu."),
        ("elin", "Skriv på dörren när kiosken stänger.", "", ""),
    ),
    led_to="Det finns vatten vid varje stol, och mat efter klockan sex. Den som ska sövas har ett band på handleden.",
    confirmed=(("ali", "yes", "Det märks."), ("elin", "partly", "Bandet syns dåligt.")),
    named=("ali",),
)

#: How many days ago the extra assignment was published, so that its promised day is still ahead at every stage.
EXTRA_OPENED = {"need": 4, "open": 4, "choosing": 20, "agreed": 45, "underway": 45, "done": 45}
#: How much longer ago everything happened where the work has gone on for a while: after the first time, or the end.
EXTRA_AGE = {"underway": 60, "done": 150}
