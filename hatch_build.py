"""The wheel's build hook: makes fonts and compiled translations before files are collected."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class AssetsHook(BuildHookInterface):  # type: ignore[type-arg]
    """Calls the same function as `make setup`, so that a wheel never lacks what the checkout has."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        sys.path.insert(0, str(Path(self.root)))
        try:
            from tools.assets import build
        finally:
            sys.path.pop(0)
        build(Path(self.root))
        # The wheel carries what builds it, so that every installation can offer its whole source (sofra.web.source).
        if self.target_name == "wheel" and version == "standard":
            for name in (
                "pyproject.toml",
                "hatch_build.py",
                "tools",
                "LICENSE",
                "README.md",
                "CHANGELOG.md",
                "requirements.txt",
            ):
                build_data["force_include"][str(Path(self.root, name))] = f"sofra/building/{name}"
