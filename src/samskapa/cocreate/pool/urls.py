"""Pages of resource groups, under /resursgrupp/."""

from django.urls import path

from .views import agreement, group, labels, minors, own, running, starting_text
from .views import open as everybody

app_name = "pool"

urlpatterns = [
    path("", everybody.groups, name="groups"),
    path("medlem/<int:pk>/", running.member, name="member"),
    path("medlem/<int:pk>/samtal/", running.talk, name="talk"),
    path("medlem/<int:pk>/valkomna/", running.welcome, name="welcome"),
    path("medlem/<int:pk>/introduktion/", running.introduction, name="introduction"),
    path("medlem/<int:pk>/kan-tillfragas/", running.activate, name="activate"),
    path("medlem/<int:pk>/kontaktperson/", running.contact, name="contact"),
    path("medlem/<int:pk>/anteckna/", running.note, name="note"),
    path("medlem/<int:pk>/under-18/", minors.minor, name="minor"),
    path("medlem/<int:pk>/under-18/tillbakataget/", minors.guardian_ended, name="guardian_ended"),
    path("medlem/<int:pk>/overenskommelse/", agreement.draft_agreement, name="draft_agreement"),
    path("medlem/<int:pk>/etiketter/", labels.member_labels, name="member_labels"),
    path("medlem/<int:pk>/saga-nej/", running.say_no, name="say_no"),
    path("overenskommelse/<int:pk>/", agreement.agreement, name="agreement"),
    path("overenskommelse/<int:pk>/svara/", agreement.agreement_answer, name="agreement_answer"),
    path("overenskommelse/<int:pk>/historik/", agreement.agreement_history, name="agreement_history"),
    path("overenskommelse/<int:pk>/pdf/", agreement.agreement_pdf, name="agreement_pdf"),
    path("overenskommelse/<int:pk>/version/<int:number>/pdf/", agreement.agreement_pdf, name="agreement_version_pdf"),
    path("fraga/<str:token>/", everybody.still, name="still"),
    path("<int:pk>/", everybody.group, name="group"),
    path("<int:pk>/blankett.pdf", everybody.paper, name="paper"),
    path("<int:pk>/ga-med/", own.join, name="join"),
    path("<int:pk>/svar/", own.check, name="check"),
    path("<int:pk>/svar/<str:key>/", own.question, name="question"),
    path("<int:pk>/mitt/", own.mine, name="mine"),
    path("<int:pk>/mitt/anteckning/<int:note_pk>/", own.answer_note, name="answer_note"),
    path("<int:pk>/vila/", own.rest, name="rest"),
    path("<int:pk>/tillbaka/", own.back, name="back"),
    path("<int:pk>/vardnadshavare/", minors.tell_guardian_ended, name="tell_guardian_ended"),
    path("<int:pk>/lamna/", own.leave, name="leave"),
    path("<int:pk>/ta-tillbaka-diagnos/", own.take_back_diagnosis, name="take_back_diagnosis"),
    path("<int:pk>/ordna/", group.arrange, name="arrange"),
    path("<int:pk>/utgangstext/", starting_text.starting_text, name="starting_text"),
    path("<int:pk>/vantar/", running.waiting, name="waiting"),
    path("<int:pk>/etiketter/", labels.labels, name="labels"),
    path("<int:pk>/etiketter/ta-bort/", labels.remove_label, name="remove_label"),
    path("<int:pk>/medlemmar/", group.members, name="members"),
    path("<int:pk>/medlemmar/spara/", group.save_view, name="save_view"),
    path("<int:pk>/medlemmar/ta-bort-urval/", group.remove_view, name="remove_view"),
]
