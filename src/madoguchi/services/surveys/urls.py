"""Routes of surveys: answering and results for everyone, the desk for staff."""

from django.urls import path

from madoguchi.services.surveys import design_views, paper_views, result_views, staff_views, views

app_name = "surveys"
urlpatterns = [
    path("", views.index, name="index"),
    path("enter/", views.enter, name="enter"),
    path("enter/<str:code>/", views.enter, name="enter_with_code"),
    path("desk/", staff_views.desk, name="desk"),
    path("desk/new/", staff_views.create, name="create"),
    path("desk/<slug:key>/", staff_views.survey, name="survey"),
    path("desk/<slug:key>/start/", staff_views.start, name="start"),
    path("desk/<slug:key>/open/", staff_views.open_box, name="open"),
    path("desk/<slug:key>/publish/", staff_views.publish, name="publish"),
    path("desk/<slug:key>/withdraw/", staff_views.withdraw, name="withdraw"),
    path("desk/<slug:key>/questionnaire/", design_views.questionnaire, name="questionnaire"),
    path("desk/<slug:key>/questionnaire.yaml", design_views.questionnaire_yaml, name="questionnaire_yaml"),
    path("desk/<slug:key>/questionnaire/<slug:register>.pdf", design_views.paper_pdf, name="paper_pdf"),
    path("desk/<slug:key>/questions/", design_views.question, name="new_question"),
    path("desk/<slug:key>/questions/<slug:question_key>/", design_views.question, name="question"),
    path("desk/<slug:key>/questions/<slug:question_key>/arrange/", design_views.arrange, name="arrange"),
    path("desk/<slug:key>/preview/", design_views.preview, name="preview"),
    path("desk/<slug:key>/sample/", design_views.sample, name="sample"),
    path("desk/<slug:key>/sample/population/", design_views.population, name="population"),
    path("desk/<slug:key>/sample/letters/", design_views.letters, name="letters"),
    path("desk/<slug:key>/sample/draw/", design_views.draw, name="draw"),
    path("desk/<slug:key>/letters.pdf", design_views.letters_pdf, name="letters_pdf"),
    path("desk/<slug:key>/reissue/", design_views.reissue, name="reissue"),
    path("desk/<slug:key>/reminders.csv", design_views.reminders, name="reminders"),
    path("desk/<slug:key>/paper/", paper_views.paper, name="paper"),
    path("desk/<slug:key>/paper/<int:number>/", paper_views.sheet, name="sheet"),
    path("desk/<slug:key>/paper/<int:number>/resolve/", paper_views.resolve, name="resolve"),
    path("desk/<slug:key>/tables/", result_views.tables, name="tables"),
    path("desk/<slug:key>/cross/", result_views.cross, name="cross"),
    path("desk/<slug:key>/remarks/<slug:question_key>/", result_views.remarks, name="remarks"),
    path("desk/<slug:key>/remarks/<slug:question_key>/code/", result_views.code, name="code"),
    path("desk/<slug:key>/export/<slug:kind>/", result_views.export, name="export"),
    path("<slug:key>/", result_views.published, name="results"),
    path("<slug:key>/results.csv", result_views.published_csv, name="results_csv"),
    path("<slug:key>/answer/check/", views.check, name="check"),
    path("<slug:key>/answer/done/", views.done, name="done"),
    path("<slug:key>/answer/pages/<slug:page_key>/", views.answer, name="answer"),
]
