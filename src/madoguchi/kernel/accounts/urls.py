"""Routes of signing in and out."""

from django.urls import path

from madoguchi.kernel.accounts import views

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-in/start/", views.start, name="start"),
    path("sign-in/return/", views.finish, name="finish"),
    path("sign-in/step-up/", views.step_up, name="step_up"),
    path("staff/", views.staff_sign_in, name="staff_sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
]
