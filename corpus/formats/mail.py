"""Mails (eml): subject, sender, day and body; attached files are articles of their own."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage, MIMEPart
from email.policy import default
from email.utils import parseaddr, parsedate_to_datetime
from pathlib import PurePosixPath

from corpus.decoding import decode
from corpus.errors import UserError
from corpus.formats.dispatch import extract
from corpus.formats.recognising import SUFFIXES
from corpus.formats.records import Extracted, Found
from corpus.front_matter import Metadata
from corpus.records import Refusal
from corpus.settings import ReadingSettings


def read_mail(data: bytes, source: str, settings: ReadingSettings, depth: int = 0) -> Found:
    """The mail's text, then what is in its attachments of known formats.

    Raises:
        UserError: It is no mail.
    """
    message = message_from_bytes(data, policy=default)
    if not message.keys() or not isinstance(message, EmailMessage):
        raise UserError("This is no mail.", "Save the mail with its headers, as an .eml file.")
    body = _body(message)
    if body.strip():
        yield Extracted(source, body, _metadata(message))
    yield from _attachments(message, source, settings, depth)


def _body(message: EmailMessage) -> str:
    """The plain text, else the text of the HTML."""
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None or part.get_content_maintype() != "text":
        return ""
    text = _text(part)
    if part.get_content_subtype() != "html":
        return text
    from corpus.formats.markup import paragraphs

    return "\n\n".join(paragraphs(text)) + "\n"


def _text(part: MIMEPart) -> str:
    """By the encoding that the part declares, else by its characters."""
    try:
        return str(part.get_content(errors="strict"))
    except (LookupError, UnicodeError, KeyError):
        payload = part.get_payload(decode=True)
        return decode(payload).text if isinstance(payload, bytes) and payload else ""


def _metadata(message: EmailMessage) -> Metadata:
    name, address = parseaddr(str(message.get("From", "")))
    try:
        day = parsedate_to_datetime(str(message.get("Date", ""))).date()
    except (ValueError, TypeError, OverflowError):
        day = None
    title = " ".join(str(message.get("Subject", "")).split())
    return Metadata(title=title, author=" ".join((name or address).split()), published=day)


def _attachments(
    message: EmailMessage, source: str, settings: ReadingSettings, depth: int
) -> Iterator[Extracted | Refusal]:
    for part in message.iter_attachments():
        name = PurePosixPath(str(part.get_filename() or "").replace("\\", "/")).name
        payload = part.get_payload(decode=True)
        if not isinstance(payload, bytes) or not name.lower().endswith(SUFFIXES):
            continue  # pictures and signatures
        inner = f"{source}/{name}"
        if depth >= settings.max_depth:
            yield Refusal(inner, "It lies too deep in other files.", "Save the attachment and give it alone.")
            continue
        try:
            yield from extract(payload, inner, settings, depth + 1)
        except UserError as error:
            yield Refusal(inner, error.message, error.help)
