"""Romanised Chinese names as English articles write them: 义乌 -> Yiwu, 义新欧 -> Yixin'ou, 丁薛祥 -> Ding Xuexiang.

pypinyin is named only here.
"""

from __future__ import annotations

from functools import lru_cache

_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏"
    "钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜"
    "倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游"
    "阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房习"
)
_DOUBLES = "欧阳 司马 上官 诸葛 司徒 东方 独孤 南宫 夏侯 慕容 尉迟 公孙 皇甫 令狐 宇文 长孙 端木"
_DOUBLE_SURNAMES = frozenset(_DOUBLES.split())


@lru_cache(maxsize=1 << 16)
def syllables(word: str) -> tuple[str, ...]:
    """Pinyin syllables of a Chinese word in lower case without tones, `ü` as `u`; other characters are kept.

    Args:
        word: A word in Simplified characters.
    """
    from pypinyin import Style, lazy_pinyin

    return tuple(part.lower().replace("ü", "u") for part in lazy_pinyin(word, style=Style.NORMAL, v_to_u=True))


def joined(parts: tuple[str, ...]) -> str:
    """Syllables of one name in one word, an apostrophe before a vowel: (`xi`, `an`) -> `xi'an`."""
    return parts[0] + "".join(("'" if part[:1] in "aeo" else "") + part for part in parts[1:]) if parts else ""


def romanise(word: str, person: bool = False) -> str:
    """The name as an English article writes it.

    Args:
        word: A Chinese name in Simplified characters.
        person: Whether it is a person's name: surname and given name apart.
    """
    parts = syllables(word)
    cut = 2 if word[:2] in _DOUBLE_SURNAMES and len(word) > 2 else 1
    if person and len(word) > cut:
        return f"{joined(parts[:cut]).capitalize()} {joined(parts[cut:]).capitalize()}"
    return joined(parts).capitalize()


def looks_like_person(word: str) -> bool:
    """Whether a word that the dictionary lacks is built like a person's name: a surname and one or two more."""
    return (word[:2] in _DOUBLE_SURNAMES and len(word) in (3, 4)) or (word[:1] in _SURNAMES and len(word) in (2, 3))


def given_name(word: str) -> str:
    """What follows the surname in a word built like a person's name; empty for any other word."""
    return word[2 if word[:2] in _DOUBLE_SURNAMES else 1 :] if looks_like_person(word) else ""


def key(word: str) -> str:
    """Pinyin without apostrophes or spaces, the index key of a name: 西安 -> `xian`."""
    return "".join(syllables(word))
