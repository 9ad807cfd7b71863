"""A seat's program: asks the REST interface with a token, and holds every answer to the description."""

from __future__ import annotations

from typing import Any

from django.test import Client

from sofra.api.schema import document
from sofra.kernel.accounts.token_commands import make_token
from tests.support.schemas import problems
from tests.support.world import World


def token_of(world: World, who: str) -> str:
    """A token of somebody's seat, made once."""
    kept = world.found.setdefault("rest.tokens", {})
    if who not in kept:
        with world.act(who):
            kept[who] = make_token(name="Tests")[1]
    return str(kept[who])


def program(world: World, who: str = "visitor") -> Client:
    """What asks as a seat, or as nobody."""
    client = Client(raise_request_exception=False)
    if who != "visitor":
        client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {token_of(world, who)}"
    return client


def ask(world: World, who: str, path: str, status: int = 200, **query: Any) -> Any:
    """The answer to a GET, held to the description; of a no, its sentence."""
    response = program(world, who).get(f"/api/1/{path}", query)
    assert response.status_code == status, response.content.decode()
    assert response["Content-Type"].startswith("application/json")
    said = response.json()
    assert problems(said, described(path, "get", status), document()) == []
    return said if status == 200 else said["error"]["sentence"]


def described(path: str, method: str, status: int) -> dict[str, Any]:
    """The schema of an answer."""
    operation = document()["paths"][_template(path)][method]
    answer = operation["responses"].get(str(status)) or document()["components"]["responses"]["no"]
    schema: dict[str, Any] = answer["content"]["application/json"]["schema"]
    return schema


def _template(path: str) -> str:
    asked = f"/api/1/{path}".split("/")
    found = [each for each in document()["paths"] if _fits(each.split("/"), asked)]
    assert len(found) == 1, (path, found)
    return str(found[0])


def _fits(template: list[str], path: list[str]) -> bool:
    return len(template) == len(path) and all(a == b or a.startswith("{") for a, b in zip(template, path, strict=True))
