"""What follows on what: news -> jobs, and the jobs that come round by the clock.

News whose name has no row here is refused when it is published; an empty row says that nobody listens yet.
"""

from __future__ import annotations

#: Name of the news -> dotted paths of the jobs that get its payload.
REACTIONS: dict[str, list[str]] = {
    "importing.goes_on": ["samskapa.cocreate.importing.jobs.go_on"],
    "circulars.goes_on": ["samskapa.cocreate.circulars.jobs.go_on"],
    "assignments.published": ["samskapa.cocreate.assignments.jobs.tell_searchers"],
    "assignments.news": [
        "samskapa.cocreate.assignments.jobs.tell_followers",
        "samskapa.cocreate.underway.jobs.ask_of_year",
    ],
    "surveys.asked": ["samskapa.listen.surveys.jobs.invite"],
    "surveys.answered": [],
    "surveys.closed": [],
    "surveys.told": ["samskapa.listen.surveys.jobs.send_results"],
    "assignments.closed": ["samskapa.cocreate.matching.jobs.end_enquiries"],
    "assignments.nominated": ["samskapa.cocreate.matching.jobs.note_nomination"],
    "figures.frozen": ["samskapa.edge.statistics.jobs.tell_who_sees_first"],
    "assignments.called_off": [
        "samskapa.cocreate.assignments.jobs.end_agreements",
        "samskapa.cocreate.matching.jobs.end_enquiries",
    ],
    "assignments.application_withdrawn": [
        "samskapa.cocreate.assignments.jobs.end_agreement",
        "samskapa.cocreate.underway.jobs.after_withdrawal",
    ],
    "assignments.presented": ["samskapa.cocreate.assignments.jobs.draft_agreement"],
    "assignments.agreed": ["samskapa.cocreate.underway.jobs.begin_work"],
    "assignments.choosing_finished": ["samskapa.cocreate.assignments.jobs.draft_agreements"],
}

#: Dotted paths of the jobs marked with @every.
SCHEDULE: list[str] = [
    "samskapa.ground.core.jobs.tidy",
    "samskapa.ground.core.jobs.link_stragglers",
    "samskapa.ground.documents.jobs.tidy_uploads",
    "samskapa.ground.people.jobs.forget_old_sessions",
    "samskapa.ground.people.jobs.renew_address_tags",
    "samskapa.ground.notices.jobs.gather",
    "samskapa.ground.figures.jobs.freeze",
    "samskapa.ground.helping.jobs.end_due",
    "samskapa.ground.concerns.jobs.remind",
    "samskapa.listen.surveys.jobs.close_due",
    "samskapa.listen.surveys.jobs.remind",
    "samskapa.cocreate.pool.jobs.ask_yearly",
    "samskapa.cocreate.pool.jobs.remind_agreements",
    "samskapa.cocreate.importing.jobs.close_due",
    "samskapa.cocreate.assignments.jobs.close_due",
    "samskapa.cocreate.assignments.jobs.remind_unanswered",
    "samskapa.cocreate.assignments.jobs.remind_agreements",
    "samskapa.cocreate.assignments.jobs.terms",
    "samskapa.cocreate.assignments.jobs.tell_back",
    "samskapa.cocreate.assignments.jobs.material",
    "samskapa.cocreate.assignments.jobs.years_letters",
    "samskapa.cocreate.matching.jobs.settle_due",
    "samskapa.cocreate.coverage.jobs.freeze",
    "samskapa.cocreate.underway.jobs.begin_due",
    "samskapa.cocreate.underway.jobs.check_ins",
    "samskapa.cocreate.underway.jobs.telling",
    "samskapa.cocreate.underway.jobs.confirming",
    "samskapa.edge.my_data.jobs.retention",
    "samskapa.edge.records.jobs.disposal",
]
