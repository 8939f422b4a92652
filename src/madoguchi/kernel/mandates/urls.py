"""Routes of acting for somebody else."""

from django.urls import path

from madoguchi.kernel.mandates import staff_views, views

app_name = "mandates"
urlpatterns = [
    path("", views.mandates, name="mandates"),
    path("give/", views.give, name="give"),
    path("take/", views.take, name="take"),
    path("ask/", views.claim, name="ask"),
    path("letter.pdf", views.letter, name="letter"),
    path("stop/", views.stop, name="stop"),
    path("claims/", staff_views.claims, name="claims"),
    path("claims/<uuid:claim_uid>/", staff_views.claim, name="claim"),
    path("claims/<uuid:claim_uid>/evidence/", staff_views.evidence, name="evidence"),
    path("claims/<uuid:claim_uid>/grant/", staff_views.grant, name="grant"),
    path("claims/<uuid:claim_uid>/refuse/", staff_views.refuse, name="refuse"),
    path("claims/<uuid:claim_uid>/revoke/", staff_views.revoke, name="revoke"),
    path("<uuid:mandate_uid>/end/", views.end, name="end"),
    path("<uuid:mandate_uid>/act/", views.act, name="act"),
]
