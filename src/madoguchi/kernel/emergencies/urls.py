"""Routes of looking beyond one's posts in an emergency."""

from django.urls import path

from madoguchi.kernel.emergencies import views

app_name = "emergencies"
urlpatterns = [
    path("", views.accesses, name="accesses"),
    path("take/", views.take, name="take"),
    path("end/", views.end, name="end"),
    path("<uuid:access_uid>/", views.access, name="access"),
]
