"""The addresses of casework. What stands in an address is an id that means nothing, never a word about somebody."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, path

from loket.casework.views import carrying, encounters, missing, naming, placing, registrations, reports, tasks, working


def part(name: str) -> list[URLPattern | URLResolver]:
    """The addresses that another file of this room adds, where it is there."""
    where = f"loket.casework.{name}"
    return list(import_module(where).urlpatterns) if find_spec(where) else []


app_name = "casework"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", working.today, name="work"),
    path("meldingen/", working.reports, name="reports"),
    path("overnemen/", carrying.carry, name="carry"),
    path("verder/", carrying.resume, name="resume"),
    path("nieuw/", carrying.begin, name="begin"),
    path("ontmoeting/<uuid:pk>/", encounters.encounter, name="encounter"),
    path("opschrijven/", reports.take, name="take"),
    path("ontmoeting/<uuid:pk>/melding/", reports.add, name="add_report"),
    path("persoon/<uuid:pk>/melding/", reports.add, {"person": True}, name="add_person_report"),
    path("ontmoeting/<uuid:pk>/personen/", encounters.add_persons, name="add_persons"),
    path("ontmoeting/<uuid:pk>/feit/", encounters.pick, name="pick"),
    path("ontmoeting/<uuid:pk>/feit/<slug:name>/", encounters.fact, name="fact"),
    path("ontmoeting/<uuid:pk>/indienen/", encounters.submit, name="submit"),
    path("ontmoeting/<uuid:pk>/weg/", encounters.throw_away, name="throw_away"),
    path("persoon/<uuid:pk>/feit/", encounters.pick, {"person": True}, name="person_pick"),
    path("persoon/<uuid:pk>/feit/<slug:name>/", encounters.fact, {"person": True}, name="person_fact"),
    path("persoon/<uuid:pk>/wie/", encounters.identity, name="identity"),
    path("persoon/<uuid:pk>/weg/", encounters.remove_person, name="remove_person"),
    path("ontmoeting/<uuid:pk>/gemeente/", placing.place, name="place"),
    path("persoon/<uuid:pk>/uitbuiting/", placing.exploitation, name="exploitation"),
    path("persoon/<uuid:pk>/", registrations.person, name="person"),
    path("registraties/", registrations.registrations, name="registrations"),
    path("registraties/<uuid:pk>/", registrations.registration, name="registration"),
    path("registraties/<uuid:pk>/naam/", naming.name, name="name"),
    path("registraties/<uuid:pk>/<slug:event>/", registrations.step, name="step"),
    path("taken/<uuid:pk>/", tasks.task, name="task"),
    path("taken/<uuid:pk>/<slug:event>/", tasks.act, name="task_act"),
    path("vermist/", missing.everybody, name="missing_list"),
    path("persoon/<uuid:pk>/vermist/", missing.missing, name="missing"),
    path("persoon/<uuid:pk>/vermist/<uuid:alert>/<slug:event>/", missing.act, name="missing_act"),
    path("stilstand/", tasks.stalled, name="stalled"),
    *part("urls_care"),
    *part("urls_exchange"),
]
