"""Routes of the plan."""

from django.urls import path

from madoguchi.services.plan import feeds, views

app_name = "plan"
urlpatterns = [
    path("", views.index, name="index"),
    path("measures/<slug:key>/", views.measure, name="measure"),
    path("systems/", views.systems, name="systems"),
    path("survey/", views.survey, name="survey"),
    path("costs/", views.costs, name="costs"),
    path("previous/", views.previous, name="previous"),
    path("<slug:name>.csv", feeds.table, name="csv"),
]
