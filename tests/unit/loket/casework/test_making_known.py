"""A count goes on by name: nobody is counted twice, no task is lost, and the ground is one that the rules offer."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from loket.audit.who import Refused
from loket.casework.actions import making_known
from loket.casework.models import Registration, Task
from schakel.casework.person import Identity
from tests import cases

pytestmark = pytest.mark.usefixtures("database")


def test_a_count_goes_on_as_a_registration_by_name() -> None:
    client, registrar, inspector = Client(), cases.registrar(), cases.finder()
    count = cases.accepted(inspector, registrar, named=False)[0]
    tasks = Task.objects.count()
    url = reverse("casework:name", args=[count.pk])
    inspector.at(client)
    assert client.get(url).status_code == 200
    said = {"surname": "Voorbeeld", "version": count.version}
    assert client.post(url, said).status_code == 400  # no ground yet
    done = client.post(url, {**said, "ground_figures": "public-task"})
    assert done.status_code == 302
    states = dict(Registration.objects.values_list("named", "state"))
    assert states == {False: "named", True: "submitted"}
    assert Task.objects.count() == tasks
    page = registrar.at(client).get(done.headers["Location"]).content.decode()
    assert "Voorbeeld" in page


def test_a_ground_that_the_rules_do_not_offer_is_refused_and_nothing_changes() -> None:
    registrar, inspector = cases.registrar(), cases.finder()
    count = cases.accepted(inspector, registrar, named=False)[0]
    with pytest.raises(Refused) as refused:
        making_known.make_known(
            by=inspector.member, registration=count.pk, identity=Identity(surname="Voorbeeld"), contact="",
            purposes={"registration-figures": "statute"}, version=count.version,
        )  # fmt: skip
    assert refused.value.reason == "no_such_ground"
    assert Registration.objects.get().state == "counted"
