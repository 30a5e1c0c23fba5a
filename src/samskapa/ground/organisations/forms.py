"""Search the directory, invite, accept."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from samskapa.ground.core.domain import Actor
from samskapa.ground.people.forms import NameField

from . import access, queries
from .domain import Kind, Role, WrongPlace, check_role, roles_to_invite
from .models import Node, kind_label, role_label


class DirectoryForm(forms.Form):
    """What one looks for in the directory. Anything wrong is as if it had not been written."""

    q = forms.CharField(
        label=_("Search"), required=False, max_length=200, help_text=_("For example diabetes or heart.")
    )
    area = forms.ChoiceField(label=_("Area"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["q"].widget.input_type = "search"
        self.fields["area"].choices = [("", _("All areas")), *((area, area) for area in queries.areas())]  # type: ignore[attr-defined]

    def wanted(self) -> dict[str, str]:
        """The words and the area to filter by."""
        self.is_valid()
        return {"words": self.cleaned_data.get("q", ""), "area": self.cleaned_data.get("area", "")}


class _NodeField(forms.ModelChoiceField):
    def label_from_instance(self, node: Node) -> str:
        return f"{node.name} ({kind_label(node.kind)})"


class InviteForm(forms.Form):
    """Whom to invite, to which role and where."""

    #: Made with the page, so that a double click invites once.
    key = forms.RegexField(r"^[0-9a-f]{32}$", widget=forms.HiddenInput)
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("The invitation is sent here."),
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}),
    )
    name = NameField(
        label=_("Name"),
        required=False,
        help_text=_("The person can change it."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)
    node = _NodeField(label=_("Where"), queryset=Node.objects.none(), empty_label=_("Choose"))

    def __init__(self, *args, actor: Actor, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, role_label(role)) for role in roles_to_invite(actor.role)]  # type: ignore[attr-defined]
        self.fields["node"].queryset = access.nodes_to_invite_to(actor)  # type: ignore[attr-defined]

    def clean(self):
        cleaned = super().clean() or {}
        role, node = cleaned.get("role"), cleaned.get("node")
        if role and node:
            try:
                check_role(Role(role), Kind(node.kind))
            except WrongPlace:
                self.add_error("node", _("That role is not held here. Choose another place, or another role."))
        return cleaned


class AcceptForm(forms.Form):
    """The name, of somebody who has given none."""

    name = NameField(help_text=_("This is the name the others see."))

    def __init__(self, *args, asks_name: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not asks_name:
            del self.fields["name"]
