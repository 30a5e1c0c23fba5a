"""Who was welcomed or can be asked, and was never given a day for a check-in, gets one.

Counted as due all at once they would bury what really waits; so they come over the next thirteen weeks, those who have
waited longest first. Who came in lately gets the day that they would get today.
"""

from datetime import timedelta

from django.db import migrations
from django.utils import timezone

_WEEK, _WEEKS = timedelta(weeks=1), 13
_SOME = 500


def give_days(apps, schema_editor):
    Member = apps.get_model("pool", "Member")
    today = timezone.localdate()
    rows = Member.objects.filter(status__in=["welcomed", "active"], next_check_in=None)
    for group_id in rows.order_by("group").values_list("group", flat=True).distinct():
        waiting = list(rows.filter(group=group_id).order_by("since", "pk").values_list("pk", "since"))
        changed = []
        for place, (pk, since) in enumerate(waiting):
            spread = today + _WEEK * (1 + place * _WEEKS // len(waiting))
            changed.append(Member(pk=pk, next_check_in=max(spread, timezone.localdate(since) + _WEEK * _WEEKS)))
        Member.objects.bulk_update(changed, ["next_check_in"], batch_size=_SOME)


class Migration(migrations.Migration):
    dependencies = [("pool", "0013_more_choices")]

    operations = [migrations.RunPython(give_days, migrations.RunPython.noop)]
