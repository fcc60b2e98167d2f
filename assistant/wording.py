"""How answers are worded: short, in the language of the question, adding nothing to what the evidence says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from assistant.records import Claim, Evidence, Quote, Status
from corpus.languages import detect_language
from corpus.quantities import DateSpan, find_dates, find_quantities, render, render_date
from corpus.records import Kind, Language, Sentence, Span
from corpus.sentences import content_span

_STOPS = "。！？.!?…"
_CLOSERS = "”’」』）)\"'"

_REFUSAL: dict[Language, str] = {"en": "Not in these articles.", "zh": "这些文章里没有答案。"}
_NEAREST: dict[Language, str] = {"en": " The nearest thing found is quote [1].", "zh": "找到的最接近的内容见引文 [1]。"}


def running(text: str, language: Language) -> str:
    """A sentence with its list as running text: line ends and the marks of items give way to semicolons."""
    lines = [line.strip() for line in text.splitlines() if line.strip()] or [""]
    first, *items = [
        content_span(line, Sentence(Span(0, len(line)), language, Kind.LIST_ITEM)).cut(line) for line in lines
    ]
    if not items:
        return first
    separator = "；" if language == "zh" else "; "
    bare = [item.rstrip(";；,，、.。") for item in items]
    return f"{first}{'' if language == 'zh' else ' '}{separator.join(bare)}"


def in_language(text: str, language: Language, reference: date | None = None) -> str:
    """A short answer for readers of a language: a number or date of the other one rendered, the original beside it.

    A date that only the day of its article tells ("last year", 去年) has what it is beside it. What no rule can render
    without inventing anything stays as it is.

    Args:
        text: As it stands in the article.
        language: Of the question.
        reference: Day of the article, for dates such as "last year".
    """
    if detect_language(text) == language:
        told, beside = text, _resolved(text.strip(), language, reference)
    else:
        told, beside = _rendered(text.strip(), language, reference), text
    if not told or not beside or told == beside:
        return text
    return f"{told}（{beside}）" if language == "zh" else f"{told} ({beside})"


def _resolved(text: str, language: Language, reference: date | None) -> str:
    """A date told without any figure or name of a month, as the day of its article makes it; empty for all else."""
    day = None if any(character.isdigit() for character in text) else _date(text, reference)
    rendered = render_date(day, language) if reference and day and day.anchored else ""
    return "" if text.lower() in rendered.lower() else rendered


def _rendered(text: str, language: Language, reference: date | None) -> str:
    for quantity in find_quantities(text):
        if _fills(quantity.span, text):
            try:
                return render(quantity, language)
            except ValueError:
                return ""
    day = _date(text, reference)
    return render_date(day, language) if day else ""


def _date(text: str, reference: date | None) -> DateSpan | None:
    """The date that a text is, as seen from a day."""
    return next((day for day in find_dates(text, None, reference) if _fills(day.span, text)), None)


def _fills(part: Span, text: str) -> bool:
    """Whether a part is nearly all of a text."""
    return len(part) >= 0.8 * len(text)


def answered_text(
    language: Language,
    status: Status,
    claims: Sequence[Claim],
    numbers: Sequence[Sequence[int]],
    evidence: Mapping[str, Evidence],
    further: Sequence[int] = (),
    note: str = "",
) -> tuple[str, str]:
    """The text of an answer with its marks, and the bare answer.

    Args:
        language: Of the question.
        status: ANSWERED or CONFLICT.
        claims: At least one.
        numbers: Quote numbers of each claim.
        evidence: By key; tells the outlets of conflicting claims.
        further: Numbers of quotes that no claim cites, for the reader to see.
        note: A line for the reader.
    """
    if status is Status.CONFLICT:
        text = _conflict_text(language, claims, numbers, evidence)
    else:
        separator = "" if language == "zh" else " "
        text = separator.join(_statement(c.text, n, language) for c, n in zip(claims, numbers, strict=True))
    text += _pointer(further, language)
    bare = [claim for claim in claims if not claim.adds] or claims
    shorts = [(claim.short or claim.text).strip().rstrip("。.") for claim in bare]
    joined = ("；" if language == "zh" else "; ").join(shorts)
    return (f"{text}\n{note}" if note else text), joined


def _statement(text: str, numbers: Sequence[int], language: Language) -> str:
    """One claim as a sentence: a capital, its marks, a stop."""
    body = text.strip().rstrip("。.；;，,")
    body = body[:1].upper() + body[1:] if language == "en" else body
    marks = " " + "".join(f"[{number}]" for number in numbers)
    ended = body.rstrip(_CLOSERS)[-1:] in _STOPS and body[-1:] not in "。."
    stop = "" if ended else "。" if language == "zh" else "."
    return f"{body}{marks}{stop}"


def _pointer(numbers: Sequence[int], language: Language) -> str:
    marks = "".join(f"[{number}]" for number in numbers)
    if not marks:
        return ""
    return f"另见 {marks}。" if language == "zh" else f" See also {marks}."


def _conflict_text(
    language: Language, claims: Sequence[Claim], numbers: Sequence[Sequence[int]], evidence: Mapping[str, Evidence]
) -> str:
    heading = "各来源说法不一：" if language == "zh" else "The sources differ:"
    lines = [heading]
    for claim, cited in zip(claims, numbers, strict=True):
        article = evidence[claim.keys[0]].article
        published = article.published.isoformat() if article.published else ""
        outlet = "，".join(part for part in (article.publisher, article.title, published) if part)
        outlet = outlet if language == "zh" else outlet.replace("，", ", ")
        brackets = "（{}）" if language == "zh" else " ({})"
        source = brackets.format(outlet) if outlet else ""
        lines.append(f"- {claim.text.strip()}{source} " + "".join(f"[{number}]" for number in cited))
    return "\n".join(lines)


def is_refusal(text: str) -> bool:
    """Whether an answer's text says that the articles do not tell."""
    return text.startswith((_REFUSAL["en"].rstrip("."), _REFUSAL["zh"].rstrip("。")))


def not_found_text(language: Language, nearest: Sequence[Quote], note: str = "") -> str:
    """An honest "not in these articles", naming the nearest thing found."""
    text = _REFUSAL[language] + (_NEAREST[language] if nearest else "")
    return f"{text}\n{note}" if note else text
