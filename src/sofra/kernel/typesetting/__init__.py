"""Setting papers: content as data in, PDF out; the same content gives the same bytes. No Django, no network."""

from sofra.kernel.typesetting.setting import CannotSet, look_at, pages_of, set_paper

__all__ = ["CannotSet", "look_at", "pages_of", "set_paper"]
