"""allauth's secrets of the second factor are closed by the ring, and rotated with everything else."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.utils import timezone

from samskapa.ground.core.domain import SYSTEM, CannotOpen
from samskapa.ground.core.queries import keys_in_use
from samskapa.ground.core.services.keys import rotate
from tests.factories.people import make_person
from tests.ground.core.rings import write_ring

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def ring(settings, tmp_path):
    settings.MFA_ADAPTER = "samskapa.ground.people.mfa.MFAAdapter"
    settings.KEYS_FILE = str(write_ring(tmp_path / "keys.env"))


def authenticators() -> dict[str, int]:
    return {use.id: use.rows["mfa_authenticator.data"] for use in keys_in_use() if "mfa_authenticator.data" in use.rows}


def test_secrets_are_closed_work_and_are_rotated():
    person = make_person()
    TOTP.activate(person, SECRET)
    codes = RecoveryCodes.activate(person).get_unused_codes()
    Authenticator.objects.create(
        user=make_person(), type=Authenticator.Type.WEBAUTHN, data={"name": "Min nyckel", "public": "e1.öppen"}
    )
    totp, recovery = Authenticator.objects.order_by("pk")[:2]
    assert totp.data["secret"].startswith("e1.k1.")
    assert recovery.data["seed"].startswith("e1.k1.")
    assert authenticators() == {"k1": 2}

    rotate(by=SYSTEM, now=timezone.now())

    assert authenticators() == {"k2": 2}
    totp, recovery, passkey = Authenticator.objects.order_by("pk")
    assert passkey.data == {"name": "Min nyckel", "public": "e1.öppen"}
    assert recovery.data["used_mask"] == 0
    assert RecoveryCodes(recovery).get_unused_codes() == codes
    code = format_hotp_value(hotp_value(SECRET, next(iter(yield_hotp_counters_from_time()))))
    assert TOTP(totp).validate_code(code)
    assert not TOTP(totp).validate_code(str((int(code) + 1) % 10**6).zfill(6))


def test_codes_kept_one_by_one_are_rotated_too():
    from samskapa.ground.people.mfa import MFAAdapter

    kept = [MFAAdapter().encrypt(code) for code in ("12345678", "87654321")]
    row = Authenticator.objects.create(
        user=make_person(), type=Authenticator.Type.RECOVERY_CODES, data={"migrated_codes": kept}
    )

    rotate(by=SYSTEM, now=timezone.now())

    row.refresh_from_db()
    assert [code[:6] for code in row.data["migrated_codes"]] == ["e1.k2."] * 2
    assert RecoveryCodes(row).get_unused_codes() == ["12345678", "87654321"]


def test_a_secret_in_clear_is_refused():
    row = Authenticator.objects.create(user=make_person(), type=Authenticator.Type.TOTP, data={"secret": SECRET})
    with pytest.raises(CannotOpen, match=r"mfa_authenticator\.data: this is no encrypted text"):
        TOTP(row).validate_code("123456")
