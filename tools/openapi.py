"""Writes the description of the REST interface into the docs. Run it when a route changed; a test holds both equal.

python tools/openapi.py
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Write docs/openapi.json anew."""
    sys.path.insert(0, str(ROOT / "src"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sofra.conf.settings")
    import django

    django.setup()
    from sofra.api import schema

    (ROOT / "docs" / "openapi.json").write_text(schema.text(), encoding="utf-8")


if __name__ == "__main__":
    main()
