"""The pages of the queue, for staff."""

from django.urls import path

from madoguchi.kernel.jobs import staff_views as views

app_name = "jobs"
urlpatterns = [
    path("timetable/", views.timetable, name="timetable"),
    path("stopped/", views.dead_letters, name="dead_letters"),
    path("stopped/retry/", views.retry_all, name="retry_all"),
    path("stopped/<uuid:job_id>/", views.dead_letter, name="dead_letter"),
    path("stopped/<uuid:job_id>/retry/", views.retry, name="retry"),
    path("stopped/<uuid:job_id>/discard/", views.discard, name="discard"),
]
