"""Log in, choose a password, one's own facts. Labels without placeholders: those vanish while one types."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.totp.internal.auth import validate_totp_code
from allauth.mfa.webauthn.forms import AddWebAuthnForm, AuthenticateWebAuthnForm, LoginWebAuthnForm
from django import forms
from django.conf import settings
from django.core.cache import cache
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from samskapa.ground.core.domain import HIGHEST_ID
from samskapa.ground.design.forms import TextField

from .domain import looks_like_personal_number, normal_address, visible_name
from .models import Person, display_name
from .queries import closed_address, protected_account

PASSWORD_HELP = _("At least 12 characters. A few words in a row are easy to remember and hard to guess.")


def _calm(field: forms.Field, label, help_text="", **attrs) -> None:
    """Our words on a field of allauth's, and no placeholder."""
    field.label, field.help_text = label, help_text
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attrs)


class LogInForm(account.LoginForm):
    """The e-mail address, and the password where one chose to log in with it (`how` says which)."""

    PASSWORD = "password"  # noqa: S105
    user: Person | None = None

    def __init__(self, *args, **kwargs):
        self.with_password = (kwargs.get("data") or {}).get("how") == self.PASSWORD
        super().__init__(*args, **kwargs)
        _calm(self.fields["login"], _("Your e-mail address"), spellcheck="false", autocapitalize="none")
        self.fields["login"].validators.append(MaxLengthValidator(254))
        self.fields["login"].widget.attrs["autocomplete"] = "username" if self.with_password else "email"
        if "password" in self.fields:
            _calm(self.fields["password"], _("Your password"))

    def _setup_password_field(self) -> None:
        if not self.with_password:
            del self.fields["password"]

    def _clean_without_password(self, email, phone):
        """A protected address is no account's in clear: it is found by its tag. Asked for each, so that none is
        told by the work."""
        cleaned = super()._clean_without_password(email, phone)
        person = protected_account(email) if email and not self.errors else None
        if self.user is None and person and person.is_active:
            self.user = person
        return cleaned

    def login(self, request, redirect_url=None):
        """allauth keeps in the session what address was typed: a protected one is closed first."""
        if self.user is not None and self.user.protected_tag:
            self.cleaned_data["login"] = closed_address(self.cleaned_data["login"])
        return super().login(request, redirect_url)

    def user_credentials(self) -> dict:
        credentials = {"email": self.cleaned_data["login"]}
        if password := self.cleaned_data.get("password"):
            credentials["password"] = password
        return credentials

    def _login_with_password(self, request, redirect_url, credentials):
        self._login.email = credentials["email"]
        return super()._login_with_password(request, redirect_url, credentials)


class CodeForm(account.ConfirmLoginCodeForm):
    """The six digits from the mail. Spaces and hyphens do not matter."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _calm(
            self.fields["code"],
            _("Code"),
            _("Six digits. You find them in the mail from us."),
            inputmode="numeric",
            autocomplete="one-time-code",
            maxlength="20",
        )


class StrongCodeForm(AuthenticateForm):
    """A code from the app, or a reserve code. Each works once."""

    #: Seconds for which a used code is remembered: longer than it is valid (three steps of thirty).
    REMEMBERED = 120

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _calm(
            self.fields["code"],
            _("Code"),
            _("Six digits from your app, or one of your reserve codes."),
            inputmode="numeric",
            autocomplete="one-time-code",
            maxlength="20",
        )

    def clean_code(self) -> str:
        code = super().clean_code()
        digits = "".join(character for character in code if character.isdigit())
        if not cache.add(f"people.code:{self.user.pk}:{digits}", "used", timeout=self.REMEMBERED):
            raise get_adapter().validation_error("incorrect_code")
        return code


class AppForm(forms.Form):
    """The first code from an app, which shows that it got the secret right."""

    code = forms.CharField(
        label=_("The code that the app shows"),
        help_text=_("Six digits. A new one comes every half minute."),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )

    def __init__(self, *args, secret: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.secret = secret

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        if not validate_totp_code(self.secret, code):
            raise get_adapter().validation_error("incorrect_code")
        return code


class CredentialField(forms.JSONField):
    """What the browser answers with, which anybody may send: Django's own lets two kinds of nonsense through as faults
    (a number of thousands of digits, and lists in lists without end)."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except (ValueError, RecursionError) as problem:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from problem

    def bound_data(self, data: Any, initial: Any) -> Any:
        try:
            return super().bound_data(data, initial)
        except (ValueError, RecursionError):
            return ""


class StrongPasskeyForm(AuthenticateWebAuthnForm):
    """Shows more strongly who one is, with a passkey."""

    credential = CredentialField()


class PasskeyLogInForm(LoginWebAuthnForm):
    """Logs in with a passkey alone."""

    credential = CredentialField()


class PasskeyForm(AddWebAuthnForm):
    """What the browser made, and what the person calls it."""

    credential = CredentialField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.pop("passwordless", None)  # each of ours logs in by itself
        _calm(self.fields["name"], _("What do you want to call it?"), _("So that you know it again in your list."))
        self.fields["name"].max_length = 60
        self.fields["name"].validators.append(MaxLengthValidator(60))


class ChangePasswordForm(account.ChangePasswordForm):
    """One field for the new password: who mistypes logs in with a code and chooses again."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        _calm(self.fields["oldpassword"], _("The password you have now"))
        _calm(self.fields["password1"], _("New password"), PASSWORD_HELP)


class SetPasswordForm(account.SetPasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        _calm(self.fields["password1"], _("New password"), PASSWORD_HELP)


class NewPasswordForm(account.ResetPasswordKeyForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        _calm(self.fields["password1"], _("New password"), PASSWORD_HELP)


class ForgottenPasswordForm(account.ResetPasswordForm):
    users: list[Person]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _calm(self.fields["email"], _("Your e-mail address"), spellcheck="false", autocapitalize="none")

    def clean_email(self) -> str:
        email = super().clean_email()
        person = protected_account(email)
        if person and person.is_active and not self.users:
            self.users = [person]
        return email


def refuse_personal_number(text: str, *, bare: bool = True) -> str:
    """The text, where it holds no personal identity number: we never ask for one, and never keep one."""
    if looks_like_personal_number(text, bare=bare):
        raise forms.ValidationError(
            _("This looks like a personal identity number. Please take it out: we do not keep those.")
        )
    return text


def no_personal_number(text: str) -> None:
    """A validator for what is written freely. Ten digits in a row may be a telephone number there."""
    refuse_personal_number(text, bare=False)


class WordsField(TextField):
    """Some sentences that others read."""

    default_validators = [no_personal_number]


class PeopleField(forms.ModelMultipleChoiceField):
    """People to tick, by the names that others see."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any):
        super().__init__(queryset=Person.objects.none(), **kwargs)

    def label_from_instance(self, obj: Person) -> str:
        return display_name(obj)

    def clean(self, value):
        """What cannot be the number of a row is nobody; SQLite cannot even be asked for one that is too large."""
        for each in value or ():
            text = str(each)
            if not (text.isascii() and text.isdecimal() and len(text) < 20 and int(text) <= HIGHEST_ID):
                raise forms.ValidationError(
                    self.error_messages["invalid_choice"], code="invalid_choice", params={"value": text[:40]}
                )
        return super().clean(value)


class NameField(forms.CharField):
    """A person's name, as they write it themselves, but in letters that are seen."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("Your name"))
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "name"}))
        super().__init__(max_length=150, **kwargs)

    def to_python(self, value):
        return visible_name(super().to_python(value) or "")

    def clean(self, value):
        return refuse_personal_number(super().clean(value))


class PhoneField(forms.RegexField):
    """A phone number, if there is one."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("Phone"))
        kwargs.setdefault("widget", forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}))
        messages = {"invalid": _("Write a phone number with digits, for example 070-123 45 67.")}
        super().__init__(r"^\+?[0-9][0-9 ()/-]{4,30}$", required=False, strip=True, error_messages=messages, **kwargs)

    def clean(self, value):
        return refuse_personal_number(super().clean(value), bare=False)


class ProfileForm(forms.Form):
    """One's own facts."""

    name = NameField(help_text=_("This is the name the others see."))
    phone = PhoneField(help_text=_("Only if you want to be reached by phone."))
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, widget=forms.RadioSelect)

    def __init__(self, *args, is_protected: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        if is_protected:  # name and phone are changed where they are kept
            del self.fields["name"], self.fields["phone"]


class AddressForm(forms.Form):
    """The address that mail is to go to from now on. now_at: the one it goes to today."""

    email = forms.EmailField(
        label=_("New e-mail address"),
        help_text=_("We send a code there, so that we know that you read it."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false", "autocapitalize": "none"}),
    )

    def __init__(self, *args, now_at: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.now_at = now_at

    def clean_email(self) -> str:
        email = normal_address(self.cleaned_data["email"])
        if email == normal_address(self.now_at):
            raise forms.ValidationError(_("This is the address that you have already."))
        return email


class AddressCodeForm(forms.Form):
    """The six digits that the new address got. Spaces and hyphens do not matter."""

    code = forms.CharField(
        label=_("Code"),
        help_text=_("Six digits. You find them in the mail from us."),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )

    def clean_code(self) -> str:
        return "".join(character for character in self.cleaned_data["code"] if character.isdigit())


class LanguageForm(forms.Form):
    language = forms.ChoiceField(choices=settings.LANGUAGES)


class CapacityForm(forms.Form):
    """In which capacity to act: the id of a role grant, or 0 for as oneself."""

    capacity = forms.IntegerField(min_value=0, max_value=2**63 - 1)
