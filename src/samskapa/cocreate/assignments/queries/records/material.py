"""Material that was put to assignments: each file a document, with the file itself."""

from __future__ import annotations

from datetime import datetime

from django.db.models import DateTimeField
from django.db.models.functions import Greatest
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samskapa.ground.documents.domain.records import Passage, Record, Watch, Way
from samskapa.ground.documents.templatetags.files import file_in_words

from ...domain.material import Audience
from ...models import Material
from .naming import in_time, said_of, title_of

_FOR = {Audience.EVERYBODY: gettext_lazy("Everybody"), Audience.CHOSEN: gettext_lazy("Those who are chosen")}


def material_records(node_path: str, since: datetime, until: datetime) -> list[Record]:
    """Material of published assignments, from when both were there: before, it is only worked on (TF 2 kap. 12 §). What
    has been taken away stays as what there was, without its file."""
    found = (
        Material.objects.filter(assignment__published_at__isnull=False)
        .annotate(at=Greatest("added_at", "assignment__published_at", output_field=DateTimeField()))
        .filter(in_time(node_path, since, until, "at"))
        .select_related("assignment", "upload")
    )
    return [_record(material) for material in found.order_by("at", "pk")]


def _record(material: Material) -> Record:
    removed = ""
    if material.removed_at:
        removed = _("The file was removed %(day)s.") % {"day": date_format(localtime(material.removed_at), "Y-m-d")}
    return Record(
        ref=str(material.pk),
        at=getattr(material, "at"),  # noqa: B009  # the query's own
        way=Way.OUT,
        who=str(_FOR[Audience(material.audience)]),
        about=title_of(material.assignment),
        passages=said_of(
            Passage(gettext_lazy("Title"), material.title),
            Passage(gettext_lazy("File"), f"{material.upload.name} ({file_in_words(material.upload)})", Watch.BOTH),
            Passage(gettext_lazy("Removed"), removed),
            Passage(gettext_lazy("Why it was removed"), material.removed_reason, Watch.BOTH),
        ),
        assignment_id=material.assignment_id,
        paper_id=None if material.removed_at else material.pk,
    )
