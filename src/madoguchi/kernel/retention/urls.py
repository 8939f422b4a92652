"""Routes of the records page."""

from django.urls import path

from madoguchi.kernel.retention import views

app_name = "retention"
urlpatterns = [
    path("", views.plan, name="plan"),
    path("rules/<str:rule_key>/", views.confirm, name="confirm"),
    path("holds/new/", views.hold, name="hold"),
    path("holds/<int:hold_id>/lift/", views.lift, name="lift"),
]
