"""Bytes to text: which encoding a file is in.

Byte-order marks and strict UTF-8 settle most files. For the rest every encoding that decodes without a fault is tried,
and the reading wins in which the characters are the ones that people write most. Detectors by statistics
(charset-normalizer among them) need more text than a headline to tell GB18030 from Big5; this needs a few characters.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from corpus.errors import UserError

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC_NUMBERS = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive (docx, epub, xlsx are such)"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\xd0\xcf\x11\xe0", "an old Microsoft Office file"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "a database"),
    (b"{\\rtf", "an RTF file"),
)
_HELP = "Give a text in UTF-8, UTF-16, GB18030 or Big5; other formats must be saved as plain text first."
_SAMPLE = 200_000
"""Bytes that are looked at to choose among the encodings without a mark."""

_COMMONEST = frozenset(
    "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后小么心多天而能好都然没日于起还发成事只作当想看文无开手用主行方又如前"
    "所本见经头面公同三已老从动两长知样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话儿者向情部正名定女问力机给等几很业最间新什打便位因重被走电四第门相次东政"
    "海口使教西再平真听世气信北少关并内加化由却代军产入先山五太水万市眼体别处总才场师书比住员九笑性通目华报立马命张活难神数件安表原车白应路期叫死常提感金何更反合放做系计或"
    "司利受光王果亲界及今京务制解各任至清物台象记边共风战干接它许八特觉望直服毛林题建南度统色字请交爱让认算论百吃义科怎元社术结六功指思非流每青管夫连远资队跟带花快条院变联言"
    "权往展该领传近留红治决周保达办运武半候七必城父强步完革深区即求品士转量空甚众技轻程告江语英基派满式李息写呢识极令黄德收脸钱党倒未持取设始版双历越史商千片容研像找友孩站广改"
    "议形委早房音火际则首单据导影失拿网香似斯专石若兵弟谁校读志飞观争究包组造落视济喜离虽坏兴切批句票贸易亿乌义浙省县镇村企业厂售购价货币税额增减涨跌约近超逾"
    "這來個國說們為時會著過對裡後麼沒於還發當開經頭見長樣現將與進實點種聲話兒從動無問機給幾業間東關內軍產萬體處總場師書員華報馬張難數車應業計"
    "門電區許覺風戰幹題統請愛讓認論義術結連遠資隊帶條變聯權該領傳紅決達辦運強轉眾輕語滿寫識極黃臉錢黨設雙歷單導際則議廣據網專觀爭組濟視離雖壞興貿億烏縣鎮廠購價貨幣稅額增減漲約灣臺學"
)
"""The characters that news and everyday Chinese use most, in both scripts."""
_CHINESE_MARKS = frozenset("–−，。、；：？！“”‘’「」『』（）《》〈〉【】—…·　％〇")
_WESTERN_MARKS = frozenset("‘’“”–—…•€£©®°«»·½¼¾§™ ¡¿")
_LATIN_LETTER = re.compile("[A-Za-zÀ-ÖØ-öø-ÿŒœŠšŽžŸ]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_ALONE = re.compile("[A-Za-z ][^\x00-\x7f][A-Za-z ]")
_BEYOND_ASCII = re.compile("[^\t\n\x0b-\r\x1b -~]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and the encoding that it was read in."""

    text: str
    encoding: str


def decode(data: bytes) -> Decoded:
    """The text in `data`, its byte-order mark left out.

    Raises:
        UserError: `data` is no text in a known encoding.
    """
    for magic, name in _MAGIC_NUMBERS:
        if data.startswith(magic):
            raise UserError(f"This is {name}, not a text.", _HELP)
    for attempt in (_decode_marked, _decode_utf16, _decode_utf8, _decode_best):
        decoded = attempt(data)
        if decoded is not None and not _is_binary(decoded.text):
            return decoded
    raise UserError("This is a binary file or in an unknown encoding.", _HELP)


def _decode_marked(data: bytes) -> Decoded | None:
    """By its byte-order mark; a fault after the mark becomes a replacement character."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            text = data.decode(encoding, "replace")
            if text.count("\ufffd") * 50 <= len(text) + 50:
                return Decoded(text, encoding)
    return None


def _decode_utf8(data: bytes) -> Decoded | None:
    """As UTF-8; a cut last character or very few faults among much sound text become replacement characters."""
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
    faults = text.count("\ufffd")
    sound = sum(1 for character in text if character > "\x7f") - faults
    cut_at_the_end = faults == 1 and text.endswith("\ufffd") and sound >= 2
    return Decoded(text, "utf-8") if cut_at_the_end or sound >= 200 * faults else None


def _decode_utf16(data: bytes) -> Decoded | None:
    """As UTF-16 without a mark, where zero bytes make it plain: at least a quarter of it is ASCII."""
    if len(data) < 4 or len(data) % 2:
        return None
    sample = data[:_SAMPLE]
    zeros_first, zeros_second = sample[::2].count(0), sample[1::2].count(0)
    for encoding, high_bytes, low_bytes in (
        ("utf-16-le", zeros_second, zeros_first),
        ("utf-16-be", zeros_first, zeros_second),
    ):
        if high_bytes * 8 > len(sample) and low_bytes * 20 < high_bytes:
            return _strict(data, encoding)
    return None


def _decode_best(data: bytes) -> Decoded | None:
    """By the reading whose characters people write most; the order decides between equals."""
    best: Decoded | None = None
    best_score = 0.0
    for encoding in ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be", "cp1252"):
        decoded = _strict(data, encoding)
        if decoded is None:
            continue
        score = plausibility(decoded.text[:_SAMPLE], western=encoding == "cp1252")
        if score > best_score:
            best, best_score = decoded, score
    return best


def _strict(data: bytes, encoding: str) -> Decoded | None:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError:
        return None


def plausibility(text: str, western: bool = False) -> float:
    """How likely people wrote the characters of `text` beyond printable ASCII: their mean weight, from -1 to 1.

    Args:
        text: A trial reading of some bytes.
        western: Whether it is a reading in which letters with accents are to be expected, and Han characters not.
    """
    weigh = _western_weight if western else _chinese_weight
    weights = [weigh(text, match.start()) for match in _BEYOND_ASCII.finditer(text)]
    return sum(weights) / len(weights) if weights else 0.0


def _chinese_weight(text: str, position: int) -> float:
    character = text[position]
    if character in _CHINESE_MARKS:
        return 1.0
    if _ALONE.search(text[max(0, position - 1) : position + 2]):
        return 0.1  # a Han character on its own in English text
    if character in _COMMONEST:
        return 1.0
    if "\u4e00" <= character <= "\u9fff":
        return 0.3 if _is_first_level(character) else -0.3
    return 0.0 if "\uff01" <= character <= "\uff5e" else -1.0


def _is_first_level(character: str) -> bool:
    """Whether GB 2312 or Big5 has the character in its first level, the one of the frequent characters."""
    for encoding, first, last in (("gb2312", 0xB0, 0xD7), ("big5", 0xA4, 0xC6)):
        try:
            if first <= character.encode(encoding)[0] <= last:
                return True
        except UnicodeEncodeError:
            continue
    return False


def _western_weight(text: str, position: int) -> float:
    character = text[position]
    if character in _WESTERN_MARKS:
        around = text[max(0, position - 1) : position + 2]
        return 0.8 if any(c.isascii() for c in around) and len(around) > 1 else -0.2
    if not _LATIN_LETTER.match(character):
        return -1.0
    before, after = text[position - 1 : position], text[position + 1 : position + 2]
    ascii_letters = sum(1 for c in (before, after) if c.isascii() and c.isalpha())
    return (-0.6, 0.5, 0.7)[ascii_letters]


def _is_binary(text: str) -> bool:
    """Whether more than one character in a hundred is a control character."""
    sample = text[:_SAMPLE]
    return len(_CONTROLS.findall(sample)) * 100 > len(sample)
