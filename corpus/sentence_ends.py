"""Where sentences end inside one paragraph, in English, Chinese and text that mixes them.

One linear scan over the marks that may end a sentence; each is judged by what stands before and after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.languages import HAN, LATIN

LONGEST = 600
"""Characters after which a sentence is cut at the next best place, so that text without marks stays in pieces."""

_REFERENCES = r"(?: ?\[(?:\d{1,3}(?:[,–-] ?\d{1,3})*|[a-z]|note \d{1,3}|citation needed|来源请求|來源請求)\])*"
_CANDIDATE = re.compile(rf"([.。．！？｡!?；;…‼⁇⁈⁉]+)([\"'”’」』）)\]】》〉»＂＇*_]*)({_REFERENCES})")
_ASIDE = re.compile(r"[（(](?:[^（）()\n]{0,120}|[^（）()\n。.!?！？]{0,300})[）)]|《[^《》\n]{0,60}》")
"""Brackets, longer ones only where they hold no sentence end but semicolons, and titles of works."""
_WIDE_MARKS = frozenset("。！？｡；‼⁇⁈⁉．")
_QUOTES = frozenset("\"'”’」』»＂＇")
_HAN = re.compile(f"[{HAN}]")
_OPENERS = "\"'“‘「『（([【《«*_"

_TITLES = frozenset(
    "Mr Mrs Ms Dr Drs Prof Sen Sens Rep Reps Gov Gen Lt Col Capt Cpt Sgt Maj Cmdr Adm Rev Hon Fr Pres Supt St Mt Ft "
    "Messrs Mme Mlle Rs Pt vs v cf e.g i.e eg ie viz E.g I.e".split()
)
"""Abbreviations after which a sentence practically never ends."""
_BEFORE_NUMBERS = frozenset("no nos fig figs vol vols p pp art sec ch eq ca approx est c".split())
_MAY_END = frozenset(
    "Inc Ltd Co Corp Bros LLC Plc Jr Sr Dept Univ Assn Ave Blvd Rd Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec "
    "Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun Calif Fla Tex Mass Conn Ill Mich Minn Ont Que "
    "etc al inc ltd bn mn km kg oz lb hrs mins secs ed eds trans dept".split()
)
"""Abbreviations after which a sentence ends only where the next word is one that begins sentences."""
_STARTERS = frozenset(
    "The A An In On At By For From With As After Before When While If It Its He She They We I You This That "
    "These Those There Here But And Or So Yet However Meanwhile Moreover Also Both Some Many Most Other Others "
    "His Her Their Our My Your According Since During Under Although Though Because Despite Then Thus Now "
    "Today Last What Who Why How Where Which Not One Two Three Several Such Each Every All To Of Between Among "
    "Through Until Only Even".split()
)
_INITIALS = re.compile(rf"(?:[{LATIN}]\.)*[{LATIN}]$")
_WORD = re.compile(rf"[{LATIN}]+")
_ENGLISH_SPEECH = re.compile(
    r"\s+(?:[\w.'’-]+,?\s+){0,4}?(?:said|says|asked|asks|added|wrote|told|replied|shouted|cried|wondered)"
    r"(?=[.,;:]|$|\s(?:in|on|at|as|of|while|when|after|before|with|to|during|his|her|the|he|she)\b)"
)
_CHINESE_SPEECH = re.compile(
    r"[^。！？；，：\n“”「」]{0,14}?(?:说|說|道|称|稱|问|問|答|喊|表示|指出|认为|認為|强调|強調|介绍|介紹|告诉|告訴|感叹|感嘆|坦言|透露|回忆|回憶)"
    r"(?:道|着|著)?(?P<after>[。！？，：,:]|\s|$)"
)
_OPENING_OF = {"”": "“", "’": "‘", "」": "「", "』": "『", "》": "《", '"': '"', "＂": "＂"}
_BEST_CUTS = (re.compile(r"[；;。.!?！？](?=\s|[^\W\d_])"), re.compile(r"[，、：]|[,:](?=\s)"), re.compile(r"\s"))


def cut_sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of the paragraph `text[start:end]`, as half-open offsets without surrounding white space."""
    for first, last in _cut_at_ends(text, start, end):
        yield from _cut_long(text, first, last)


def _cut_at_ends(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    asides = _Asides(text, start, end)
    quotes = _StraightQuotes(text, start)
    first = start
    for match in _CANDIDATE.finditer(text, start, end):
        border = quotes.border(match)
        if border >= end:
            break
        if first < border and not asides.hold(match.start(), border) and _ends(text, first, match, border, end):
            yield first, border
            first = _skip_space(text, border, end)
    if first < end:
        yield first, end


class _Asides:
    """Short brackets and book titles of a paragraph: a mark inside them ends no sentence."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text = text
        self._found = _ASIDE.finditer(text, start, end)
        self._current = next(self._found, None)

    def hold(self, mark: int, border: int) -> bool:
        """Whether the mark at `mark` is inside a bracket; marks are asked for in rising order."""
        while self._current is not None and self._current.end() <= mark:
            self._current = next(self._found, None)
        aside = self._current
        if aside is None or aside.start() > mark:
            return False
        if border < aside.end():
            return True
        before = self._text[: aside.start()][-2:].rstrip()[-1:] if aside.start() < 2 else ""
        before = before or self._text[max(0, aside.start() - 2) : aside.start()].rstrip()[-1:]
        return bool(before) and before not in '.!?。！？\n”"'


class _StraightQuotes:
    """Tells by counting whether a straight quotation mark after an end mark closes or opens a quotation."""

    def __init__(self, text: str, start: int) -> None:
        self._text = text
        self._counted = start
        self._count = 0

    def border(self, match: re.Match[str]) -> int:
        """Where a sentence that ends with `match` ends: before a straight quotation mark that opens the next one."""
        closers = match.group(2)
        position = closers.find('"')
        if position < 0:
            return match.end()
        mark = match.start(2) + position
        self._count += self._text.count('"', self._counted, mark)
        self._counted = mark
        return mark if self._count % 2 == 0 else match.end()


def _ends(text: str, first: int, match: re.Match[str], border: int, end: int) -> bool:
    """Whether a sentence begun at `first` ends at `border`."""
    marks = match.group(1)
    following = _skip_space(text, border, end)
    if following >= end or not (end - following > 20 or _LETTER_OR_DIGIT.search(text, following, end)):
        return False  # nothing but marks follows
    after = text[following]
    before = text[match.start() - 1] if match.start() > first else ""
    if after in ",，、;；:：)）]】》」』”’.。" and not (after in "”’" and following > border):
        return False
    if marks[-1] in _WIDE_MARKS or (marks[-1] in "!?;" and (_is_han(before) or (_is_han(after) and marks[-1] != ";"))):
        return _ends_chinese(text, first, match, border, following)
    if "…" in marks:
        return following > border and not after.islower()
    if marks[-1] == ";":
        return False
    if marks[-1] in "!?":
        return _ends_question(text, match, border, following)
    return _ends_full_stop(text, first, match, border, following, end)


def _ends_chinese(text: str, first: int, match: re.Match[str], border: int, following: int) -> bool:
    """Whether a Chinese sentence ends at `border`; a quotation that its speaker follows goes on."""
    closers = match.group(2)
    if following > border or border < match.end() or not closers:
        return True
    mark = match.group(1)[-1]
    opening = _opening(text, first, match.start(), closers[-1])
    introduced = opening > first and text[opening - 1] in "：:"
    speech = None if introduced else _CHINESE_SPEECH.match(text, border)
    if speech is not None and (mark in "！？!?" or speech["after"] in "。！？"):
        return False
    if mark in "！？!?" and closers[-1] in _OPENING_OF:
        # A speech stands after a colon, a comma or nothing; a term stands after a word.
        return opening <= first or not text[opening - 1].isalnum()
    return closers[-1] not in "》〉*_"


def _opening(text: str, first: int, mark: int, closer: str) -> int:
    """Where the quotation opens that `closer` closes after `mark`; -1 where it is not in this sentence."""
    opener = _OPENING_OF.get(closer)
    return -1 if opener is None else text.rfind(opener, max(first, mark - LONGEST), mark)


def _ends_question(text: str, match: re.Match[str], border: int, following: int) -> bool:
    """Whether an English sentence ends with a question or exclamation mark."""
    if text[following].islower():
        return False
    closed = _QUOTES.intersection(match.group(2))
    if following == border:
        return bool(closed or match.group(3) or border < match.end()) and text[following].isupper()
    return not (closed and _ENGLISH_SPEECH.match(text, border))


def _ends_full_stop(text: str, first: int, match: re.Match[str], border: int, following: int, end: int) -> bool:
    """Whether an English sentence ends with a full stop, and not an abbreviation, initial or number."""
    token = _token_before(text, first, match.start())
    if following == border:
        return _ends_without_space(text, token, match, following, end)
    word_start = following
    while word_start < min(end - 1, following + 3) and text[word_start] in _OPENERS:
        word_start += 1
    after = text[word_start]
    if after.islower() and not text[word_start + 1 : word_start + 2].isupper():
        return False
    if len(match.group(1)) > 1 or _QUOTES.intersection(match.group(2)):
        return True
    if match.start() - len(token) == first and token.isdigit() and len(token) <= 3:
        return False
    return not _is_abbreviation(token, text, word_start, end)


def _ends_without_space(text: str, token: str, match: re.Match[str], following: int, end: int) -> bool:
    """Whether a full stop without white space after it ends a sentence, as in badly pasted text."""
    after = text[following : following + 2]
    if not (after[0].isupper() or (_opens_quotation(after[0]) and after[1:].isupper())):
        return False
    if match.group(2) or match.group(3):
        return len(match.group(1)) > 1 or len(token) > 1 or token.isdigit()
    capitalised = len(after) == 2 and after[1].islower()
    return len(token) > 1 and token.isalpha() and token.islower() and (capitalised or _opens_quotation(after[0]))


def _opens_quotation(character: str) -> bool:
    """Whether `character` opens a quotation."""
    return character in '"“‘「『'


def _is_abbreviation(token: str, text: str, word_start: int, end: int) -> bool:
    """Whether the full stop after `token` belongs to an abbreviation that the sentence goes on after."""
    if not token or token in _TITLES:
        return bool(token)
    if token.lower() in _BEFORE_NUMBERS and text[word_start].isdigit():
        return True
    if token not in _MAY_END and not (_INITIALS.match(token) and (token.isupper() or "." in token)):
        return False
    word = _WORD.match(text, word_start, min(end, word_start + 20))
    if word is None:
        return text[word_start].isdigit() or text[word_start] in "-–—&"
    return word.group() not in _STARTERS or text[word.end() : word.end() + 1] == "."


def _token_before(text: str, first: int, position: int) -> str:
    """The last word before `position`, at most 24 characters back."""
    words = re.split(r"[\s\"'“‘(（\[—–/]", text[max(first, position - 24) : position])
    return words[-1]


def _cut_long(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentence itself, or pieces of at most `LONGEST` characters cut after punctuation or at white space."""
    while end - start > LONGEST:
        cut = _best_cut(text, start + LONGEST // 2, start + LONGEST)
        yield start, start + len(text[start:cut].rstrip())
        start = _skip_space(text, cut, end)
    if start < end:
        yield start, end


def _best_cut(text: str, start: int, end: int) -> int:
    for pattern in _BEST_CUTS:
        cut = 0
        for match in pattern.finditer(text, start, end):
            cut = match.end()
        if cut:
            return cut
    return end


_LETTER_OR_DIGIT = re.compile(r"\w")
_NOT_SPACE = re.compile(r"\S")


def _skip_space(text: str, position: int, end: int) -> int:
    found = _NOT_SPACE.search(text, position, end)
    return end if found is None else found.start()


def _is_han(character: str) -> bool:
    return _HAN.match(character) is not None
