"""Addresses for test_enhance.py: one page whose form is swapped in place by htmx."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path
from django_cotton.compiler_regex import CottonCompiler

from samskapa.config.urls import urlpatterns as product

PAGE = """{% extends "design/page.html" %}{% block title %}Prov{% endblock %}{% block main %}
<c-error-summary :form="form" /><h1>{{ heading }}</h1>
<c-form action="/prov/" hx-post="/prov/" hx-target="#main" hx-select="#main" hx-swap="outerHTML">{{ form }}
<c-button>Spara</c-button></c-form>{% endblock %}"""


class NameForm(forms.Form):
    name = forms.CharField(label="Namn", max_length=5)


def prove(request: HttpRequest) -> HttpResponse:
    form = NameForm(request.POST or None)
    saved = form.is_bound and form.is_valid()
    template = engines["django"].from_string(CottonCompiler().process(PAGE))
    html = template.render({"form": form, "heading": "Sparat" if saved else "Skriv"}, request)
    return HttpResponse(html, status=422 if form.is_bound and not saved else 200)


# The frame of every page leads to the product's own addresses.
urlpatterns = [*product, path("prov/", prove)]
