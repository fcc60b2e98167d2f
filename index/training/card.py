"""Writes the model card beside the artefact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from index.training.measure import Figure, interval
from index.training.recipe import Recipe

CARD_FILE = "MODEL_CARD.md"
TRIED = Path(__file__).with_name("TRIED.md")
"""What was tried with which result; the end of the card."""

LICENCES = {
    "tatoeba": "Tatoeba, CC BY 2.0 FR",
    "mlqe-pe-train": "MLQE-PE, CC0",
    "mlqe-pe-dev": "MLQE-PE, CC0",
    "mlqe-pe-test": "MLQE-PE, CC0",
    "tico19": "TICO-19, CC0",
    "ud-pud (Traditional)": "Universal Dependencies PUD, CC BY-SA 3.0",
    "un-sdg": "UN SDG translations, MIT",
    "tw-law": "Taiwan statutes, official translations, exempt from copyright",
    "tw-law-title": "Taiwan statutes, official translations, exempt from copyright",
    "python-docs": "Python documentation, translations CC0",
    "tldr": "tldr pages, CC BY 4.0",
    "gnome-help": "GNOME help, CC BY 3.0",
    "cedict": "CC-CEDICT, CC BY-SA 4.0",
    "cldr-territories": "Unicode CLDR, Unicode licence",
    "cldr-languages": "Unicode CLDR, Unicode licence",
    "cldr-scripts": "Unicode CLDR, Unicode licence",
    "cldr-currencies": "Unicode CLDR, Unicode licence",
    "cldr-cities": "Unicode CLDR, Unicode licence",
    "mledoze": "Country names of mledoze/countries, ODbL",
    "cmrc passages": "CMRC 2018 train, CC BY-SA 4.0",
    "cmrc questions": "CMRC 2018 train, CC BY-SA 4.0",
    "qamr sentences": "QAMR dev and test, MIT",
    "qamr questions": "QAMR dev and test, MIT",
}

HEAD = """# Model card: the static student

A Chinese encoder without a deep network: it puts a Chinese text (Latin words and numbers in it included) where
all-MiniLM-L6-v2 puts its English translation. Rows of words, characters and pieces are added up, made a unit vector,
projected and corrected by one hidden layer. Written by `python -m index.training`.

- Use: search across English and Chinese, beside a lexical channel. Runs on numpy alone.
- Limits: it does not see the order of words, so negation and who did what to whom are lost; names that are in no
  lexicon are read by characters; Classical Chinese, dialects and Japanese were not trained. Targets are those of
  all-MiniLM-L6-v2, with its English-centred view and its habit of reading 256 tokens only.
- Licence of the artefact: CC BY-SA 4.0, because share-alike data (CC-CEDICT, CMRC 2018, UD PUD) are in it; no text of
  theirs can be read out of it beyond the word list. The code is under the project's licence.
- Also used: all-MiniLM-L6-v2 (Apache-2.0) as teacher, jieba's word frequencies (MIT), OpenCC's character table
  (Apache-2.0).
"""


def write_card(
    folder: Path,
    counts: dict[str, Counter[str]],
    recipe: Recipe,
    facts: dict[str, str],
    figures: Sequence[Figure],
) -> None:
    """Write the card.

    Args:
        folder: Where the artefact is.
        counts: Lines of each source in each file.
        recipe: How it was trained.
        facts: Names and values of what the run found, such as rows and seconds.
        figures: Measured results; may be empty.
    """
    parts = [HEAD, "## Data\n\n| file | source and licence | lines |\n| --- | --- | --- |"]
    for file, sources in counts.items():
        for source, count in sorted(sources.items()):
            parts.append(f"| {file} | {LICENCES.get(source, source)} ({source}) | {count:,} |")
    parts.append("\n## Training\n")
    parts += [f"- {name}: {value}" for name, value in facts.items()]
    parts.append(f"- settings: `{recipe}`")
    parts.append("- again: `python -m index.training --data FOLDER --out FOLDER`; the same seed gives the same draws.")
    if figures:
        parts.append("\n## Figures\n\nThe vectors alone, no other channel; strict: only texts of the language named.\n")
        parts.append("| set | found first (95 % interval) | found in five (95 % interval) | queries | texts |")
        parts.append("| --- | --- | --- | --- | --- |")
        for figure in figures:
            shares = " | ".join(_share(found, figure.queries) for found in (figure.first, figure.five))
            parts.append(f"| {figure.name} | {shares} | {figure.queries:,} | {figure.texts:,} |")
    parts.append("\n" + TRIED.read_text(encoding="utf-8").strip())
    (folder / CARD_FILE).write_text("\n".join(parts) + "\n", encoding="utf-8")


def _share(found: float, queries: int) -> str:
    low, high = interval(found, queries)
    return f"{found:.3f} ({low:.3f} to {high:.3f})"
