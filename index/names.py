"""Foreign names across scripts: 麦特琳 and Matlin sound alike, so both get the same key of consonants.

A key tells the consonants of a name by class and leaves out its vowels. Where a spelling may be read in several
ways, a name has several keys; two names meet where one key is the same. Short keys say little: two consonants are weak
evidence, three are fair.
"""

from __future__ import annotations

import itertools
import re
from functools import lru_cache

from index.pinyin import syllables
from index.scripts import plain_latin

SPELLING = frozenset(
    "阿埃艾爱安昂奥澳巴芭白柏班邦保堡鲍贝本比彼毕宾波伯勃博布采查茨达大戴丹当道德登邓迪蒂丁顿多朵厄恩尔法凡范菲费芬"
    "丰冯佛弗夫福甫富盖甘冈高戈哥格葛根贡古瓜圭果哈海汉豪赫黑亨洪侯胡华怀惠霍基吉加佳贾简杰金京喀卡开凯坎康考柯科克"
    "肯孔库夸昆拉腊莱赖兰朗劳勒雷蕾黎里理利莉立丽莲列林琳龙隆卢鲁路伦罗洛吕玛马麦迈曼芒毛梅门蒙米密敏明摩莫默姆穆拿"
    "娜纳乃奈南内尼妮娘涅宁纽农努诺欧帕潘庞培佩彭皮平珀普齐奇恰乔钦琼丘让热仁日荣茹儒瑞若撒萨塞赛桑瑟森沙莎山珊尚绍"
    "舍申圣施什史士舒朔斯丝司思松苏孙索塔泰坦汤唐陶特藤提田廷通图托陀瓦万旺威韦维卫魏温文翁沃乌吴伍武西希锡席夏香肖"
    "谢辛欣兴休徐许雪逊雅亚延扬杨耶叶伊怡依因英永尤尧约赞泽曾扎詹章珍芝治朱兹祖佐坚娅婭迦坡翰弥缪滕姬妲黛蓓碧翠茜薇"
    "妙琪珂翎斐裴隐蓝谟策彻奎魁梭唆莽邹昔玖藻兆吐铎朴颇泼梵芙伏"
)
"""Characters by which foreign names are written."""
LEAST_CONSONANTS = 2

_INITIALS = dict(
    [
        ("b", "P"),
        ("p", "P"),
        ("m", "M"),
        ("f", "F"),
        ("w", "F"),
        ("d", "T"),
        ("t", "T"),
        ("n", "N"),
        ("l", "L"),
        ("r", "L"),
    ]
    + [("g", "K"), ("k", "K"), ("h", "H"), ("j", "SK"), ("q", "SK"), ("x", "S"), ("y", "")]
    + [(initial, "S") for initial in ("zh", "ch", "sh", "z", "c", "s")]
)
_INITIAL = re.compile(r"zh|ch|sh|[bpmfdtnlgkhjqxrzcswy]?")
_SILENT = re.compile(
    r"^(?:w(?=r)|[kg](?=n)|p(?=s))"  # write, knight, psalm
    r"|gh(?![aeiou])|w(?=r)|(?<=[aeo])w|w(?![aeiou])|(?<=[aeiou])h(?![aeiou])"
    r"|[rl](?![aeiouy])"  # Carter, Albert: Chinese leaves them out or writes 尔
)
_SPELLINGS = [
    ("ph", "f"),
    ("tch|sch|sh|zh", "s"),
    ("ck|kh|cq|q", "k"),
    ("x", "ks"),
    ("ng(?![aeiou])", "n"),
    ("m(?![aeiouy])", "n"),
]
_CLASSES = dict(zip("bpmfvwdtnlrkhszj", "PPMFFFTTNLLKHSSS", strict=True))
_MOST_KEYS = 4
_REPEATED = re.compile(r"(.)\1+")


def is_spelling(word: str) -> bool:
    """Whether a Chinese word is written with the characters of foreign names only."""
    return len(word) > 1 and all(character in SPELLING for character in word)


@lru_cache(maxsize=1 << 15)
def chinese_name_keys(word: str) -> tuple[str, ...]:
    """Keys of a foreign name in Chinese characters; none where it has too few consonants.

    Args:
        word: In Simplified characters, without 尔's and dots removed by the caller.
    """
    choices: list[str] = []
    for character, syllable in zip(word, syllables(word), strict=False):
        if character == "尔" or (character == "儿" and choices):
            continue
        initial = _INITIAL.match(syllable)
        start = initial.group() if initial else ""
        if character == "姆" and choices:
            choices.append("MN")
        elif start and _INITIALS[start]:
            choices.append("HF" if syllable.startswith("hua") else _INITIALS[start])
        if syllable.endswith(("n", "ng")) and len(syllable) > 1:
            choices.append("N")
    return _keys(choices)


@lru_cache(maxsize=1 << 16)
def english_name_keys(word: str) -> tuple[str, ...]:
    """Keys of a name in Latin letters; none where it has too few consonants."""
    text = plain_latin(word).removesuffix("'s")
    for pattern, replacement in _SPELLINGS:
        text = re.sub(pattern, replacement, text)
    text = _SILENT.sub("", text)
    choices: list[str] = []
    for position, letter in enumerate(text):
        following = text[position + 1 : position + 2]
        if letter == "c" and following == "t":
            choices.append("K-")
        elif letter == "c":
            choices.append("S" if following in "eiy" and following else "SK" if following == "h" else "K")
        elif letter == "g":
            choices.append("SK" if following in "ei" and following else "K")
        elif letter == "t" and following == "h":
            choices.append("TS")
        elif letter == "h" and text[position - 1 : position] in ("c", "t"):
            continue
        elif letter in _CLASSES:
            choices.append(_CLASSES[letter])
    return _keys(choices)


def _keys(choices: list[str]) -> tuple[str, ...]:
    if not LEAST_CONSONANTS <= len(choices) <= 10:
        return ()
    every = itertools.islice(itertools.product(*choices), _MOST_KEYS)
    keys = {_REPEATED.sub(r"\1", "".join(key).replace("-", "")) for key in every}
    return tuple(sorted(key for key in keys if len(key) >= LEAST_CONSONANTS))
