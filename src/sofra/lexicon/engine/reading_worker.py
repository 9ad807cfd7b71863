"""The process that parses a DOCX or PDF for reading.py: bytes in, "text" or "refused CODE" and the text out.

It limits its own memory and processor time before it looks at anything.
"""

from __future__ import annotations

import sys

#: Bytes of memory, seconds of the processor, pages of a PDF, characters of a text.
MOST_MEMORY, MOST_SECONDS, MOST_PAGES, MOST_TEXT = 1024 * 1024 * 1024, 40, 3000, 20_000_000


def main() -> None:
    """Read standard input, answer on standard output. Always ends with 0 unless the limits ended it."""
    _limit()
    from sofra.kernel.engine.refused import Refused

    data = sys.stdin.buffer.read()
    try:
        text = _text(data)
    except Refused as refused:
        answer = f"refused {refused.code}\n".encode()
    except _NoWords:
        answer = b"refused words\n"
    except MemoryError:
        answer = b"refused bomb\n"
    except Exception:  # whatever a parser met in there, the answer is the same
        answer = b"refused damaged\n"
    else:
        answer = b"text\n" + text.encode("utf-8", "replace")
    sys.stdout.buffer.write(answer)


class _NoWords(Exception):  # noqa: N818
    """A PDF that is pictures."""


def _limit() -> None:
    try:
        import resource
    except ImportError:  # no such limits on this system; the caller's patience remains
        return
    for what, most in ((resource.RLIMIT_AS, MOST_MEMORY), (resource.RLIMIT_CPU, MOST_SECONDS)):
        _soft, hard = resource.getrlimit(what)
        resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _text(data: bytes) -> str:
    from sofra.kernel.engine.papers import PDF_TYPE, inspect

    if data.startswith(b"PK"):
        from sofra.lexicon.engine.word_files import read_word

        return read_word(data).text[:MOST_TEXT]
    if inspect(data).media_type != PDF_TYPE:
        raise ValueError
    return _of_pdf(data)


def _of_pdf(data: bytes) -> str:
    import logging
    from io import BytesIO

    from pypdf import PdfReader

    from sofra.kernel.engine.refused import Refused

    logging.disable(logging.CRITICAL)
    pages, length = [], 0
    reader = PdfReader(BytesIO(data))
    if len(reader.pages) > MOST_PAGES:
        raise Refused("bomb")
    for page in reader.pages:
        pages.append(page.extract_text())
        length += len(pages[-1])
        if length > MOST_TEXT:
            raise Refused("bomb")
    text = "\n".join(pages)
    if pages and not text.strip():
        raise _NoWords
    return text


if __name__ == "__main__":
    main()
