"""Material survives a backup and a restore: row, file, and who may fetch it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from samskapa.cocreate.assignments.domain.material import Audience
from samskapa.cocreate.assignments.models import Material
from samskapa.cocreate.assignments.services.material import remove_material
from samskapa.ground.core.domain import SYSTEM
from samskapa.ground.core.services.backup import back_up
from samskapa.ground.core.services.restore import restore
from samskapa.ground.documents.queries import path_of
from tests.factories.assignments import host_of, make_open
from tests.factories.files import PDF
from tests.factories.material import make_material
from tests.factories.standing import LATER

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.FILES_FOLDER = str(tmp_path / "files")


def test_what_was_taken_away_or_lost_since_is_back(client, tmp_path):
    assignment = make_open()
    kept = make_material(assignment, audience=Audience.EVERYBODY, title="Kvar")
    taken = make_material(assignment, audience=Audience.EVERYBODY, title="Togs bort sedan")
    before = list(Material.objects.order_by("pk").values())
    back_up(tmp_path / "backup", by=SYSTEM, now=LATER)
    remove_material(taken, reason="Fel", by=host_of(assignment), now=LATER)
    path_of(kept.upload.pk).unlink()

    done = restore(tmp_path / "backup", by=SYSTEM, now=LATER + timedelta(hours=1), may_replace=True)

    assert done.files == 2
    assert list(Material.objects.order_by("pk").values()) == before
    for each in (kept, taken):
        link = client.get(reverse("assignments:material_open", args=[each.pk]))["Location"]
        assert b"".join(client.get(link).streaming_content) == PDF
