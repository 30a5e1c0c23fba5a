"""`{% load organisations %}`: roles and kinds in words, in the language in use."""

from django import template

from samskapa.ground.organisations.models import kind_label, role_label

register = template.Library()
register.filter("role_label", role_label)
register.filter("kind_label", kind_label)
