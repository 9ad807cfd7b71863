"""Whoever writes words does it inside a command, so that the guard sees them; who does not is listed, with the reason."""

from __future__ import annotations

import ast
from pathlib import Path

from sofra.lexicon.saving import THEIR_OWN_WORDS

SOURCE = Path(__file__).parents[2] / "src" / "sofra"
WRITERS = {"put", "replace_placement"}

#: Functions that reach a writer, are no command and are called from another file. From where, or why nobody is there to ask.
CALLED_FROM = {
    "parties/commands/record.py/load_posts": "the record, carried in by the house",
    "parties/commands/record.py/load_persons": "the record, carried in by the house",
    "meetings/commands/record.py/load_meetings": "the record, carried in by the house",
    "meetings/contributions/agenda.py/canaries": "the tests' own rows",
    "meetings/commands/outcomes.py/follow_document": "the commands that release, move and call off a document",
    "meetings/commands/procedure.py/object_to": "the commands that object",
    "meetings/commands/press_issuing.py/withdraw_uncleared": "the command that answers a late objection",
    "meetings/commands/publicity.py/renew_announcements": "the commands that change a meeting",
    "meetings/commands/publicity.py/unpublish_version": "the command that answers a late objection",
    "texts/contributions.py/canaries": "the tests' own rows",
    "texts/commands/rows.py/reasoned": "the commands on a text that give reasons",
    "texts/commands/lapsing.py/record_lapse": "the commands on a text, as the first that find a silence run out",
}

#: Who writes the table of wordings without `wordings`. Why that shows nobody new words.
PAST_THE_DOOR = {
    "kernel/wordings.py": "the door itself",
    "meetings/commands/cycle.py": "copies of steps that were looked at when they were kept, and the house's own",
    "meetings/commands/convening.py": "the meeting's words become public: put out beside it",
    "meetings/commands/circulation.py": "words are taken out of view",
    "lexicon/commands/objections.py": "a delegation makes an objection's reason its own",
    "sources/commands/ground.py": "the record, carried in by the house",
    "sources/commands/releases.py": "the record's own words, as its sources have them",
    "sources/commands/rows.py": "the record's own words, as its sources have them",
}


def functions() -> dict[tuple[str, str], tuple[ast.FunctionDef, bool]]:
    """Every function of the rooms by file and name, and whether it is a command."""
    found = {}
    for path in sorted(SOURCE.rglob("*.py")):
        if "migrations" in path.parts or "engine" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef):
                marked = any(isinstance(each, ast.Name) and each.id == "command" for each in node.decorator_list)
                found[(str(path.relative_to(SOURCE)), node.name)] = (node, marked)
    return found


def calls(node: ast.AST) -> set[str]:
    """The names a function calls or hands on."""
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)} | {
        each.attr for each in ast.walk(node) if isinstance(each, ast.Attribute)
    }


def writes(node: ast.AST) -> bool:
    return any(
        isinstance(each, ast.Call)
        and isinstance(each.func, ast.Attribute)
        and each.func.attr in WRITERS
        and isinstance(each.func.value, ast.Name)
        and each.func.value.id == "wordings"
        for each in ast.walk(node)
    )


def test_all_words_are_written_inside_a_command() -> None:
    every = functions()
    named = {key: calls(node) for key, (node, _marked) in every.items()}
    seen: set[tuple[str, str]] = set()
    waiting = [key for key, (node, _marked) in every.items() if writes(node)]
    assert len(waiting) > 40
    open_ends = set()
    while waiting:
        key = waiting.pop()
        if key in seen or every[key][1]:
            continue
        seen.add(key)
        callers = [other for other in every if other[0] == key[0] and other != key and key[1] in named[other]]
        if not callers:
            open_ends.add("/".join(key))
        waiting += callers
    assert open_ends == set(CALLED_FROM), open_ends ^ set(CALLED_FROM)


def test_the_table_of_wordings_is_written_past_the_door_only_where_it_is_listed() -> None:
    found = set()
    acts = {"create", "bulk_create", "update", "update_or_create"}
    for path in sorted(SOURCE.rglob("*.py")):
        if "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            called = node.func if isinstance(node, ast.Call) else None
            if isinstance(called, ast.Attribute) and called.attr in acts and "Wording" in calls(called):
                found.add(str(path.relative_to(SOURCE)))
    assert found == set(PAST_THE_DOOR)


def test_every_exception_says_why() -> None:
    assert set(THEIR_OWN_WORDS) == {"lexicon", "parties.post", "parties.tenure", "parties.holiday"}
    assert all(len(why) > 20 for why in THEIR_OWN_WORDS.values())
