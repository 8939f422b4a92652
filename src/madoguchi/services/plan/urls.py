"""Routes of the plan."""

from django.urls import path

from madoguchi.services.plan import calendar_feed, feeds, system_views, views

app_name = "plan"
urlpatterns = [
    path("", views.index, name="index"),
    path("measures/<slug:key>/", views.measure, name="measure"),
    path("systems/", views.systems, name="systems"),
    path("systems/desk/", system_views.desk, name="systems_desk"),
    path("systems/what-if/", system_views.what_if, name="systems_what_if"),
    path("systems/take/", system_views.take, name="systems_take"),
    path("systems/take/confirm/", system_views.confirm, name="systems_confirm"),
    path("systems.ics", calendar_feed.systems, name="systems_calendar"),
    path("survey/", views.survey, name="survey"),
    path("costs/", views.costs, name="costs"),
    path("previous/", views.previous, name="previous"),
    path("<slug:name>.csv", feeds.table, name="csv"),
]
