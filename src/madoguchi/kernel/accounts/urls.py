"""Routes of signing in and out, and of a person's own sign-in."""

from django.urls import path

from madoguchi.kernel.accounts import self_views, staff_views, views

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-in/start/", views.start, name="start"),
    path("sign-in/return/", views.finish, name="finish"),
    path("sign-in/step-up/", views.step_up, name="step_up"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("staff/", staff_views.sign_in, name="staff_sign_in"),
    path("staff/second/", staff_views.second_factor, name="second_factor"),
    path("staff/passkey/", staff_views.passkey, name="passkey"),
    path("staff/prove/", staff_views.prove, name="prove"),
    path("staff/enrol/", self_views.enrol, name="enrol"),
    path("factors/", self_views.factors, name="factors"),
    path("factors/add/", self_views.add_factor, name="add_factor"),
    path("factors/codes/", self_views.recovery_codes, name="recovery_codes"),
    path("factors/<int:factor_id>/remove/", self_views.remove_factor, name="remove_factor"),
    path("password/", self_views.password, name="password"),
    path("sessions/", self_views.my_sessions, name="sessions"),
    path("sessions/others/end/", self_views.end_other_sessions, name="end_other_sessions"),
    path("sessions/<int:sign_in_id>/end/", self_views.end_session, name="end_session"),
]
