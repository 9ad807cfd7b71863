"""Doors of the routes that libraries bring, by route name. A route of a library that is not listed here is closed."""

from sofra.kernel.doors import ANYONE, Door

LIBRARY_DOORS: dict[str, Door] = {
    "account_login": Door({"GET": ANYONE, "POST": ANYONE}),
    "account_logout": Door({"GET": ANYONE, "POST": ANYONE}),
}
