"""Somebody of whom every kind of data is held, each with words that can be searched for in the whole database."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from samskapa.cocreate.assignments.models import TABLES, Agreement, Application, Assignment, PublicQuestion
from samskapa.cocreate.assignments.queries import agreements as queries
from samskapa.cocreate.assignments.queries.open import Filters
from samskapa.cocreate.assignments.services import agreeing, asking
from samskapa.cocreate.assignments.services.closing import call_off
from samskapa.cocreate.assignments.services.informed import follow, save_search
from samskapa.cocreate.assignments.services.nominating import nominate
from samskapa.cocreate.circulars.models import Addressee
from samskapa.cocreate.circulars.services.writing import write as write_circular
from samskapa.cocreate.importing.models import Origin
from samskapa.cocreate.matching.services.asking import open_wave
from samskapa.cocreate.matching.services.enquiring import send_enquiries
from samskapa.cocreate.pool.domain import ASKED_EACH
from samskapa.cocreate.pool.models import TABLES as POOL
from samskapa.cocreate.pool.models import Member
from samskapa.cocreate.pool.queries import agreement as agreements
from samskapa.cocreate.pool.services import labelling, minors, notes, running, viewing, yearly
from samskapa.cocreate.pool.services.agreeing import take_part
from samskapa.cocreate.underway.domain import Side
from samskapa.cocreate.underway.models import CheckIn, Work
from samskapa.cocreate.underway.queries import lines_of
from samskapa.cocreate.underway.services.beginning import begin_work
from samskapa.cocreate.underway.services.checking_in import note_check_in, say_promises
from samskapa.cocreate.underway.services.closing import say_credit
from samskapa.cocreate.underway.services.contributing import add_contribution, say_outcome
from samskapa.cocreate.underway.services.timing import note_time
from samskapa.edge.records.queries import kind_called
from samskapa.edge.records.services import note_decision
from samskapa.ground.agreements import services as law
from samskapa.ground.concerns.domain import Found, Place, Sign
from samskapa.ground.concerns.services import note_concern
from samskapa.ground.core.domain import SYSTEM, Actor, Pace
from samskapa.ground.core.services import queue_mail, record_look
from samskapa.ground.documents.domain import received
from samskapa.ground.documents.services import keep_upload
from samskapa.ground.helping.domain import Asked, How
from samskapa.ground.helping.models import Registered
from samskapa.ground.helping.services import begin_help, end_help
from samskapa.ground.notices.services import choose
from samskapa.ground.organisations.domain import INVITATION_LASTS, Kind, Role
from samskapa.ground.organisations.models import Node
from samskapa.ground.organisations.services import accept_invitation, grant_role, invite
from samskapa.ground.organisations.services.invitations import _make_link
from samskapa.ground.people.models import Person
from samskapa.ground.people.services import link_eid
from samskapa.listen.surveys.domain import Mode, Whom
from samskapa.listen.surveys.services import hand_in

from .applications import make_application
from .assignments import coordinator_for, host_of, make_agreement, make_open, representative_of
from .files import PDF
from .importing import received as received_list
from .material import make_material
from .organisations import NOW, actor_for, make_grant, make_node
from .passkeys import make_passkey
from .people import make_place
from .pool import make_group, make_member
from .recruiting import make_channel, make_sought
from .standing import LATER, settle
from .surveys import make_asking

#: In everything that must go when the person is forgotten.
GOES = "Zebrafink"
#: In everything that is kept, because an organisation has agreed on it or answered it in the open.
STAYS = "Kvarstår"
NAME, ADDRESS, PHONE = f"Anna {GOES}", f"{GOES.lower()}@example.se", "070-555 66 77"


@dataclass
class Whole:
    """The person, and the things that a test looks at."""

    person: Person
    coordinator: Actor
    agreement: Agreement
    waiting: Application
    nomination: Application
    answered: PublicQuestion
    unanswered: PublicQuestion
    contact_of: Assignment


@transaction.atomic
def make_whole_person() -> Whole:
    """Anna, who has an agreement, an application that waits, a nomination, questions, roles, invitations, mail, every
    way in, and is the contact of something that was called off."""
    agreement = make_agreement(names=(NAME,), access_needs=f"{STAYS} hörselslinga")
    person, assignment = agreement.application.person, agreement.root
    Person.objects.filter(pk=person.pk).update(email=ADDRESS, phone=PHONE)
    person.refresh_from_db()
    person.emailaddress_set.update(email=ADDRESS)
    oneself, coordinator = Actor(person_id=person.pk), coordinator_for(assignment)
    settle(agreement)
    note_decision(
        assignment.area,
        kind_called("choice"),
        keep_months=None,
        decided_on=LATER.date(),
        applies_from=LATER.date(),
        reference="RS 1",
        by=oneself,
        now=LATER,
    )
    _comments(agreement)
    _work(agreement)
    open_one = make_open(conflict={"conflict_matter": "guidelines"}, coordinator=coordinator, unit=assignment.unit)
    question = open_one.applicant_questions.get()
    waiting = make_application(
        open_one,
        by=oneself,
        experience=f"{GOES} erfarenhet",
        access_needs=f"{GOES} ramp",
        answers={question.pk: f"{GOES} svar"},
        has_conflict=True,
        conflict_text=f"{GOES} jäv",
        present_now=True,
    )
    make_material(open_one, title=f"{STAYS} material", name=f"{GOES} fil.pdf", by=oneself)
    keep_upload(received(f"{GOES} utkast.pdf", PDF, most_bytes=1000), by=oneself, now=NOW)
    Registered.objects.create(
        person=person, node=assignment.area, postal_address=f"{GOES} gata 1", consent_by=Asked.PHONE,
        consent_on=NOW.date(), registered_by_id=coordinator.person_id, registered_at=NOW,
    )  # fmt: skip
    help_given = begin_help(person, asked_by=Asked.PHONE, purpose=f"{GOES} syfte", by=coordinator, now=NOW)
    end_help(help_given, how=How.BUTTON, by=coordinator, now=NOW)
    answered = asking.ask_question(open_one, text=f"{STAYS} fråga?", by=oneself, now=NOW)
    asking.answer_question(answered, text="Ja.", by=coordinator, now=NOW)
    unanswered = asking.ask_question(open_one, text=f"{GOES} fråga?", by=oneself, now=NOW)
    note_concern(
        Found(Sign.DANGER, f"{GOES} mening om fara."), Place(assignment.area_id), where="whole", person_id=person.pk,
        by=oneself, now=NOW,
    )  # fmt: skip
    other = make_open(coordinator=coordinator, unit=assignment.unit)
    nominator = actor_for(role=Role.ORGANISATION, node=make_node(Kind.PATIENT_ORGANISATION))
    nomination = nominate(
        other,
        organisation=make_node(Kind.PATIENT_ORGANISATION),
        name=NAME,
        email=ADDRESS,
        reason=f"{GOES} skäl",
        by=nominator,
        now=NOW,
    )
    grant_role(person, Role.MEMBER, make_node(Kind.REGION), by=SYSTEM, now=NOW)
    _invitations(person)
    make_passkey(person, f"{GOES}s telefon")
    make_place(person, NOW)
    link_eid(person, f"number:{person.pk}", broker="freja", by=SYSTEM, now=NOW)
    _asked(person)
    record_look(person.pk, by=coordinator, at=NOW, what="assignments.application:1")
    queue_mail("people/login_code", to=ADDRESS, key="whole", now=NOW, secret=True, code="123456")
    _informed(person, open_one)
    _member(person)
    contact_of = _contact(coordinator, assignment.unit)
    return Whole(person, coordinator, agreement, waiting, nomination, answered, unanswered, contact_of)


def _member(person: Person) -> None:
    """In a resource group, with every kind of answer, a note, what somebody under eighteen needs, and a question."""
    group, coordinator = make_group(lowest_age=16)
    member = make_member(
        group,
        person,
        coordinator=coordinator,
        name={"called": f"{GOES} alias"},
        reach={"reach_by": "letter", "reach_at": f"{GOES} gata 2"},
        experience={"experience": f"{GOES} vård", "care": ["home"]},
        diagnosis={"diagnosis": f"{GOES} diagnos", "consent": "Ja"},
        training={"training": f"{GOES} kurs"},
    )
    running.note_minor(
        member, guardian=f"{GOES} mor", guide=f"{GOES} guide", adult=f"{GOES} vuxen", words="Ja", based_on=0,
        by=coordinator, now=NOW,
    )  # fmt: skip
    minors.take_back_guardians_yes(member, said_by=f"{GOES} far", on_day=NOW.date(), by=coordinator, now=NOW)
    running.write_note(
        member, kind="check_in", on_day=NOW.date(), text=f"{GOES} samtal", next_check_in=None, by=coordinator, now=NOW
    )
    oneself = Actor(person_id=person.pk)
    notes.answer_note(member.notes.get(), text=f"{GOES} svar på samtalet", by=oneself, now=NOW)
    joining = agreements.agreements().get(root=member)
    own, line = agreements.party_of(joining, "person"), joining.lines.order_by("pk").first()
    said = {"party": own, "by": oneself, "now": NOW}
    change = {"text": f"{GOES} punkt", "based_on": line.revisions.get().pk, "reason": f"{GOES} ord"}
    for give in (
        lambda held: law.comment(POOL, held, line.pk, text=f"{GOES} kommentar", **said),
        lambda held: law.propose_change(POOL, held, line.pk, **change, **said),
    ):
        take_part(joining, give, done=lambda done: done, **said)
    asked_to = make_open(coordinator=coordinator, unit=make_node(Kind.UNIT, parent=group.node))
    ask = {"answer_by": NOW.date(), "wanted": 1, "next_by_itself": False, "sought": {}, "alone": True}
    open_wave(asked_to, group, [member.pk], **ask, by=coordinator, now=NOW)
    section = make_node(Kind.PATIENT_ORGANISATION)
    make_grant(None, Role.ORGANISATION, section)
    send_enquiries(
        asked_to, [section.pk], answer_by=NOW.date(), wanted=1, message=f"{STAYS} ord till andra", by=oneself, now=NOW
    )
    label = labelling.make_label(group, name="Vill föreläsa", by=oneself, now=NOW)
    labelling.set_labels(member, [label.pk], shown=[], by=coordinator, now=NOW)
    letter = write_circular(group, title="Träff", text="Hej", wanted={}, by=oneself, now=NOW)
    Addressee.objects.create(circular=letter, member=member)
    viewing.save_view(group, name="Kvällar", wanted={"when": "evening"}, by=oneself, now=NOW)
    make_sought(group, oneself, doer_id=person.pk, now=NOW)
    came_by = make_channel(group, oneself, contact_id=person.pk, now=NOW).code
    Member.objects.filter(pk=member.pk).update(came_by=came_by)
    taken_in = received_list(group, oneself, b"Namn;E-post\nKim;kim@example.se")
    Origin.objects.create(of=taken_in, member=member, number=2, is_new=True, at=NOW)
    Member.objects.filter(pk=member.pk).update(heard_at=NOW - ASKED_EACH)
    yearly.ask(member, by=SYSTEM, now=NOW)


def _informed(person: Person, assignment: Assignment) -> None:
    """What she follows and looks for, how soon she wants to know, and news of it that waits for her digest."""
    oneself = Actor(person_id=person.pk)
    follow(assignment, by=oneself, now=NOW)
    search = save_search(name=f"{GOES} sökning", filters=Filters(), by=oneself, now=NOW)
    choose(person, paces={"searches": Pace.WEEKLY}, hour=9, weekday=4, by=oneself, now=NOW)
    queue_mail(
        "assignments/found", to=person.pk, key="whole-found", now=NOW, title=search.name, found=assignment.title,
        unit="Mottagningen", closes_on="2026-12-20", path="/uppdrag/1/", stop="/uppdrag/sluta/x/",
    )  # fmt: skip


def _comments(agreement: Agreement) -> None:
    party, line = queries.representative_party(agreement), agreement.root.lines.first()
    agreeing.take_part(
        agreement,
        lambda held: law.comment(
            TABLES, held, line.pk, text=f"{STAYS} ord", party=party, by=representative_of(agreement), now=LATER
        ),
        done=lambda done: done,
        party=party,
        by=representative_of(agreement),
        now=LATER,
    )


def _work(agreement: Agreement) -> None:
    """Something contributed and answered, a check-in noted, a promise, and a yes to standing by name."""
    begin_work(agreement.root_id, by=SYSTEM, now=LATER)
    said = {"side": Side.PERSON, "by": representative_of(agreement), "now": LATER}
    work = Work.objects.get(assignment=agreement.root_id)
    contribution = add_contribution(work, agreement=agreement, text=f"{GOES} bidrag", **said)
    say_outcome(
        contribution, became="partly", reason=f"{STAYS} utfall", based_on=None, by=host_of(agreement.root), now=LATER
    )
    check_in = CheckIn.objects.filter(agreement=agreement).order_by("due_on").first()
    note_check_in(check_in, goes_well="yes", text=f"{GOES} avstämning", **said)
    (line,) = lines_of(agreement)[:1]
    say_promises(agreement, said={line.line_id: ("no", f"{GOES} löfte")}, **said)
    note_time(agreement, day=LATER.date(), what="meeting", quarters=6, by=representative_of(agreement), now=LATER)
    say_credit(agreement, wants=True, by=representative_of(agreement), now=LATER)


def _invitations(person: Person) -> None:
    """One that was used, and one that waits."""
    link = _make_link(
        ADDRESS,
        name=NAME,
        role=None,
        node=None,
        next_path="",
        key="whole-used",
        lasts=INVITATION_LASTS,
        by=SYSTEM,
        now=NOW,
    )
    accept_invitation(link.token, by=Actor(person_id=person.pk), now=NOW)
    invite(ADDRESS, name=NAME, by=SYSTEM, now=NOW, key="whole-waits")


def _asked(person: Person) -> None:
    """Asked by name, and at the address anonymously."""
    named = make_asking(
        [Whom(person_id=person.pk, side="representative")], set_key="closing", mode=Mode.NAMED, days=None, by_mail=False
    )
    hand_in(named.asked.get(), {"heard": "4", "words": f"{GOES} ord"}, by=Actor(person_id=person.pk), now=NOW)
    make_asking([Whom(address=ADDRESS)], days=None, by_mail=False)


def _contact(coordinator: Actor, unit: Node) -> Assignment:
    """An assignment with the person as its contact, called off."""
    contact = {
        "contact_name": NAME,
        "contact_title": f"{GOES}ist",
        "contact_phone": PHONE,
        "contact_email": ADDRESS,
        "contact_hours": "",
    }
    found = make_open(unit=unit, coordinator=coordinator, contact=contact)
    return call_off(found, reason="Det blev inget.", by=coordinator, now=NOW)
