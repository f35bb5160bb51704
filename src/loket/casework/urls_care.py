"""The addresses of care: referrals, the directory, grounds, shelter, doubles, and the person's own pages."""

from __future__ import annotations

from django.urls import path

from loket.casework.views import directory, duplicates, erasures, grounds, own, own_facts, referrals, shelter

urlpatterns = [
    path("verwijzingen/", referrals.mine, name="referrals"),
    path("verwijzingen/<uuid:pk>/", referrals.referral, name="referral"),
    path("verwijzingen/<uuid:pk>/ontvanger/", referrals.appoint, name="appoint"),
    path("persoon/<uuid:pk>/verwijzen/", referrals.refer, name="refer"),
    path("persoon/<uuid:pk>/gronden/", grounds.grounds, name="grounds"),
    path("gronden/<uuid:pk>/", grounds.take_back, name="take_back"),
    path("plekken/", shelter.mine, name="placements"),
    path("plekken/<uuid:pk>/", shelter.placement, name="placement"),
    path("plekken/<uuid:pk>/opvang/", shelter.find, name="find_place"),
    path("persoon/<uuid:pk>/plek/", shelter.ask, name="ask_place"),
    path("persoon/<uuid:pk>/verblijf/", shelter.stay, name="stay"),
    path("gids/", directory.shown, name="directory"),
    path("zoeken/", duplicates.search, name="search"),
    path("dubbelen/", duplicates.waiting, name="doubles"),
    path("dubbelen/<uuid:pk>/", duplicates.doubles, name="duplicates"),
    path("dubbelen/<uuid:pk>/samen/", duplicates.merge, name="merge"),
    path("dubbelen/<uuid:pk>/apart/", duplicates.apart, name="apart"),
    path("samengevoegd/<uuid:pk>/", duplicates.unmerge, name="unmerge"),
    path("eigen/", own.mine, name="own"),
    path("eigen/<uuid:pk>/", own.page, name="own_page"),
    path("eigen/<uuid:pk>/delen/", own.page, {"part": "shared"}, name="own_shared"),
    path("eigen/<uuid:pk>/gelezen/", own.page, {"part": "readers"}, name="own_readers"),
    path("eigen/<uuid:pk>/overzicht/", own.written, name="own_written"),
    path("verzoeken/", own.requests, name="corrections"),
    path("verzoeken/<uuid:pk>/", own.act, name="correction_act"),
    path("persoon/<uuid:pk>/vertegenwoordigers/", own.representatives, name="representatives"),
    path("vertegenwoordigers/<uuid:pk>/", own.end, name="end_representation"),
    path("eigen/<uuid:pk>/antwoord/", own_facts.fact, name="own_fact"),
    path("eigen/<uuid:pk>/intrekken/", own.withdraw, name="own_withdraw"),
    path("persoon/<uuid:pk>/vernietigen/", erasures.ask, name="ask_erasure"),
    path("vernietigen/", erasures.erasures, name="erasures"),
    path("vernietigen/logboek/", erasures.verify, name="verify_log"),
    path("vernietigen/<uuid:pk>/", erasures.act, name="erasure_act"),
    path("noodgevallen/", own.emergencies, name="emergencies"),
]
