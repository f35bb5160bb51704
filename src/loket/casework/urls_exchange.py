"""Addresses of what goes in and out: files, imports, exports, connections, and the tour of the demo."""

from __future__ import annotations

from django.urls import path

from loket.casework.views import attachments, connections, exports, intake, tour

urlpatterns = [
    path("persoon/<uuid:pk>/bijlagen/", attachments.attachments, name="attachments"),
    path("bijlagen/<uuid:pk>/", attachments.attachment, name="attachment"),
    path("bijlagen/<uuid:pk>/weg/", attachments.remove_attachment, name="remove_attachment"),
    path("invoer/", intake.intake, name="intake"),
    path("invoer/<uuid:pk>/rijen.csv", intake.error_file, name="intake_errors"),
    path("invoer/<uuid:pk>/", intake.plan, name="intake_plan"),
    path("invoer/<uuid:pk>/verder/", intake.bring_in, name="bring_in"),
    path("uitvoer/", exports.exports, name="exports"),
    path("rondleiding/", tour.tour, name="tour"),
    path("koppelingen/", connections.page, name="connections"),
    path("koppelingen/webhooks/", connections.add_webhook, name="add_webhook"),
    path("koppelingen/webhooks/<uuid:pk>/stoppen/", connections.end_webhook, name="end_webhook"),
    path("koppelingen/sleutels/", connections.add_client, name="add_client"),
    path("koppelingen/sleutels/<uuid:pk>/stoppen/", connections.end_client, name="end_client"),
    path("agenda/nieuw/", connections.new_calendar, name="new_calendar"),
    path("agenda/stoppen/", connections.end_calendar, name="end_calendar"),
    path("agenda/<str:secret>.ics", connections.calendar, name="calendar"),
]
