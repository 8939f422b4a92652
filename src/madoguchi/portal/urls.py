"""Routes of the front door."""

from django.conf import settings
from django.urls import path

from madoguchi.portal import (
    desk_views,
    easy_views,
    finding_views,
    gallery,
    health,
    metrics,
    missed_views,
    too_large,
    views,
)

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("search/", finding_views.search, name="search"),
    path("search/suggestions/", finding_views.suggestions, name="suggestions"),
    path("search/missed/", missed_views.missed, name="missed"),
    path("search/missed/<int:missed_id>/", missed_views.handle_missed, name="handle_missed"),
    path("search/missed/<int:missed_id>/synonym/", missed_views.synonym, name="synonym"),
    path("easy/", easy_views.easy, name="easy"),
    path("glossary/", finding_views.glossary, name="glossary"),
    path("directory/", finding_views.directory, name="directory"),
    path("my/", views.my_page, name="my_page"),
    path("my/email/", views.email, name="email"),
    path("my/looks/", views.looks, name="looks"),
    path("staff/", desk_views.desk, name="desk"),
    path("furigana/<str:wanted>/", views.furigana, name="furigana"),
    path("language/<str:code>/", views.language, name="language"),
    path("about/<slug:key>/", views.about, name="about"),
    path("too-large/", too_large.page, name="too_large"),
    path("healthz", health.alive, name="alive"),
    path("readyz", health.ready, name="ready"),
    path("metrics", metrics.exposition, name="metrics"),
]
if settings.DEMONSTRATION or settings.DEBUG:  # for people who make pages, not for a city's residents
    urlpatterns += [
        path("ui/", gallery.index, name="gallery"),
        path("ui/suggestions/", gallery.suggestions, name="gallery_suggestions"),
        path("ui/layouts/email/", gallery.mail, name="gallery_mail"),
        path("ui/layouts/<slug:name>/", gallery.layout, name="gallery_layout"),
        path("ui/first-page/", gallery.first_page, name="gallery_first_page"),
        path("ui/<slug:key>/", gallery.part, name="gallery_part"),
    ]
