"""Routes of the schedule: the grid and what a hand does in it, solving, publishing, re-planning."""

from django.urls import URLPattern, path

from sofra.bilaterals.views import grid, moving, planning, solving

_HERE = "meetings/<slug:format>/<slug:meeting>/bilaterals/"
_SCHEDULE = f"{_HERE}schedules/<uuid:schedule>/"
_PLACED = f"{_SCHEDULE}placed/<uuid:placement>/"

GRID: list[URLPattern] = [
    path(f"{_HERE}schedules/", solving.schedules, name="bilateral_schedules"),
    path(f"{_HERE}schedules/solve/", solving.solve, name="bilateral_solve"),
    path(f"{_HERE}schedules/replan/", planning.replan, name="bilateral_replan"),
    path(_SCHEDULE, grid.schedule, name="bilateral_schedule"),
    path(f"{_SCHEDULE}progress/", solving.progress, name="bilateral_progress"),
    path(f"{_SCHEDULE}stop/", solving.stop, name="bilateral_stop"),
    path(f"{_SCHEDULE}share/", planning.share, name="bilateral_share"),
    path(f"{_SCHEDULE}publish/", planning.publish, name="bilateral_publish"),
    path(f"{_SCHEDULE}drop/", planning.drop, name="bilateral_drop"),
    path(f"{_SCHEDULE}put/<uuid:key>/", moving.put_in, name="bilateral_put_in"),
    path(_PLACED, moving.move, name="bilateral_move"),
    path(f"{_PLACED}lock/", moving.lock, name="bilateral_lock"),
    path(f"{_PLACED}take-out/", moving.take_out, name="bilateral_take_out"),
    path(f"{_HERE}my-day/", planning.review, name="bilateral_review"),
    path(f"{_HERE}my-day/<uuid:placement>/change/", planning.swap, name="bilateral_swap"),
]
