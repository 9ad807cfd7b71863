"""The lexicon's tests stand on the platform's own record."""

from tests.sources.conftest import document, loaded, world

__all__ = ["document", "loaded", "world"]
