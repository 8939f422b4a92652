"""Routes of what people keep at hand."""

from django.urls import path

from madoguchi.kernel.desk import views

app_name = "desk"
urlpatterns = [
    path("views/", views.save, name="save_view"),
    path("views/<uuid:view_uid>/", views.change, name="change_view"),
    path("undo/<uuid:undo_uid>/", views.undo, name="undo"),
    path("closed/<slug:what>/", views.close, name="close"),
]
