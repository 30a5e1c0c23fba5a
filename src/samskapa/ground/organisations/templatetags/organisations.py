"""`{% load organisations %}`: roles, kinds and kept addresses in words, in the language in use."""

from django import template
from django.utils.translation import gettext as _

from samskapa.ground.organisations.models import kind_label, role_label
from samskapa.ground.people.domain import referred_to

register = template.Library()
register.filter("role_label", role_label)
register.filter("kind_label", kind_label)


@register.filter
def shown_address(kept: str) -> str:
    """An address as a page may show it; of a protected person only that there is one."""
    return _("Protected address") if referred_to(kept) else kept
