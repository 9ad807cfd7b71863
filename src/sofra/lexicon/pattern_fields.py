"""The part of a form that asks how a designation inflects: an example for each of its words, once the words are known."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from sofra.lexicon.engine.patterns import Pattern, asked_words, guess, inflected, paradigm_of, patterns

#: More words than this are one title, which nobody inflects word by word.
MOST_WORDS = 12


class Inflecting(forms.Form):
    """A form with a `form` and a `language` that asks how the one inflects in the other.

    What it may inflect like is put in by its ending when the words are sent for the first time, and is shown before anything
    is recorded: the sentence names the forms.
    """

    asked = forms.CharField(required=False, widget=forms.HiddenInput)

    def add_patterns(self, languages: Iterable[str]) -> None:
        """Ask about the words that were sent. Called once the form's other fields are there."""
        self.words: list[str] = []
        sent: Any = self.data
        form, language = " ".join(str(sent.get("form", "")).split()), str(sent.get("language", ""))
        if not form or language not in set(languages):
            return
        found = asked_words(language, form)
        if not found or len(found) > MOST_WORDS:
            return
        self.words = found
        about = f"{language}:{form}"
        if sent.get("asked") != about:
            sent = sent.copy()
            sent["asked"] = about
            for number, value in enumerate(guess(language, form)):
                sent[f"like_{number}"] = value
            self.data = sent
        choices = [("", _("it stays as it is")), *_choices(language, len(found) > 1)]
        for number, word in enumerate(found):
            self.fields[f"like_{number}"] = forms.ChoiceField(
                label=_("“%(word)s” inflects like") % {"word": word},
                required=False,
                choices=choices,
                help_text=_("The forms that texts are searched for stand in the sentence before anything is recorded.")
                if number == 0
                else "",
            )

    def paradigm(self) -> str:
        """What was chosen, as the engines call it."""
        language = self.cleaned_data["language"]
        return paradigm_of(language, [self.cleaned_data.get(f"like_{each}", "") for each in range(len(self.words))])

    def placed(self, *names: str) -> list[str]:
        """The order of fields, the questions about words behind the first two."""
        return [*names[:2], *(f"like_{number}" for number in range(len(self.words))), *names[2:]]


@lru_cache(maxsize=32)
def _choices(language: str, several: bool) -> list[tuple[str, str]]:
    return [(each.paradigm, _shown(language, each)) for each in patterns(language, several)]


def _shown(language: str, pattern: Pattern) -> str:
    others = [
        form for form in inflected(language, pattern.example, pattern.paradigm, "adjective", 5) if "’" not in form
    ]
    return f"{pattern.example}: {', '.join(others[1:4])}" if others[1:] else pattern.example
