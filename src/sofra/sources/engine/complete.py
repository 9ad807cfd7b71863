"""Completes a record: what follows from one entry is stated once there and becomes claims of its own here.

A party and a person become subjects; forms of names, mentions in sources and offices seen become claims, so that every
fact of the record, however it is written down, has sources, a modality and a date.
"""

from __future__ import annotations

from sofra.sources.engine.document import Document, Entry


def complete(document: Document) -> Document:
    """The document with the subjects and claims that follow from its parties, names, persons and subjects."""
    dates = {row["key"]: _date(row) for row in document["sources"]}
    languages = {row["key"]: row.get("language") for row in document["sources"]}
    titles = {row["id"]: row["title"] for row in document["posts"]}
    maker = _Maker(dates, languages)
    subjects = list(document["subjects"])
    claims: list[Entry] = []
    for row in document["parties"]:
        subject = f"party:{row['code']}"
        wording = dict.fromkeys(document.languages, f"{{{row['code']}}}")
        subjects.append({"id": subject, "kind": "party", "slug": "party", "party": row["code"], "name": wording})
        data = {"roles": row.get("platform_roles", [])}
        claims.append(maker.claim(f"{subject}.named", subject, "named", row["seen_in"], data, note=row.get("note")))
    for row in document["party_names"]:
        data = {"form": row["form"], "language": row["language"], "use": row["use"]}
        subject = f"party:{row['party']}"
        claims.append(maker.claim(row["id"], subject, "name_form", row["sources"], data, note=row.get("note")))
    for row in document["persons"]:
        subjects.append(_person(row, document.languages))
        claims.append(_office(row, titles, maker))
    for row in document["subjects"]:
        claims += _mentions(row, maker)
    sections = {**document.sections, "subjects": subjects, "claims": list(document["claims"]) + claims}
    return Document(document.head, sections)


class _Maker:
    def __init__(self, dates: dict[str, str | None], languages: dict[str, str | None]) -> None:
        self._dates = dates
        self._languages = languages

    def claim(
        self, id_: str, subject: str, predicate: str, sources: list[str], data: Entry, modality: str = "reported",
        note: Entry | None = None, **more: object,
    ) -> Entry:  # fmt: skip
        evidence = [{"source": key, **self._language(key)} for key in sources] or [{"source": "r-editors"}]
        dates = [date for key in sources if (date := self._dates.get(key))]
        as_of = {"date": max(dates), "basis": "published"} if dates else {"basis": "not_stated"}
        found = {
            "id": id_, "subject": subject, "predicate": predicate, "modality": modality, "evidence": evidence,
            "data": data, "as_of": as_of,
        }  # fmt: skip
        if note:
            found["note"] = note
        return found | {key: value for key, value in more.items() if value}

    def _language(self, key: str) -> Entry:
        return {"language": self._languages[key]} if self._languages.get(key) else {}


def _date(source: Entry) -> str | None:
    """The source's date; where it has none, the bound that is known."""
    return source.get("date") or source.get("date_not_after") or source.get("date_not_before")


def _person(row: Entry, languages: list[str]) -> Entry:
    kept = ("party", "post", "native", "spellings", "named")
    found = {"id": row["id"], "kind": "person", "slug": "person", **{key: row[key] for key in kept if key in row}}
    if row["name"]:
        found["name"] = dict.fromkeys(languages, row["name"])
    return found


def _office(row: Entry, titles: dict[str, Entry], maker: _Maker) -> Entry:
    data = {key: row[key] for key in ("post", "party") if key in row}
    if row.get("post") in titles:
        data["title"] = titles[row["post"]]
    predicate = "holds_post" if "post" in row else "named"
    found = maker.claim(
        f"person.{row['id']}", row["id"], predicate, row["sources"], data, row["modality"], row.get("note"),
        about=[f"party:{row['party']}"] if "party" in row else [],
    )  # fmt: skip
    if row.get("as_of"):
        found["as_of"] = {"date": row["as_of"], "basis": "published"}
    return found


def _mentions(row: Entry, maker: _Maker) -> list[Entry]:
    if not row.get("seen_in"):
        return []
    forms = [form for form in row.get("forms", []) if form["use"] != "variant"]
    variants = [form for form in row.get("forms", []) if form["use"] == "variant"]
    modality, sensitivity = row.get("modality", "reported"), row.get("sensitivity")
    data = {"forms": forms}
    found = [
        maker.claim(
            f"{row['id']}.named",
            row["id"],
            "named",
            row["seen_in"],
            data,
            modality,
            row.get("note"),
            sensitivity=sensitivity,
        )
    ]
    if variants:
        sources = sorted({key for form in variants for key in form["sources"]})
        found.append(
            maker.claim(f"{row['id']}.named.variant", row["id"], "named", sources, {"forms": variants}, "cited")
        )
    return found
