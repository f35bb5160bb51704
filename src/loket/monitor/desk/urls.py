"""The addresses of the author's desk; what stands in them is an id, and never the name of what is not published yet."""

from __future__ import annotations

from django.urls import path

from loket.monitor.desk.views import releases, steps

app_name = "desk"
urlpatterns = [
    path("", releases.releases, name="releases"),
    path("nieuw/", releases.hand_over, name="hand_over"),
    path("<uuid:pk>/", releases.release, name="release"),
    path("<uuid:pk>/tabellen/", releases.tables, name="tables"),
    path("<uuid:pk>/verbeteren/", steps.mend, name="mend"),
    path("<uuid:pk>/ondertekenen/", steps.sign, name="sign"),
    path("<uuid:pk>/publiceren/", steps.publish, name="publish"),
    path("<uuid:pk>/intrekken/", steps.withdraw, name="withdraw"),
    path("<uuid:pk>/<slug:name>/", steps.step, name="step"),
]
