"""Routes of signing in and out, and of a person's own sign-in."""

from django.urls import path

from madoguchi.kernel.accounts import admin_views, section_views, self_views, staff_views, views

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-in/start/", views.start, name="start"),
    path("sign-in/return/", views.finish, name="finish"),
    path("sign-in/step-up/", views.step_up, name="step_up"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("staff/", staff_views.sign_in, name="staff_sign_in"),
    path("staff/directory/", staff_views.directory_start, name="staff_start"),
    path("staff/directory/return/", staff_views.directory_finish, name="staff_finish"),
    path("staff/second/", staff_views.second_factor, name="second_factor"),
    path("staff/passkey/", staff_views.passkey, name="passkey"),
    path("staff/prove/", staff_views.prove, name="prove"),
    path("staff/enrol/", self_views.enrol, name="enrol"),
    path("staff/invitation/", admin_views.accept, name="accept"),
    path("factors/", self_views.factors, name="factors"),
    path("factors/add/", self_views.add_factor, name="add_factor"),
    path("factors/codes/", self_views.recovery_codes, name="recovery_codes"),
    path("factors/<int:factor_id>/remove/", self_views.remove_factor, name="remove_factor"),
    path("password/", self_views.password, name="password"),
    path("sessions/", self_views.my_sessions, name="sessions"),
    path("sessions/others/end/", self_views.end_other_sessions, name="end_other_sessions"),
    path("sessions/<int:sign_in_id>/end/", self_views.end_session, name="end_session"),
    path("language/", self_views.language, name="language"),
    path("rights/", admin_views.rights, name="rights"),
    path("people/", admin_views.people, name="people"),
    path("people/invite/", admin_views.invite, name="invite"),
    path("people/<uuid:person_uid>/", admin_views.person, name="person"),
    path("people/<uuid:person_uid>/posts/", admin_views.grant_post, name="grant_post"),
    path("people/<uuid:person_uid>/reset/", admin_views.reset_sign_in, name="reset_sign_in"),
    path("people/<uuid:person_uid>/open/", admin_views.open_again, name="open_again"),
    path("posts/<int:post_id>/end/", admin_views.end_post, name="end_post"),
    path("reorganisations/", section_views.plans, name="reorganisations"),
    path("reorganisations/plan/", section_views.plan, name="plan_reorganisation"),
    path("reorganisations/<int:plan_id>/", section_views.detail, name="reorganisation"),
    path("reorganisations/<int:plan_id>/withdraw/", section_views.withdraw, name="withdraw_reorganisation"),
]
