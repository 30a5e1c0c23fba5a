"""Pages of recruiting, beside the group's under /resursgrupp/; and the short link, as short as can be."""

from django.urls import path, re_path

from .views import arriving, channels, plan

app_name = "recruiting"

_HERE = "resursgrupp/<int:pk>/rekrytering/"
_ONE = "resursgrupp/rekrytering/"

urlpatterns = [
    re_path(r"^g/(?P<code>[^/]{1,24})/?$", arriving.arrive, name="arrive"),
    path(_HERE, plan.plan, name="plan"),
    path(f"{_HERE}sok/<str:key>/", plan.audience, name="audience"),
    path(f"{_HERE}ny/", plan.add, name="add"),
    path(f"{_HERE}lankar/", channels.channels, name="channels"),
    path(f"{_HERE}lankar/ny/", channels.make, name="make"),
    path(f"{_ONE}rad/<int:pk>/", plan.change, name="change"),
    path(f"{_ONE}rad/<int:pk>/klar/", plan.done, name="done"),
    path(f"{_ONE}rad/<int:pk>/ta-bort/", plan.remove, name="remove"),
    path(f"{_ONE}lank/<int:pk>/", channels.channel, name="channel"),
    path(f"{_ONE}lank/<int:pk>/andra/", channels.change, name="change_channel"),
    path(f"{_ONE}lank/<int:pk>/text/<str:key>/", channels.text, name="text"),
    path(f"{_ONE}lank/<int:pk>/affisch.pdf", channels.poster, name="poster"),
    path(f"{_ONE}lank/<int:pk>/lagg-undan/", channels.close, name="close"),
]
