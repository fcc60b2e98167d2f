"""Small shelves of articles for tests of answering: every article is one passage."""

from __future__ import annotations

import functools

from assistant.analysis import analyse
from assistant.answering import ExtractiveAnswerer
from assistant.evidence import gather_evidence
from assistant.quoting import cut
from corpus.records import Article, Document, Span
from index.bilingual import BilingualEmbedder, EnglishEncoder
from index.bridged_pieces import BridgedPieces
from index.glossing import Glosser
from index.joint_reading import JointReader
from index.late_interaction import LateInteraction
from index.records import Passage
from index.terms import Analyzer

CRANES = {
    "en": (
        "Cranes for Testhaven",
        "The port of Testhaven bought 14 cranes in March. The purchase of the cranes was the largest in ten years, the "
        "Harbour Gazette reported. The cranes are painted blue.",
    )
}
TEXTS = {
    "en": (
        "Ferry of Port Ellis",
        "The ferry of Port Ellis was designed by Anna Holm in 1987. It carries over 4,200 passengers a week. "
        "The crossing costs $12 and takes 35 minutes. The old pier was closed because its posts had rotted.",
    ),
    "en2": (
        "Orchards of Lind",
        "Lind sells 62 percent of its pears abroad. Growers in Lind planted 900 plum trees last spring. "
        "The cooperative is led by Mara Quist.",
    ),
    "zh": (
        "白石镇集市",
        "白石镇集市由林海涛创办于1996年。集市现有三百二十个摊位，每年接待约5万名客商。集市的出口额占总额的七成。",
    ),
}


class Shelf:
    """Articles, by default those above: every document is one passage."""

    def __init__(self, texts=TEXTS) -> None:
        self.analyzer = Analyzer()
        self.embedder = BilingualEmbedder()
        self.documents = {}
        for name, (title, text) in texts.items():
            document = Document.create(text, Article(title, name[:2]))
            self.documents[document.id] = document

    def document(self, document_id):
        return self.documents[document_id]

    def nearness(self, query, texts):
        return self.embedder.encode_document(texts) @ self.embedder.encode_query([query])[0]

    def match(self, question, windows):
        return interaction().measure(question, windows)

    def read(self, question, windows):
        return reader().read(question, windows)

    def passages(self, language):
        found = [d for d in self.documents.values() if d.article.language == language]
        return [
            Passage(d.id, f"{d.id}:0", Span(0, len(d.text)), d.text, language, d.article, 1.0 / rank, rank)
            for rank, d in enumerate(found, start=1)
        ]


@functools.lru_cache(maxsize=1)
def pieces():
    return BridgedPieces(EnglishEncoder(), Glosser())


@functools.lru_cache(maxsize=1)
def interaction():
    return LateInteraction(EnglishEncoder(), pieces())


@functools.lru_cache(maxsize=1)
def reader():
    return JointReader(pieces())


@functools.lru_cache(maxsize=1)
def shelf():
    return Shelf()


def asked(text, language=None, among=None):
    question, among = analyse(text), among or shelf()
    return question, gather_evidence(question, among.passages(language or question.language), among)


def answerer():
    return ExtractiveAnswerer(shelf().embedder.encode_query)


def answer(text):
    question, evidence = asked(text)
    return cut(question, answerer().answer(question, evidence), evidence, shelf().document)
