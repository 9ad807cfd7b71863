"""A letter as a Word document: styles, the language of every run, page numbers as a field. Knows nothing of the database."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from sofra.meetings.engine.letters import Page

FONT = "Times New Roman"
#: Word's own tags of languages, where the house's code alone is none.
TAGS = {
    "en": "en-GB", "tr": "tr-TR", "sq": "sq-AL", "bs": "bs-Latn-BA", "sr": "sr-Cyrl-RS", "sr-latn": "sr-Latn-RS",
    "mk": "mk-MK", "cnr": "sr-Latn-ME",
}  # fmt: skip
STYLES = (
    ("Letter sender", 11, True, 18), ("Letter facts", 11, False, 0), ("Letter address", 12, False, 0),
    ("Letter subject", 12, True, 12), ("Letter text", 12, False, 8), ("Letter footnote", 9, False, 2),
    ("Letter page", 9, False, 0),
)  # fmt: skip


def write(page: Page, made: datetime) -> bytes:
    """The document's bytes. `made` (UTC) is the instant its properties give, not the one of the writing library's own file."""
    document: Any = Document()
    _prepare(document, page)
    core = document.core_properties
    core.created = core.modified = made.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    body = document.add_paragraph
    if page.sender:
        body(page.sender, style="Letter sender")
    body(f"{page.reference[0]}: {page.reference[1]}", style="Letter facts")
    body(page.day, style="Letter facts")
    for number, line in enumerate(page.addressee):
        added = body(line, style="Letter address")
        if number == 0:
            added.paragraph_format.space_before = Pt(18)
    subject = body(page.subject, style="Letter subject")
    subject.paragraph_format.space_before = Pt(18)
    for paragraph in page.paragraphs:
        # A line break in the text becomes one in the document; nothing else in it means anything.
        body(paragraph, style="Letter text")
    for number, foot in enumerate(page.foot):
        added = body(foot, style="Letter footnote")
        if number == 0:
            added.paragraph_format.space_before = Pt(18)
    _feet(document.sections[0], page)
    _tag(document, TAGS.get(page.language, page.language))
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def _prepare(document: Any, page: Page) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin = section.bottom_margin = Cm(2.5)
    core = document.core_properties
    core.author = core.last_modified_by = core.comments = core.keywords = ""
    core.title, core.language = page.subject, TAGS.get(page.language, page.language)
    normal = document.styles["Normal"]
    _font(normal, 12)
    for name, size, bold, after in STYLES:
        style = document.styles.add_style(name, 1)
        style.base_style = normal
        _font(style, size)
        style.font.bold = bold
        style.paragraph_format.space_after = Pt(after)
        style.paragraph_format.widow_control = True
    document.styles["Letter text"].paragraph_format.line_spacing = 1.15
    document.styles["Letter subject"].paragraph_format.keep_with_next = True


def _font(style: Any, size: int) -> None:
    style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(kind), FONT)


def _feet(section: Any, page: Page) -> None:
    foot = section.footer.paragraphs[0]
    foot.style, foot.alignment = "Letter page", WD_ALIGN_PARAGRAPH.CENTER
    foot.add_run(" · ".join(each for each in (page.marking, page.reference[1], page.page_word) if each) + " ")
    for kind, instruction in (("begin", ""), ("", " PAGE "), ("separate", ""), ("text", "1"), ("end", "")):
        run = foot.add_run(instruction if kind == "text" else "")
        if kind in ("begin", "separate", "end"):
            sign = OxmlElement("w:fldChar")
            sign.set(qn("w:fldCharType"), kind)
            run._r.append(sign)
        elif not kind:
            asked = OxmlElement("w:instrText")
            asked.set(qn("xml:space"), "preserve")
            asked.text = instruction
            run._r.append(asked)
    if page.marking:
        head = section.header.paragraphs[0]
        head.style, head.alignment = "Letter page", WD_ALIGN_PARAGRAPH.CENTER
        head.add_run(page.marking)


def _tag(document: Any, language: str) -> None:
    section = document.sections[0]
    for paragraph in [*document.paragraphs, *section.header.paragraphs, *section.footer.paragraphs]:
        for run in paragraph.runs:
            tag = OxmlElement("w:lang")
            tag.set(qn("w:val"), language)
            run._r.get_or_add_rPr().append(tag)
    defaults = document.styles.element.find(qn("w:docDefaults"))
    for tag in defaults.iter(qn("w:lang")):
        tag.set(qn("w:val"), language)
