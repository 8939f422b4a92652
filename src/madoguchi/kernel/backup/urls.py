"""The one page of the backups."""

from django.urls import path

from madoguchi.kernel.backup import views

app_name = "backup"
urlpatterns = [path("", views.runs, name="runs")]
