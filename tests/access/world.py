"""A small world with everything twice: what is one's own, and the same belonging to strangers.

For each role there is a person on either side of a border between two regions. `own` gives the arguments of an
address for what belongs to that person in that role, `other` for what belongs to the other side.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from samskapa.cocreate.assignments.domain import ApplicationState
from samskapa.cocreate.assignments.domain.material import Audience
from samskapa.cocreate.assignments.models import (
    Application,
    Assignment,
    ConflictDeclaration,
    HandOver,
    PartComment,
    PublicQuestion,
    Version,
)
from samskapa.cocreate.assignments.queries.open import Filters
from samskapa.cocreate.assignments.services.agreeing import draft_agreements
from samskapa.cocreate.assignments.services.informed import follow, save_search
from samskapa.cocreate.assignments.services.need import assign_unit
from samskapa.cocreate.circulars.models import Addressee, Circular
from samskapa.cocreate.circulars.services.writing import write as write_circular
from samskapa.cocreate.coverage.domain import Band, Fact, Sex
from samskapa.cocreate.coverage.models import Told
from samskapa.cocreate.coverage.services import freeze_group, take_in
from samskapa.cocreate.matching.models import Enquiry, Invitation, Wave
from samskapa.cocreate.pool.domain import Status
from samskapa.cocreate.pool.models import Group, Member, Note
from samskapa.cocreate.pool.models import Version as JoiningVersion
from samskapa.cocreate.pool.services.agreeing import draft_agreement as joining_agreement
from samskapa.edge.records.domain import Outcome
from samskapa.edge.records.services import answer_request, decide_document, export_to_diary, note_request
from samskapa.ground.concerns.domain import Found, Place, Sign
from samskapa.ground.concerns.services import note_concern
from samskapa.ground.core.domain import SYSTEM, Actor
from samskapa.ground.core.jobs import tidy
from samskapa.ground.core.models import MailState, OutboxMail
from samskapa.ground.core.services import queue_mail
from samskapa.ground.documents.access import link_to
from samskapa.ground.documents.domain import received
from samskapa.ground.documents.services import keep_upload
from samskapa.ground.figures.domain import OWN_FIRST_DAYS, month_after
from samskapa.ground.organisations.domain import Kind, Role
from samskapa.ground.organisations.models import Node, RoleGrant
from samskapa.ground.organisations.services import create_node, grant_role
from samskapa.ground.people.models import Person
from samskapa.ground.people.services import link_eid
from samskapa.listen.surveys.domain import Mode
from tests.factories import assignments as make
from tests.factories.figures import make_month
from tests.factories.files import PDF
from tests.factories.helping import make_help, make_registered
from tests.factories.importing import received as received_list
from tests.factories.material import make_material
from tests.factories.organisations import make_grant, make_node
from tests.factories.passkeys import make_passkey
from tests.factories.people import make_person, make_place
from tests.factories.pool import make_group
from tests.factories.protection import make_protected
from tests.factories.recruiting import make_channel, make_sought
from tests.factories.surveys import make_asking

from . import work

ROLES = ["", *(role.value for role in Role)]
#: Roles that own what they raised themselves, or had raised in their name; the others own their unit's or area's.
RAISERS = {"", Role.MEMBER.value, Role.ORGANISATION.value, Role.COUNCIL.value}


OWN_FIRST = timedelta(days=OWN_FIRST_DAYS)


@dataclass
class Side:
    """One region with its people in every role, and their things by name."""

    region: Node
    unit: Node
    organisation: Node
    people: dict[str, tuple[Person, RoleGrant | None]] = field(default_factory=dict)
    needs: dict[str, Assignment] = field(default_factory=dict)
    applications: dict[str, Application] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)

    def actor(self, role: str) -> Actor:
        person, grant = self.people[role]
        if grant is None:
            return Actor(person_id=person.pk)
        return Actor(person_id=person.pk, role=grant.role, node_id=grant.node_id, node_path=grant.node.path)


#: County codes that no county has.
CODES = {"Ekliden": "97", "Björkvik": "96"}


def build_side(name: str, now: datetime) -> Side:
    nation = make_node(Kind.NATION)
    code = CODES[name]
    region = create_node(Kind.REGION, f"Region {name}", nation, code=code, county_code=code, by=SYSTEM, now=now)
    unit = create_node(Kind.UNIT, f"Mottagningen {name}", region, by=SYSTEM, now=now)
    organisation = create_node(Kind.PATIENT_ORGANISATION, f"Föreningen {name}", by=SYSTEM, now=now)
    side = Side(region, unit, organisation)
    side.people[""] = (make_person(f"Själv {name}"), None)
    at = {Role.HOST: unit, Role.ORGANISATION: organisation, Role.NATIONAL: nation, Role.OPERATOR: nation}
    for role in Role:
        person = make_person(f"{role.value} {name}")
        side.people[role.value] = (person, grant_role(person, role, at.get(role, region), by=SYSTEM, now=now))
    _needs(side, now)
    _open(side, now)
    _agreements(side, now)
    host = side.actor("host")
    side.things["for everybody"] = make_material(side.things["open"], audience=Audience.EVERYBODY, by=host, now=now)
    side.things["for the chosen"] = make_material(side.things["agreeing"], by=host, now=now)
    for role in ROLES:
        person, _grant = side.people[role]
        side.things[f"passkey {role}"] = make_passkey(person)
        side.things[f"place {role}"] = make_place(person, now)
        file = keep_upload(received("Kallelse.pdf", PDF, most_bytes=1000), by=Actor(person_id=person.pk), now=now)
        side.things[f"file {role}"] = file
        own = Actor(person_id=person.pk)
        side.things[f"follow {role}"] = follow(side.things["open"], by=own, now=now)
        side.things[f"search {role}"] = save_search(name="Allt", filters=Filters(), by=own, now=now)
        side.things[f"eid {role}"] = link_eid(person, f"number:{person.pk}", broker="freja", by=SYSTEM, now=now)
    side.things["protected"] = make_protected(region, coordinator=side.people["coordinator"][0], now=now)
    gone = make_grant(None, Role.COORDINATOR, region)
    side.things["left alone"] = make_protected(region, coordinator=gone.person, now=now)
    RoleGrant.objects.filter(pk=gone.pk).update(ended_at=now)
    place = Place(region.pk, "/")
    found = Found(Sign.DANGER, "Jag vill inte leva.")
    side.things["concern"] = note_concern(found, place, where=f"world {region.pk}", person_id=None, by=SYSTEM, now=now)
    add_helped(side, now)
    side.things["asking"] = make_asking(1, set_key="closing", side="host", mode=Mode.NAMED, node=unit, now=now)
    side.things["invitation"] = "inte-en-riktig-inbjudan"
    _public_records(side, now)
    _group(side, now)
    return side


def _enquiries(side: Side, open_one: Assignment, group: Group, now: datetime) -> None:
    """The group and the organisation are asked to find people, and have not answered."""
    said = {"assignment": open_one, "wanted": 2, "answer_by": timezone.localdate() + timedelta(days=5), "sent_at": now}
    sender = side.people["coordinator"][0]
    for name, node, asked in (("enquiry", side.region, group), ("enquiry organisation", side.organisation, None)):
        side.things[name] = Enquiry.objects.create(
            node=node, node_kind=node.kind, group=asked, sent_by=sender, message="Hej", **said
        )


def _group(side: Side, now: datetime) -> None:
    """A resource group in which everybody is, in whatever role, and a wave in which everybody is asked."""
    group, coordinator = make_group(side.region, coordinator=side.actor("coordinator"))
    figure = Fact(side.region.code, Band(0, None), Sex.ALL, 1000)
    (side.things["population"],) = take_in(
        {2025: [figure]}, source="SCB", within=side.region.code, by=coordinator, now=now
    )
    side.things["coverage"] = freeze_group(group, now.date().replace(day=1), by=SYSTEM, now=now)
    Told.objects.create(snapshot=side.things["coverage"], column="members", fives=1)
    side.things["channel"] = make_channel(group, coordinator)
    side.things["sought"] = make_sought(group, coordinator)
    Group.objects.filter(pk=group.pk).update(made_at=timezone.now() - timedelta(days=400))
    side.things["list"] = received_list(group, coordinator, b"Namn;E-post\nKim;kim@example.se")
    open_one = side.things["open"]
    wave = side.things["wave"] = Wave.objects.create(
        assignment=open_one, group=group, number=1, answer_by=now.date(), size=len(ROLES), wanted=2, opened_at=now
    )
    _enquiries(side, open_one, group, now)
    draft = write_circular(group, title="Träff", text="Kom gärna.", wanted={}, by=coordinator, now=now)
    letter = Circular.objects.create(
        group=group, title="Fika", text="På fredag.", stage="sent", made_at=now, made_by_id=coordinator.person_id,
        sent_at=now, sent_by_id=coordinator.person_id, size=len(ROLES), done_at=now,
    )  # fmt: skip
    side.things |= {"circular": draft, "letter": letter}
    for role, (person, _grant) in side.people.items():
        member = Member.objects.create(
            group=group, person=person, status=Status.ACTIVE, since=now, begun_at=now, heard_at=now, age="30-49",
            contact=side.people["coordinator"][0],
        )  # fmt: skip
        side.things["member"] = member
        side.things[f"invitation {role}"] = Invitation.objects.create(
            wave=wave, assignment=open_one, person=person, member=member, asked_at=now
        )
        side.things[f"member note {role}"] = Note.objects.create(
            member=member, kind="note", text="Ringde", on_day=now.date(), written_at=now,
            written_by=side.people["coordinator"][0],
        )  # fmt: skip
        Addressee.objects.create(circular=letter, member=member, written_at=now)
        drafted = joining_agreement(member, by=side.actor("coordinator"), now=now)
        side.things[f"joining agreement {role}"] = drafted
        JoiningVersion.objects.create(agreement=drafted, number=1, fixed_at=now)


def _public_records(side: Side, now: datetime) -> None:
    """A list for the diary, and a request to read that is answered."""
    coordinator = side.actor("coordinator")
    later = now + timedelta(minutes=10)
    side.things["diary"] = export_to_diary(side.region, until=later, by=coordinator, now=later)
    asked = note_request(
        side.region,
        asked_on=now.date(),
        words="Hur valdes de?",
        answer_to="",
        assignment=side.things["open"],
        since=None,
        until=None,
        kinds=["application"],
        containing="",
        by=coordinator,
        now=later,
    )
    for document in asked.documents.all():
        decide_document(document, outcome=Outcome.WHOLE, rule="", reason="", text_out="", by=coordinator, now=later)
    answer_request(asked, by=coordinator, now=later)
    side.things["asked"] = asked


def _needs(side: Side, now: datetime) -> None:
    """A need of the unit, and one raised by each who may raise, which the coordinator has found the unit of."""
    side.needs["unit"] = make.make_ready_need(unit=side.unit, by=side.actor("host"), now=now)
    for role in RAISERS:
        need = make.make_need(by=side.actor(role), unit=None, now=now, area=side.region)
        side.needs[role] = assign_unit(need, side.unit, by=side.actor("coordinator"), now=now)
    for need in side.needs.values():
        PartComment.objects.create(
            assignment=need, key="why", text="Berätta mer", written_at=now, written_by=side.people["coordinator"][0]
        )


def _open(side: Side, now: datetime) -> None:
    """An open assignment to which somebody in each role has applied, with a question and a nomination."""
    coordinator = side.actor("coordinator")
    open_one = make.make_open(unit=side.unit, by=side.actor("host"), coordinator=coordinator, now=now)
    side.things["open"] = open_one
    for number, role in enumerate(ROLES, start=1):
        side.applications[role] = Application.objects.create(
            assignment=open_one,
            person=side.people[role][0],
            experience="Min erfarenhet",
            applied_at=now,
            number=number,
            state=ApplicationState.APPLIED,
        )
    side.things["question"] = PublicQuestion.objects.create(
        assignment=open_one, text="Hur lång tid tar det?", asked_at=now, asked_by=side.people[""][0]
    )
    nominated = make.make_open(unit=side.unit, by=side.actor("host"), coordinator=coordinator, now=now)
    side.things["not applied to"] = nominated
    ConflictDeclaration.objects.create(
        application=side.applications[""], has_conflict=True, text="Jag arbetar där", declared_at=now
    )
    for role in ROLES:
        side.things[f"nomination {role}"] = Application.objects.create(
            assignment=nominated,
            state=ApplicationState.NOMINATED,
            organisation=side.organisation,
            mandate="organisation",
            nominated_by=side.people["organisation"][0],
            nominated_at=now,
            nominee_email=side.people[role][0].email,
            nominee_name="Den nominerade",
        )


def _agreements(side: Side, now: datetime) -> None:
    """An agreement, with a fixed version, between the unit and somebody in each role; host and coordinator have one
    that is not their own as a person."""
    agreeing = make.make_agreeing(
        unit=side.unit,
        by=side.actor("host"),
        coordinator=side.actor("coordinator"),
        now=now,
        representatives=0,
        standing=make.STANDING,
    )
    side.things["agreeing"] = agreeing
    for number, role in enumerate(ROLES, start=1):
        person = make_person() if role in {Role.HOST, Role.COORDINATOR} else side.people[role][0]
        application = Application.objects.create(
            assignment=agreeing,
            person=person,
            experience="Min erfarenhet",
            applied_at=now,
            presented_at=now,
            number=number,
            state=ApplicationState.CHOSEN,
            answer_reason="Du är vald.",
            answered_at=now,
            answered_by=side.people["coordinator"][0],
        )
        side.things[f"application {role}"] = application
    draft_agreements(agreeing, by=SYSTEM, now=now)
    for role in ROLES:
        agreement = side.things[f"application {role}"].agreement
        side.things[f"agreement {role}"] = agreement
        Version.objects.create(agreement=agreement, number=1, fixed_at=now)
    _hand_overs(side, now)
    own = {role: side.things[f"agreement {role}"] for role in ROLES}
    side.things |= work.add_work(agreeing, own, side.people["host"][0], now)


def _hand_overs(side: Side, now: datetime) -> None:
    """Each in whose role there is an agreement hands over to somebody who has none of the roles."""
    successor = side.things[f"agreement {Role.HOST.value}"]
    for role in ROLES:
        agreement = side.things[f"agreement {role}"]
        if agreement == successor:
            successor = side.things[f"agreement {Role.COORDINATOR.value}"]
        side.things[f"hand-over {role}"] = HandOver.objects.create(
            agreement=agreement,
            successor=successor,
            by_day=now.date(),
            what="Anteckningar",
            named_at=now,
            named_by=side.people["coordinator"][0],
        )
        successor = side.things[f"agreement {Role.HOST.value}"]


def add_helped(side: Side, now: datetime) -> None:
    """Somebody without address with a letter and a mail that wait; and everybody was helped once."""
    coordinator = side.actor("coordinator")
    helped = side.things["helped"] = make_registered(by=coordinator, now=now)
    side.things["help"] = make_help(helped, by=coordinator, now=now, deeds=1)
    side.things["mail to pass on"] = queue_mail("protection/lifted", to=helped.pk, key=f"passed {helped.pk}", now=now)
    OutboxMail.objects.filter(pk=side.things["mail to pass on"].pk).update(state=MailState.STOPPED)
    other = make_grant(None, Role.COORDINATOR, side.region)
    helper = Actor(person_id=other.person_id, role=other.role, node_id=other.node_id, node_path=other.node.path)
    for role in ROLES:
        side.things[f"help {role}"] = make_help(side.people[role][0], by=helper, now=now, deeds=1)


def _failures(now: datetime) -> dict[str, Any]:
    """A job and a mail that have used up their attempts."""
    job = tidy.enqueue()
    DBTaskResult.objects.filter(pk=job.id).update(status=TaskResultStatus.FAILED, finished_at=now)
    queue_mail("people/login_code", to="nagon@example.se", key="access", now=now, code="000000")
    OutboxMail.objects.filter(key="access").update(state=MailState.FAILED)
    return {"job": UUID(str(job.id)), "mail": OutboxMail.objects.get(key="access").pk}


class World:
    """Both sides, and the arguments of every address that takes any."""

    def __init__(self) -> None:
        now = timezone.now()
        self.own_side, self.other_side = build_side("Ekliden", now), build_side("Björkvik", now)
        self.failed = _failures(now)
        self.shown = make_month(frozen_at=now - OWN_FIRST)
        self.before_all = make_month(month_after(self.shown.month), frozen_at=now)
        #: Whom an operator or a coordinator may end a role of, and whom not.
        self.ended = {
            "coordinator": self.own_side.people["host"][1],
            "operator": self.own_side.people["coordinator"][1],
        }

    def person(self, role: str) -> tuple[Person, RoleGrant | None]:
        return self.own_side.people[role]

    def own(self, name: str, role: str) -> dict[str, Any]:
        return self._arguments(name, role if role != "visitor" else "", self.own_side)

    def other(self, name: str, role: str) -> dict[str, Any]:
        return self._arguments(name, role if role != "visitor" else "", self.other_side)

    def missing(self, name: str) -> dict[str, Any]:
        nowhere = {
            "token": "finns-inte",
            "slug": "finns-inte",
            "broker": "finns-inte",
            "key": "finns-inte",
            "name": "finns-inte",
            "number": 1,
            "month": "2001-01",
        }
        return {
            key: nowhere.get(key, uuid4() if isinstance(value, UUID) else 2**40)
            for key, value in self.own(name, "").items()
        }

    def _arguments(self, name: str, role: str, side: Side) -> dict[str, Any]:
        short = name.partition(":")[2]
        need = side.needs[role] if role in RAISERS else side.needs["unit"]
        open_one = side.things["open"]
        applicant = side.applications[""]
        if short in {"need_part", "need_comment"}:
            return {"pk": need.pk, "key": "why"}
        if short == "need_comment_done":
            return {"pk": need.pk, "comment_pk": need.comments.first().pk}
        if short.startswith("need") and short not in {"needs", "need_new", "need_quick"}:
            return {"pk": need.pk}
        if name.startswith("surveys:"):
            return self._surveys(short, side)
        if name.startswith("underway:"):
            return work.arguments(short, role, side.things)
        if name.startswith("starting:"):
            return {"pk": side.region.pk} | ({"key": "purpose"} if short == "step" else {})
        if name.startswith("circulars:"):
            if short in {"circulars", "new"}:
                return {"pk": side.region.pk}
            return {"pk": side.things["letter" if short == "letter" else "circular"].pk}
        if name.startswith("importing:"):
            return self._importing(short, side)
        if name.startswith("coverage:"):
            return self._coverage(short, side)
        if name.startswith("recruiting:"):
            return self._recruiting(short, side)
        if name.startswith("pool:"):
            return self._pool(short, role, side)
        if name.startswith("matching:"):
            return self._matching(short, role, side)
        if name.startswith("records:"):
            return self._public_records(short, side)
        if name.startswith(("statistics:year", "statistics:this_year")):
            # The group was made more than a year ago, so there is a year that is over.
            number = {"number": timezone.localdate().year - 1}
            return {"pk": side.region.pk} | (number if short != "this_year" else {})
        if name.startswith("statistics:") and short != "home":
            months = self.before_all if short == "comment" else self.shown
            return {"pk": side.unit.pk, "month": f"{months.month:%Y-%m}"}
        if name == "documents:upload":
            file = side.things[f"file {role}"]
            return {"token": link_to(file, by=Actor(person_id=file.person_id)).split("/")[-2]}  # a fresh one
        if name in {"notices:stop", "assignments:stop_news", "assignments:search_atom"}:
            return {"token": "inte-en-riktig-länk"}
        if name.startswith("notices:"):
            return {}
        if name.startswith("methods:"):
            return {"slug": "fokusgrupp"} if short == "method" else {}
        if short == "follow_pace":
            return {"pk": side.things[f"follow {role}"].pk}
        if short in {"search_pace", "remove_search", "renew_feed"}:
            return {"pk": side.things[f"search {role}"].pk}
        if short in {"answer_question", "hide_question"}:
            return {"pk": side.things["question"].pk}
        if short in {"my_application", "applied", "change_application", "withdraw", "present"}:
            return {"pk": side.applications[role].pk}
        if short in {"nomination", "accept_nomination", "decline_nomination"}:
            return {"pk": side.things[f"nomination {role}"].pk}
        if short in {"applicant", "assess_conflict", "answer_applicant"}:
            return {"pk": open_one.pk, "application_pk": applicant.pk}
        if short == "apply":
            return {"pk": side.things["not applied to"].pk}
        if short in {
            "assignment",
            "ask",
            "follow",
            "unfollow",
            "nominate",
            "applicants",
            "choose",
            "finish_choosing",
            "close_early",
            "extend",
            "call_off",
        }:
            return {"pk": open_one.pk}
        if short == "material_open":
            return {"pk": side.things["for everybody"].pk}
        if short in {"materials", "material_add"}:
            return {"pk": side.things["agreeing"].pk}
        if short.startswith("material"):
            return {"pk": side.things["for the chosen"].pk}
        if short.startswith("agreement") or short in {"hand_over_done", "tell_back"}:
            return self._agreement(short, role, side)
        if short == "run_job_again":
            return {"pk": self.failed["job"]}
        if short == "send_mail_again":
            return {"pk": self.failed["mail"]}
        if name == "mfa_remove_webauthn":
            return {"pk": side.things[f"passkey {role}"].pk}
        if name == "people:eid_remove":
            return {"pk": side.things[f"eid {role}"].pk}
        if name in {"people:eid_start", "people:eid_back"}:
            return {"broker": "freja"}
        if name == "people:end_session":
            return {"handle": side.things[f"place {role}"].handle}
        if name == "account_reset_password_from_key":
            return {"uidb36": "1", "key": "inte-en-riktig-nyckel"}
        if short == "example":
            return {"name": "start"}
        if short in {"note_death", "undo_death"}:
            return {"pk": side.people[Role.MEMBER.value][0].pk}
        if short == "organisation":
            return {"pk": side.organisation.pk}
        if name == "organisations:step":
            return {"token": "inte-en-riktig-länk"}
        if short == "invitation":
            return {"token": side.things["invitation"]}
        if name.startswith("helping:"):
            return self._helping(short, role, side)
        if name == "protection:protect":
            return {"pk": side.people["member"][0].pk}
        if name in {"protection:person", "protection:lift"}:
            return {"pk": side.things["protected"].pk}
        if name == "protection:name":
            return {"pk": side.things["left alone"].pk}
        if name == "concerns:concern":
            return {"pk": side.things["concern"].pk}
        if short == "end_role":
            grant = self.ended.get(role, side.people["host"][1])
            return {"pk": grant.pk if side is self.own_side else side.people["host"][1].pk}
        return {}

    def _coverage(self, short: str, side: Side) -> dict[str, Any]:
        if short == "population":
            return {}
        month = {"month": f"{side.things['coverage'].month:%Y-%m}"} if short == "told_then" else {}
        return {"pk": side.things["population"].pk if short == "remove_table" else side.region.pk} | month

    def _pool(self, short: str, role: str, side: Side) -> dict[str, Any]:
        if short == "groups":
            return {}
        if short == "still":
            return {"token": "inte-en-riktig-länk"}
        of_a_member = {"member", "talk", "welcome", "introduction", "activate", "contact", "note", "minor", "say_no"}
        if short in of_a_member | {"draft_agreement", "guardian_ended", "member_labels"}:
            return {"pk": side.things["member"].pk}
        if short.startswith("agreement"):
            number = {"number": 1} if short == "agreement_version_pdf" else {}
            return {"pk": side.things[f"joining agreement {role}"].pk} | number
        if short == "answer_note":
            return {"pk": side.region.pk, "note_pk": side.things[f"member note {role}"].pk}
        return {"pk": side.region.pk} | ({"key": "name"} if short == "question" else {})

    def _matching(self, short: str, role: str, side: Side) -> dict[str, Any]:
        if short in {"enquiry", "answer_enquiry"}:
            return {"pk": side.things["enquiry organisation" if role == "organisation" else "enquiry"].pk}
        if short == "take_back_enquiry":
            return {"pk": side.things["enquiry"].pk}
        if short == "by_link":
            return {"token": "inte-en-riktig-länk"}
        if short == "stop_next":
            return {"pk": side.things["wave"].pk}
        if short == "invitation":
            return {"pk": side.things[f"invitation {role}"].pk}
        if short == "take_back":
            return {"pk": side.things["invitation "].pk}
        if short == "of_member":
            return {"pk": side.things["member"].pk}
        return {"pk": side.things["open"].pk} | ({"member_pk": side.things["member"].pk} if short == "why" else {})

    def _importing(self, short: str, side: Side) -> dict[str, Any]:
        if short == "no":
            return {"token": "inte-en-riktig-länk"}
        if short in {"start", "export"}:
            return {"pk": side.region.pk} | ({"kind": "csv"} if short == "export" else {})
        return {"pk": side.things["list"].pk} | ({"kind": "good"} if short == "rows" else {})

    def _recruiting(self, short: str, side: Side) -> dict[str, Any]:
        if short == "arrive":
            return {"code": side.things["channel"].code}
        if short in {"plan", "add", "channels", "make", "audience"}:
            return {"pk": side.region.pk} | ({"key": "young"} if short == "audience" else {})
        if short in {"change", "done", "remove"}:
            return {"pk": side.things["sought"].pk}
        return {"pk": side.things["channel"].pk} | ({"key": "notice"} if short == "text" else {})

    def _helping(self, short: str, role: str, side: Side) -> dict[str, Any]:
        if short in {"person", "begin", "invite"}:
            return {"pk": side.things["helped"].pk}
        if short == "letter":
            return {"pk": side.things["help" if role == Role.COORDINATOR else f"help {role}"].pk}
        if short == "posted":
            return {"pk": side.things["help"].pk}
        if short == "mail":
            return {"pk": side.things["mail to pass on"].pk}
        return {"token": "inte-en-riktig-länk"} if short == "take_over" else {}

    def _surveys(self, short: str, side: Side) -> dict[str, Any]:
        if short in {"sheet", "question", "check", "results_by_link"}:
            return {"token": "inte-en-riktig-länk"} | ({"key": "heard"} if short == "question" else {})
        if short in {"askings", "choose"}:
            return {}
        if short == "ask":
            return {"key": "pulse"}
        numbered = {"number": 1} if short in {"paper", "type_in"} else {}
        return {"pk": side.things["asking"].pk} | numbered

    def _public_records(self, short: str, side: Side) -> dict[str, Any]:
        if short == "decide":
            return {"key": "agreement"}
        if short.startswith("export"):
            return {"pk": side.things["diary"].pk}
        asked = side.things["asked"]
        if short == "document":
            return {"pk": asked.pk, "document_pk": asked.documents.order_by("pk").first().pk}
        return {"pk": asked.pk} if short in {"request", "answer", "for_assessment", "to_hand_out"} else {}

    def _agreement(self, short: str, role: str, side: Side) -> dict[str, Any]:
        if short == "hand_over_done":
            return {"pk": side.things[f"hand-over {role}"].pk}
        if short in {"agreements", "tell_back"}:
            return {"pk": side.things["agreeing"].pk}
        pk = side.things[f"agreement {role}"].pk
        return {"pk": pk, "number": 1} if "version" in short else {"pk": pk}
