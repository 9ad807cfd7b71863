"""Routes of the shell."""

from django.urls import path

from sofra.web import views

urlpatterns = [
    path("", views.home, name="home"),
    path("search", views.find, name="search"),
    path("keyboard", views.keyboard, name="keyboard"),
]
