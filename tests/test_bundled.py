"""The bundled articles and the project's own set of questions about them."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from assistant.records import AnswerType
from corpus.reading import read_file
from evals.examples import BUNDLED, Example, read_examples

ARTICLES = Path(__file__).parents[1] / "corpus" / "articles"
TODAY = date(2026, 11, 22)
EARLIEST_REPORT = date(2024, 12, 24)
"""No source is older than the news conference of which it tells."""
SHORT_FACTS = {
    "number",
    "share",
    "money",
    "count",
    "ratio",
    "change",
    "date",
    "period",
    "person",
    "organisation",
    "place",
    "name",
}
FILES = sorted(ARTICLES.glob("*.md"))


DOCUMENTS = {path.name: read_file(path) for path in FILES}
BODIES = {name: document.text for name, document in DOCUMENTS.items()}
LANGUAGES = {name: document.article.language for name, document in DOCUMENTS.items()}
EXAMPLES = read_examples(BUNDLED, known_articles=BODIES)


def direction(example):
    """Language of the question and of the articles that hold the answer; the question's own where both do."""
    languages = {LANGUAGES[name] for name in example.articles}
    return f"{example.language}->{example.language if example.language in languages else languages.pop()}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_front_matter_is_complete(path):
    article = DOCUMENTS[path.name].article
    assert path.read_text(encoding="utf-8").startswith("---\ntitle: ")
    assert (article.publisher, article.author, article.licence) == ("Yiju", "", "CC BY 4.0")
    assert article.title
    assert article.published <= TODAY
    assert article.reports
    for report in article.reports:
        assert report.title
        assert report.publisher
        assert (report.published or EARLIEST_REPORT) <= article.published


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_article_is_of_its_language_and_neither_short_nor_long(path):
    body = BODIES[path.name]
    chinese = len(re.findall(r"[\u4e00-\u9fff]", body))
    words = len(re.findall(r"[A-Za-z0-9][\w'.,-]*", body))
    if LANGUAGES[path.name] == "en":
        assert 200 <= words <= 700
        assert chinese < 30
    else:
        assert 350 <= len(re.sub(r"\s", "", body)) <= 1000
        assert chinese > 300


def test_both_languages_have_enough_articles_some_with_headings_and_lists():
    languages = Counter(LANGUAGES.values())
    assert languages["en"] >= 8
    assert languages["zh"] >= 8
    for language in languages:
        bodies = [body for name, body in BODIES.items() if LANGUAGES[name] == language]
        assert sum("\n## " in body for body in bodies) >= 2
        assert sum("\n- " in body for body in bodies) >= 2


def test_where_the_sources_disagree_both_sides_stand_in_both_languages():
    for first, second in [(("75,000", "80,000"), ("7.5万", "8万")), (("over 230", "233"), ("230多", "233"))]:
        for language, values in (("en", first), ("zh", second)):
            bodies = {name: body for name, body in BODIES.items() if LANGUAGES[name] == language}
            holders = [{name for name, body in bodies.items() if value in body} for value in values]
            assert all(holders)
            assert not holders[0] & holders[1], "one article would contradict itself"


def test_a_third_of_the_facts_stand_in_one_language_only():
    facts = {
        tuple(sorted(example.articles)) + example.answers[0] for example in EXAMPLES if example.kind == "answerable"
    }
    single = [fact for fact in facts if len({LANGUAGES[name] for name in fact if name in LANGUAGES}) == 1]
    assert len(single) >= len(facts) / 3


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.id)
def test_every_quote_is_verbatim_and_proves_the_answer(example: Example):
    assert (example.kind == "unanswerable") == (not example.articles) == (not example.quotes)
    assert (example.kind == "follow_up") <= bool(example.history)
    assert example.answer_type in {kind.value for kind in AnswerType}
    assert ("zh" if re.search(r"[\u4e00-\u9fff]", example.question) else "en") == example.language
    for name in example.articles:
        mine = [quote for quote in example.quotes if quote in BODIES[name]]
        assert mine, f"no quote from {name}"
        accepted = [text.casefold() for group in example.answers for text in group]
        if example.answer_type in SHORT_FACTS:
            assert any(text in quote.casefold() for text in accepted for quote in mine), name
    assert all(any(quote in BODIES[name] for name in example.articles) for quote in example.quotes)


def test_every_conflict_expects_two_values_from_different_articles():
    for example in (example for example in EXAMPLES if example.kind == "conflict"):
        assert len(example.answers) >= 2
        for group in example.answers:
            assert any(text in quote for text in group for quote in example.quotes)


def test_ids_and_questions_are_unique():
    assert len({example.id for example in EXAMPLES}) == len(EXAMPLES)
    asked = Counter((example.question.casefold(), example.history) for example in EXAMPLES)
    assert [question for question, times in asked.items() if times > 1] == []


def test_the_set_is_as_large_and_mixed_as_promised():
    kinds = Counter((example.kind, example.language) for example in EXAMPLES)
    directions = Counter(direction(example) for example in EXAMPLES if example.articles)
    types = Counter(example.answer_type for example in EXAMPLES if example.articles)
    assert len(EXAMPLES) >= 260
    assert min(kinds["unanswerable", language] for language in ("en", "zh")) >= 22
    assert min(kinds["conflict", language] for language in ("en", "zh")) >= 8
    assert min(kinds["follow_up", language] for language in ("en", "zh")) >= 16
    assert min(directions[way] for way in ("en->en", "zh->zh", "en->zh", "zh->en")) >= 35
    assert min(types[kind.value] for kind in AnswerType) >= 5


def test_the_readme_tells_the_counts():
    readme = (BUNDLED.parent / "README.md").read_text(encoding="utf-8")
    kinds = Counter((example.kind, example.language) for example in EXAMPLES)
    for kind in ("answerable", "unanswerable", "conflict", "follow_up"):
        assert f"| {kind} | {kinds[kind, 'en']} | {kinds[kind, 'zh']} |" in readme
    for way, count in Counter(direction(example) for example in EXAMPLES if example.articles).items():
        assert f"{way.replace('->', ' to ')} {count}" in readme
    assert set(Example.model_fields) - {"review"} <= set(re.findall(r"`(\w+)`", readme))
