"""Routes of procedures: what everyone reads, an applicant's own cases, the desk."""

from django.urls import path

from madoguchi.services.procedures import handing_views, paper_views, staff_views, views

app_name = "procedures"
urlpatterns = [
    path("desk/", staff_views.desk, name="desk"),
    path("desk/hand/", handing_views.hand, name="hand"),
    path("desk/cases.csv", staff_views.desk_csv, name="desk_csv"),
    path("desk/<uuid:case_uid>/", staff_views.case, name="desk_case"),
    path("desk/<uuid:case_uid>/correct/", staff_views.ask_correction, name="ask_correction"),
    path("desk/<uuid:case_uid>/approve/", staff_views.approve, name="approve"),
    path("desk/<uuid:case_uid>/refuse/", staff_views.refuse, name="refuse"),
    path("desk/<uuid:case_uid>/number/", staff_views.number, name="number"),
    path("desk/<uuid:case_uid>/files/<uuid:file_uid>/", paper_views.desk_file, name="desk_file"),
    path("cases/<uuid:case_uid>/", views.case, name="case"),
    path("cases/<uuid:case_uid>/pages/<slug:page_key>/", views.page, name="page"),
    path("cases/<uuid:case_uid>/check/", views.check, name="check"),
    path("cases/<uuid:case_uid>/correct/", views.correct, name="correct"),
    path("cases/<uuid:case_uid>/withdraw/", views.withdraw, name="withdraw"),
    path("cases/<uuid:case_uid>/receipt.pdf", paper_views.receipt, name="receipt"),
    path("cases/<uuid:case_uid>/decision.pdf", paper_views.decision, name="decision"),
    path("cases/<uuid:case_uid>/files/<uuid:file_uid>/", paper_views.own_file, name="file"),
    path("guides/<slug:guide_key>/", views.guide, name="guide"),
    path("<slug:key>/", views.procedure, name="procedure"),
    path("<slug:key>/start/", views.start, name="start"),
]
