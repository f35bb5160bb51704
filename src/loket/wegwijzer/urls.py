"""One address for every step: what somebody answered never stands in it."""

from __future__ import annotations

from django.urls import path

from loket.wegwijzer import views

app_name = "wegwijzer"
urlpatterns = [path("", views.walk, name="start")]
