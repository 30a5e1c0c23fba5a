"""Named places that an app further up fills: name -> dotted path. Looked up when used."""

from __future__ import annotations

from typing import Any

SLOTS: dict[str, Any] = {
    # (person_id) -> core.domain.Recipient, or None when no mail may go
    "mail_recipient": "samskapa.ground.people.queries.mail_recipient",
    # (person ids, group's id or None) -> those of them whom what a resource group writes reaches by phone or letter
    "reached_without_mail": "samskapa.cocreate.pool.queries.reach.reached_without_mail",
    # (person ids, node_path, group's id or None) -> {person id: how they want to be reached by groups there, in words}
    "how_to_reach": "samskapa.cocreate.pool.queries.reach.how_to_reach",
    # (address) -> bool: whether a mail may go to an address that is written to without an account
    "mail_to_address": "samskapa.ground.people.queries.my_data.gets_mail",
    # (person_id, core.domain.Topic, matter, now) -> core.domain.Plan: how soon the person wants to know
    "mail_plan": "samskapa.ground.notices.queries.plan_of",
    # (person_id) -> list of people.domain.Capacity: in which roles one may act beside as oneself
    "capacities": "samskapa.ground.organisations.queries.capacities_of",
    # (list of (role, node_id)) -> {(role, node_id): "Coordinator, Region Ekliden"} in the reader's language
    "capacity_names": "samskapa.ground.organisations.queries.capacity_names",
    # core.keys.JSONPlace and TagPlace: where other people's models keep what our keys closed
    "encrypted_places": ["samskapa.ground.people.mfa.AUTHENTICATORS"],
    # (node_path) -> Person rows: whom a coordinator at that node has to do with
    "people_in_area": [
        "samskapa.ground.organisations.queries.people_with_roles_in",
        "samskapa.ground.helping.queries.people_registered_in",
        "samskapa.cocreate.pool.queries.members.people_who_joined_in",
        "samskapa.cocreate.assignments.queries.applications.people_who_applied_in",
    ],
    # (person, address, by=, now=): rows that name the person by address stop doing so, when an identity is protected
    "hide_address": [
        "samskapa.ground.organisations.services.hide_invitations",
        "samskapa.cocreate.assignments.services.nominating.hide_nominations",
        "samskapa.listen.surveys.services.hide_surveys",
        "samskapa.cocreate.pool.services.my_data.hide_member",
    ],
    # (person, by=, now=): what was left out while the person's identity was protected is there again
    "show_again": ["samskapa.cocreate.pool.services.my_data.show_member"],
    # (person_id) -> list of pool.queries.asked.AskedRow: when a member was asked or proposed, for their own page
    "asked_or_proposed": [
        "samskapa.cocreate.assignments.queries.proposed.proposed_to",
        "samskapa.cocreate.matching.queries.own.asked_to",
    ],
    # (member, actor) -> list of pool.queries.going_on.GoesOn: what goes on with them, of what the actor may see
    "goes_on_with_member": [
        "samskapa.cocreate.matching.queries.going_on.asked_to",
        "samskapa.cocreate.assignments.queries.going_on.takes_part_in",
    ],
    # (Member rows, today) -> those of them who were never asked to anything, and take part in nothing this year
    "never_asked": "samskapa.cocreate.matching.queries.members.never_asked",
    # (group) -> list of pool.queries.tools.Tool: links on the page of a group's members, for its coordinators
    "tools_of_group": [
        "samskapa.cocreate.coverage.queries.links.tools_of",
        "samskapa.cocreate.recruiting.queries.places.tools_of",
        "samskapa.cocreate.circulars.queries.links.tools_of",
        "samskapa.cocreate.importing.queries.links.tools_of",
    ],
    # (group) -> the same, on the page of a group that everybody reads
    "open_tools_of_group": ["samskapa.cocreate.coverage.queries.links.open_tools_of"],
    # (member) -> list of pool.queries.tools.Tool: links on the coordinators' page of a member
    "tools_of_member": ["samskapa.cocreate.matching.queries.places.tools_of_member"],
    # (group) -> list of pool.queries.tools.Waits: what waits for who runs the group, beside members, each with its day
    "waits_in_group": [
        "samskapa.cocreate.pool.queries.passing_on.waits_to_be_passed_on",
        "samskapa.cocreate.assignments.queries.waiting.assignments_in_group",
        "samskapa.cocreate.matching.queries.desk.enquiries_in_group",
        "samskapa.cocreate.matching.queries.desk.waves_in_group",
        "samskapa.cocreate.importing.queries.desk.lists_in_group",
    ],
    # (group) -> rows of recruiting.queries.missing.Missing: what is missing in a group, for its recruitment plan
    "missing_in_group": ["samskapa.cocreate.coverage.queries.missing.missing"],
    # (group, code) -> what the poster or link of that code is called, or "": how a member came to a group
    "came_by_in_words": "samskapa.cocreate.recruiting.queries.places.came_by_in_words",
    # (member) -> list of pool.queries.letters.LetterRow: what was written to them and others, for their own page
    "letters_to_member": ["samskapa.cocreate.circulars.queries.letters.letters_of_member"],
    # (kind of thing, ids) -> {id: title}: what a deed was about
    "titles_of_things": "samskapa.cocreate.underway.queries.deeds.titles_of",
    # (kind of document) -> ids of the organisations that have decided themselves when it is disposed of
    "organisations_that_decided": "samskapa.edge.records.queries.disposal.organisations_that_decided",
    # () -> list of figures.domain.Place: the tree over which figures are summed, closed places too
    "figure_places": "samskapa.ground.organisations.queries.figure_places",
    # (assignment) -> what it has led to, with the template that draws it on the assignment's public page; or None
    "told_of_assignment": "samskapa.cocreate.underway.queries.public.what_it_led_to",
    # (assignment) -> bool: whether host and representatives share a page of the work
    "has_work": "samskapa.cocreate.underway.queries.public.has_work",
    # (assignment) -> methods that fit a need that is being written, with the template that draws them on its page
    "methods_for_need": "samskapa.learn.methods.queries.for_need",
    # (assignment) -> the way to those who fit it, with the template that draws it on the page of those who applied
    "who_fits": "samskapa.cocreate.matching.queries.places.who_fits",
    # (actor) -> what somebody who nominates is asked for, with the template that draws it beside their nominations
    "asked_to_nominate": "samskapa.cocreate.matching.queries.places.asked_to_nominate",
    # ways of choosing among applicants, in the order they are offered: each has key, label and url
    "ways_of_choosing": ["samskapa.cocreate.assignments.queries.ways.BY_HAND"],
    # models whose rows stay out of a backup: who is logged in, what is counted for minutes, which worker lives
    "not_carried": [
        "samskapa.ground.people.models.Session",
        "samskapa.ground.people.models.Remembered",
        "samskapa.ground.core.models.WorkerBeat",
    ],
    # folders that belong to what the database says: name -> dotted path of what tells where it lies here (a Path)
    "backup_folders": {"files": "samskapa.ground.documents.queries.files_folder"},
}
