"""The kernel as a Django application."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class KernelConfig(AppConfig):
    """Raises the walls again after every migration, so that no table can be added without one."""

    name = "sofra.kernel"
    label = "kernel"
    verbose_name = _("House")

    def ready(self) -> None:
        from sofra.kernel import rooms, walls

        post_migrate.connect(walls.after_migrate, dispatch_uid="sofra.walls")
        rooms.open_all()
