"""How a form field looks everywhere."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    field_template_name = "design/field.html"
    form_template_name = "design/form.html"
