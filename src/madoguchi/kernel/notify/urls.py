"""The notices of a resident, and the way out of the mails that are not owed."""

from django.urls import path

from madoguchi.kernel.notify import views

app_name = "notify"
urlpatterns = [
    path("", views.notices, name="notices"),
    path("read/", views.read_all, name="read_all"),
    path("<uuid:notice_uid>/", views.notice, name="notice"),
    path("stop/<str:token>/", views.unsubscribe, name="unsubscribe"),
]
