"""Routes of the kernel besides accounts: long work."""

from django.urls import path

from sofra.kernel import jobs_pages

urlpatterns = [
    path("jobs/", jobs_pages.asked, name="jobs"),
    path("jobs/standing", jobs_pages.standing, name="jobs_standing"),
    path("jobs/<uuid:job>/stop/", jobs_pages.stop, name="jobs_stop"),
]
