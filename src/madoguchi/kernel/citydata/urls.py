"""Routes of the city data, below `staff/parameters/`."""

from django.urls import path

from madoguchi.kernel.citydata import views

app_name = "citydata"
urlpatterns = [
    path("", views.index, name="parameters"),
    path("<slug:key>/", views.detail, name="parameter"),
    path("<slug:key>/add/", views.add, name="parameter_add"),
    path("<slug:key>/correct/<str:since>/", views.correct, name="parameter_correct"),
]
