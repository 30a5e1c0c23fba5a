"""The main journey over HTTP, from a need to confirmed agreements, with every confirmed write written down."""

from __future__ import annotations

import re
import threading
from datetime import timedelta
from random import Random
from time import monotonic, sleep

from django.utils import timezone

from .browser import Browser, words_of
from .pages import forms_of, opening_links

#: Seconds that the worker may take to draft an agreement while it is being killed.
PATIENCE = 180


class Journey:
    """One host, one coordinator and three representatives, who begin again when they have come to the end.

    people: role -> id of a demo person. told: what the house has said yes to; each a dict with `act` and what it was.
    twice: every button is pressed a second time when it has been answered, and leads where it led.
    """

    def __init__(
        self, base: str, people: dict[str, int], *, number: int, seed: str, stop: threading.Event, twice: bool = False
    ) -> None:
        self.chance, self.number, self.stop = Random(f"{seed}-{number}"), number, stop
        self.told: list[dict] = []
        self.people, self.rounds, self.twice = people, 0, twice
        self.browsers = {role: Browser(base, stop) for role in people}

    def run(self, rounds: int | None = None) -> None:
        """Round after round, so many or until asked to stop; the round in hand is finished."""
        try:
            for role, browser in self.browsers.items():
                door = next(form for form in forms_of(browser.get("/demo/").text, "/demo/") if form.method == "post")
                door.path = f"/demo/{self.people[role]}/"  # the page lists the people of the demo's own region
                browser.press(door)
                browser.twice = self.twice  # who has come in has a new token against forgery, so not the door itself
            while not self.stop.is_set() and self.rounds != rounds:
                self.one_round()
                self.rounds += 1
        finally:
            for browser in self.browsers.values():
                browser.close()

    @property
    def pressed_again(self) -> int:
        return sum(browser.pressed_again for browser in self.browsers.values())

    def do(self, role: str, page: str, act: str, *, field: str = "", to: str = "", told: dict | None = None, **values):
        """Take one step. Returns where it led: pressed once more after an answer was lost, it leads there too."""
        browser = self.browsers[role]
        form = browser.form(page, field=field, to=to)
        answer, times = browser.press(form, **values)
        assert answer.status_code == 302, (
            f"{act} as {role}, {times} times: {answer.status_code} {words_of(answer.text)}"
        )
        self.told.append({"act": act, "person": self.people[role], "times": times, **(told or {})})
        return answer.headers.get("Location", "")

    def number_in(self, pattern: str, where: str) -> int:
        """The number of what was made, in the address to which it led."""
        found = re.search(pattern, where)
        assert found, f"{self.told[-1]} led to {where!r}"
        return int(found.group(1))

    def words(self, what: str) -> str:
        """Words that occur nowhere else."""
        return f"{what} {self.number}-{self.rounds}-{self.chance.getrandbits(48):012x}."

    def one_round(self) -> None:
        pk = self.need()
        self.parts(pk)
        need = f"/uppdrag/behov/{pk}/"
        self.do("host", f"{need}granska/", "sent", to=f"{need}skicka/", told={"need": pk})
        soon = (timezone.localdate() + timedelta(days=10)).isoformat()
        later = (timezone.localdate() + timedelta(days=20)).isoformat()
        self.do("coordinator", f"{need}publicera/", "published", field="closes_on", told={"need": pk},
                closes_on=soon, answer_by=later)  # fmt: skip
        self.question(pk)
        applications = self.apply(pk)
        self.choose(pk, applications)
        self.agree(pk, applications[:2])

    def need(self) -> int:
        title = self.words("Behov")
        where = self.do("host", "/uppdrag/behov/kort/", "need", field="title", told={"title": title}, title=title,
            why="Fyra av tio ringer om sådant som redan står i kallelsen. Vi tror att den är svår att läsa.",
            expected="Läsa tre förslag, säga vad som är oklart och vara med och skriva om texten.",
            influence="influence", influence_how="Vi skriver texten tillsammans, och chefen godkänner.",
            occasions="3", minutes_each="90", reading_minutes="60", pay="fee", pay_each_ore="533",
            budget_yes="on", budget_holder="Verksamhetschefen",
            contact_name="Ulla Exempel", contact_email="ulla@example.se",
            harm="De som inte läser svenska.", harm_action="Vi prövar texten med tre personer.")  # fmt: skip
        pk = self.number_in(r"/behov/(\d+)/", where)
        self.told[-1]["need"] = pk
        return pk

    def parts(self, pk: int) -> None:
        for key, field in (("expected", "expected"), ("experience", "experience"), ("result", "result_use")):
            text = self.words("Du har fått kallelsen de senaste två åren")
            self.do("host", f"/uppdrag/behov/{pk}/{key}/", "part", field=field,
                    told={"need": pk, "key": key, "text": text}, **{field: text})  # fmt: skip
        self.do("host", f"/uppdrag/behov/{pk}/people/", "people", field="people_wanted",
                told={"need": pk, "key": "people"}, people_wanted="3")  # fmt: skip
        text = self.words("Kan vi säga det enklare?")
        self.do("coordinator", f"/uppdrag/behov/{pk}/why/kommentar/", "comment", field="text",
                told={"need": pk, "text": text}, text=text)  # fmt: skip

    def question(self, pk: int) -> None:
        asked, answered = self.words("Hur lång är resan"), self.words("En timme")
        asker = f"person-{1 + self.rounds % 3}"  # in turn: one may ask twenty an hour
        self.do(asker, f"/uppdrag/{pk}/fraga/", "question", field="text", told={"need": pk, "text": asked}, text=asked)
        page = self.browsers["host"].get(f"/uppdrag/{pk}/").text
        where = re.search(r"/uppdrag/fraga/\d+/svara/", page)
        self.do("host", where.group(0), "answer", field="text", told={"text": answered}, text=answered)

    def apply(self, pk: int) -> list[dict]:
        applications = []
        for role in ("person-1", "person-2", "person-3"):
            text = self.words("Jag har varit med om det två gånger")
            given = {"experience": text, "present": "wait", "access_needs": "", "organisation": "", "step": "send"}
            where = self.do(role, f"/uppdrag/{pk}/anmal/", "application", field="experience",
                            told={"need": pk, "text": text}, **given)  # fmt: skip
            found = self.number_in(r"/mina/(\d+)/", where)
            applications.append({"pk": found, "role": role})
            self.told[-1]["application"] = found
        if self.chance.random() < 0.5 or self.twice:  # one says no, and says yes again
            mine = f"/uppdrag/mina/{found}/dra-tillbaka/"
            self.do("person-3", mine, "withdrawn", to=mine, told={"application": found})
            self.do("person-3", f"/uppdrag/{pk}/anmal/", "applied again", field="experience",
                    told={"need": pk, "application": found}, **given)  # fmt: skip
        return applications

    def choose(self, pk: int, applications: list[dict]) -> None:
        base = f"/uppdrag/{pk}"
        self.do("coordinator", f"{base}/stang/", "closed", to=f"{base}/stang/", told={"need": pk})
        chosen = [str(one["pk"]) for one in applications[:2]]
        self.do("coordinator", f"{base}/valj/", "choice", field="reason", told={"need": pk, "chosen": chosen},
                chosen=chosen, reason=self.words("Olika erfarenhet av samma sak"))  # fmt: skip
        for one in applications:
            text, page = self.words("Tack för att du vill vara med"), f"{base}/sokande/{one['pk']}/svar/"
            self.do("host" if self.chance.random() < 0.5 else "coordinator", page, "answered", field="reason",
                    told={"application": one["pk"], "text": text, "chosen": str(one["pk"]) in chosen},
                    reason=text)  # fmt: skip
        self.do("coordinator", f"{base}/valj/", "finished", to=f"{base}/klart/", told={"need": pk})

    def agree(self, pk: int, chosen: list[dict]) -> None:
        for one in chosen:
            mine = f"/uppdrag/mina/{one['pk']}/"
            self.do(one["role"], mine, "presented", to=f"{mine}presentera/", told={"application": one["pk"]})
        for one in chosen:
            page = self.drafted(one)
            text, answer = self.words("Jag undrar över tiden"), f"{page}svara/"
            form = next(
                f
                for f in self.forms(one["role"], self.opened(one["role"], page))
                if "text" in f.kinds and dict(f.pairs).get("action") == "comment"
            )
            reply, times = self.browsers[one["role"]].press(form, text=text)
            assert reply.status_code == 302, f"{times} times: {reply.status_code} {words_of(reply.text)}"
            self.told.append({"act": "said", "person": self.people[one["role"]], "text": text, "times": times})
            for role in (one["role"], "host"):
                self.confirm(role, page, answer, one)

    def drafted(self, one: dict) -> str:
        """The address of the agreement, once the worker has drafted it."""
        give_up_at = monotonic() + PATIENCE
        while monotonic() < give_up_at:
            found = re.search(r"/uppdrag/overenskommelse/\d+/", self.browsers[one["role"]].get("/mitt/").text)
            pages = re.findall(r"/uppdrag/overenskommelse/\d+/", self.browsers[one["role"]].get("/mitt/").text)
            for page in pages if found else []:
                if f"/uppdrag/mina/{one['pk']}/" in self.browsers[one["role"]].get(page).text:
                    return page
            sleep(0.5)
        raise AssertionError(f"no agreement for application {one['pk']} within {PATIENCE} s")

    def forms(self, role: str, page: str):
        return forms_of(self.browsers[role].get(page).text, page)

    def opened(self, role: str, page: str) -> str:
        """The address by which the first point is opened."""
        return opening_links(self.browsers[role].get(page).text, page)[0]

    def confirm(self, role: str, page: str, answer: str, one: dict) -> None:
        """All points with one button; where there is only one left, with its own."""
        agreement = int(re.search(r"(\d+)", answer).group(1))
        for _ in range(3):
            waiting = [f for f in self.forms(role, page) if dict(f.pairs).get("action") in ("confirm_all", "confirm")]
            together = [f for f in waiting if dict(f.pairs)["action"] == "confirm_all"]
            if not waiting:
                return
            reply, times = self.browsers[role].press((together or waiting)[0])
            assert reply.status_code == 302, f"{times} times: {reply.status_code} {words_of(reply.text)}"
            self.told.append({"act": "confirmed", "person": self.people[role], "agreement": agreement, "times": times})
