"""Routes of the plan."""

from django.urls import path
from django.views.decorators.http import require_safe

from madoguchi.lib.access import public_page
from madoguchi.services.plan import calendar_feed, chart_views, feeds, news_feeds, system_views, views
from madoguchi.services.plan.staff_views import costs, council, measures, peers, reports, skills, workbooks

app_name = "plan"
atom, rss = (public_page(require_safe(feed())) for feed in (news_feeds.Atom, news_feeds.Rss))
urlpatterns = [
    path("", views.index, name="index"),
    path("measures/<slug:key>/", views.measure, name="measure"),
    path("measures/<slug:key>/news.atom", atom, name="measure_atom"),
    path("news.atom", atom, name="atom"),
    path("news.rss", rss, name="rss"),
    path("charts/status/", chart_views.overview, name="status_chart"),
    path("charts/measures/<slug:key>/", chart_views.measure, name="measure_chart"),
    path("systems/", views.systems, name="systems"),
    path("systems/desk/", system_views.desk, name="systems_desk"),
    path("systems/what-if/", system_views.what_if, name="systems_what_if"),
    path("systems/take/", system_views.take, name="systems_take"),
    path("systems/take/confirm/", system_views.confirm, name="systems_confirm"),
    path("systems.ics", calendar_feed.systems, name="systems_calendar"),
    path("reports/", reports.newest, name="reports_newest"),
    path("reports/<str:half>/", reports.reports, name="reports"),
    path("reports/<str:half>/sections/<slug:section>/", workbooks.out, name="workbook"),
    path("reports/<str:half>/sections/<slug:section>/take/", workbooks.back, name="workbook_take"),
    path("reports/<str:half>/sections/<slug:section>/<int:intake_id>/", workbooks.preview, name="workbook_preview"),
    path("reports/<str:half>/sections/<slug:section>/<int:intake_id>/take/", workbooks.take, name="workbook_accept"),
    path("reports/<str:half>/<slug:key>/", reports.report, name="report"),
    path("reports/<str:half>/<slug:key>/confirm/", reports.confirm, name="report_confirm"),
    path("reports/<str:half>/<slug:key>/return/", reports.send_back, name="report_return"),
    path("reports/<str:half>/<slug:key>/remarks/", reports.remark, name="report_remark"),
    path("reports/<str:half>/<slug:key>/asides/<int:aside_id>/", reports.settle, name="report_settle"),
    path("changes/<slug:key>/", measures.changes, name="changes"),
    path("evaluations/<slug:key>/", measures.evaluation, name="evaluation"),
    path("evaluations/<slug:key>/<slug:act>/", measures.evaluate, name="evaluate"),
    path("readings/<slug:indicator_key>/", measures.reading, name="reading"),
    path("council/", council.meetings, name="council"),
    path("council/call/", council.call, name="council_call"),
    path("council/<int:meeting_id>/", council.meeting, name="meeting"),
    path("council/<int:meeting_id>/pack.pdf", council.pack, name="council_pack"),
    path("council/<int:meeting_id>/collect/", council.collect, name="meeting_collect"),
    path("council/<int:meeting_id>/items/", council.add_item, name="meeting_item"),
    path("council/<int:meeting_id>/decisions/", council.decide, name="meeting_decide"),
    path("decisions/<int:decision_id>/", council.follow_up, name="follow_up"),
    path("survey/", views.survey, name="survey"),
    path("costs/", views.costs, name="costs"),
    path("costs/desk/", costs.desk, name="costs_desk"),
    path("costs/take/", costs.take, name="costs_take"),
    path("costs/take/confirm/", costs.confirm, name="costs_confirm"),
    path("costs/<slug:key>/", costs.measure, name="cost"),
    path("costs/<slug:key>/<slug:act>/", costs.act, name="cost_act"),
    path("skills/", skills.own, name="skills"),
    path("skills/delete/", skills.delete, name="skills_delete"),
    path("skills/report/", skills.report, name="skill_report"),
    path("skills/courses/<slug:course_key>/", skills.course, name="course"),
    path("around/", views.around, name="around"),
    path("around/peers/", peers.take, name="peers_take"),
    path("around/peers/confirm/", peers.confirm, name="peers_confirm"),
    path("previous/", views.previous, name="previous"),
    path("<slug:name>.csv", feeds.table, name="csv"),
]
