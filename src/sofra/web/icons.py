"""The few signs of the house: thin, one weight, always beside a word."""

from __future__ import annotations

from django.utils.safestring import SafeString, mark_safe

_LINE = 'fill="none" stroke="currentColor" stroke-width="1.4" stroke-linecap="round" stroke-linejoin="round"'
SIGNS: dict[str, str] = {
    "lock": f'<path {_LINE} d="M3.2 7.4h9.6v6.2H3.2zM5.2 7.4V5a2.8 2.8 0 0 1 5.6 0v2.4"/>',
    "open": f'<circle cx="8" cy="8" r="6" {_LINE}/><path {_LINE} d="M2 8h12M5 8a3 6 0 1 0 6 0a3 6 0 1 0-6 0"/>',
    "ring": f'<circle cx="8" cy="8" r="5.6" {_LINE}/>',
    "dashed": f'<circle cx="8" cy="8" r="5.6" {_LINE} stroke-dasharray="2.4 2.4"/>',
    "half": f'<circle cx="8" cy="8" r="5.6" {_LINE}/><path d="M8 2.4a5.6 5.6 0 0 1 0 11.2z"/>',
    "full": '<circle cx="8" cy="8" r="6.2"/>',
    "triangle": '<path d="M8 1.6 15 14H1z"/>',
    "check": f'<path d="M2.4 8.6 6.2 12.4 13.6 3.8" {_LINE.replace("1.4", "2")}/>',
    "cross": f'<path d="M3.4 3.4l9.2 9.2M12.6 3.4l-9.2 9.2" {_LINE.replace("1.4", "2")}/>',
    "dash": f'<path d="M3 8h10" {_LINE.replace("1.4", "2")}/>',
}


def sign(name: str) -> SafeString:
    """The SVG of a sign, hidden from screen readers: the word beside it says it."""
    return mark_safe(  # noqa: S308 - our own constant
        f'<svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">{SIGNS[name]}</svg>'
    )
