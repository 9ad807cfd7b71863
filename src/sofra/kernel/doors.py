"""Doors: which roles may knock on a route, by method. A route that declares none fails the build and answers nobody.

A door is the coarse rule of a route; what an actor may do to the thing behind it is decided by policy and by the walls.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.conf import settings
from django.utils.module_loading import import_string

from sofra.kernel.acting import GUEST, VISITOR
from sofra.kernel.models import Role

Roles = frozenset[str]

SECRETARIAT: Roles = frozenset({str(Role.SECRETARIAT)})
DELEGATES: Roles = frozenset({str(Role.DELEGATE)})
OBSERVERS: Roles = frozenset({str(Role.OBSERVER)})
FACILITATORS: Roles = frozenset({str(Role.FACILITATOR)})
SEATED: Roles = SECRETARIAT | DELEGATES | OBSERVERS | FACILITATORS
SIGNED_IN: Roles = SEATED | {GUEST}
ANYONE: Roles = SIGNED_IN | {VISITOR}
ROLES = (VISITOR, GUEST, *(str(role) for role in Role))

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Door:
    """The roles each method is open to. HEAD goes with GET; other methods are not allowed."""

    methods: dict[str, Roles] = field(default_factory=dict)

    def roles(self, method: str) -> Roles | None:
        """The roles a method is open to; None where the method is not allowed at all."""
        return self.methods.get("GET" if method == "HEAD" else method)

    @property
    def public(self) -> bool:
        """Whether somebody who is not signed in may read here."""
        return VISITOR in self.methods.get("GET", frozenset())


def door(*, GET: Roles | None = None, POST: Roles | None = None) -> Callable[[View], View]:  # noqa: N803
    """Declare a view's door: `@door(GET=ANYONE)`, `@door(GET=SEATED, POST=SECRETARIAT)`."""
    methods = {name: roles for name, roles in (("GET", GET), ("POST", POST)) if roles is not None}

    def declare(view: View) -> View:
        view.door = Door(methods)  # type: ignore[attr-defined]
        return view

    return declare


def door_of(view: Any, url_name: str | None = None) -> Door | None:
    """The door of a view; those of libraries are declared by route name in conf/doors.py."""
    declared = getattr(view, "door", None)
    if isinstance(declared, Door):
        return declared
    library: dict[str, Door] = import_string(settings.SOFRA_LIBRARY_DOORS)
    return library.get(url_name or "")
