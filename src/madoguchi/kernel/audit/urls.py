"""Routes of the trail: the auditors' pages, and what everyone may keep of it."""

from django.urls import path

from madoguchi.kernel.audit import views

app_name = "audit"
urlpatterns = [
    path("", views.trail, name="trail"),
    path("lines.csv", views.trail_csv, name="trail_csv"),
    path("heads/", views.heads_page, name="heads"),
    path("heads.json", views.heads_json, name="heads_json"),
    path("inclusion.json", views.inclusion, name="inclusion"),
    path("consistency.json", views.consistency, name="consistency"),
]
