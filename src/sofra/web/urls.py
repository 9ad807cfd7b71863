"""Routes of the shell."""

from django.urls import path

from sofra.web import desk, source, views

urlpatterns = [
    path("", views.home, name="home"),
    path("desk/", desk.desk, name="desk"),
    path("desk/changes", desk.changes, name="desk_changes"),
    path("search", views.find, name="search"),
    path("keyboard", views.keyboard, name="keyboard"),
    path("source-code", source.code, name="source_code"),
]
