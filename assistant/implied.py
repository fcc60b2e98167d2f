"""What a question implies and what must be told close to its answer: that something ended, what someone is, or is paid.

"Why did the town close its market?" is not answered by what the market is, nor "Who is the mayor of Testhaven?" by
whoever else is named in an article about Testhaven, nor "What is the rent of a stall?" by any other sum.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from assistant.question_words import SAYING_ZH
from assistant.records import AnswerType, Question
from assistant.slots import proper_names
from index.scripts import fold

_DENIALS: Final = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        r"\b(?:clos(?:e[ds]?|ing|ure)|shut(?:s|ting|down)?|stop(?:s|ped|ping)?|halt(?:s|ed|ing)?|end(?:s|ed|ing)?"
        r"|cancel\w*|suspen[ds]\w*|abandon\w*|abolish\w*|scrap(?:s|ped)?|discontinu\w*|terminat\w*|ceas\w*|bankrupt\w*"
        r"|no longer|phas\w+ out)\b"
        r"|关闭|关停|停运|停止|停办|停产|取消|终止|暂停|放弃|倒闭|废除|废止|结束|撤销|不再|中止|停牌|停业|歇业|关门",
        r"\b(?:refus\w*|reject\w*|oppos\w*|object(?:s|ed|ion|ions)?|veto\w*|den(?:y|ies|ied|ial)"
        r"|declin(?:e|es|ed|ing) to|turn(?:s|ed)? down|disagre\w*|resist\w*|against|unwilling\w*|critici[sz]\w*)\b"
        r"|拒绝|反对|否决|驳回|否认|抵制|抗议|不同意|不愿|拒不|批评|谢绝|回绝",
        r"\b(?:bann?(?:ed|ing)?|bans|forb[ia]d\w*|prohibit\w*|block(?:s|ed|ing)?|outlaw\w*|restrict\w*|embargo\w*"
        r"|not allow\w*|illegal)\b"
        r"|禁止|禁令|封锁|限制|不准|不许|不得|查禁|取缔|禁运|封杀|叫停",
        r"\b(?:shr[aiu]nk\w*|f[ae]ll(?:s|en|ing)?|drop(?:s|ped|ping)?|decreas\w*|declin\w*|los[est]\w*|collaps\w*|reduc\w*"
        r"|slump\w*|plung\w*|contract(?:ed|ion)|lower\w*|down|less|fewer|shortage|cut(?:s|ting)?|weak\w*|slow\w*)\b"
        r"|缩小|萎缩|下降|减少|下滑|暴跌|下跌|降低|失去|丢|缩减|跌|降|负增长|放缓|疲软|回落|收缩|锐减|流失|短缺",
        r"\b(?:withdr[ae]w\w*|quit(?:s|ting)?|resign\w*|l?eav(?:e|es|ing) (?:the|his|her|its|their)"
        r"|stepp?(?:ed|s|ing)? down|pull(?:s|ed)? out)\b"
        r"|退出|辞职|离职|撤出|撤离|下台|卸任|撤资|离开",
        r"\bmov(?:e[ds]?|ing)(?:\W*$| (?:away|out|abroad|overseas)\b)"
        r"|\brelocat\w*|\bemigrat\w*|搬[走迁离出到]|[外内]迁|迁[走往出移至到]",
    )
)
"""Ways to end, refuse, forbid, lose or leave something, in both languages: what no article tells was not done."""

_SPEAKS_EN: Final = re.compile(r"\bwhat (?:did|does|has|had) (?:\S+ ){0,4}$", re.I)
_SPEAKS_ZH: Final = re.compile(rf"(?:在.{{1,10}})?(?:{SAYING_ZH}|怎么看)")
"""Before a role in English, behind it in Chinese, where it is asked what someone said."""


def _family(asked: str, told: str = "") -> tuple[re.Pattern[str], re.Pattern[str]]:
    return re.compile(asked, re.I), re.compile(f"{asked}|{told}" if told else asked, re.I)


_OLD_NAME: Final = _family(
    r"\b(?:old|former|earlier|previous|original) name\b|[旧古]称|[旧古原]名|曾用名"
    r"|(?:以前|从前|过去|古代|古时候?|历史上)叫"
    r"|\b(?:called|named|known as) (?:in the past|before|formerly|earlier|historically"
    r"|in (?:earlier|old|ancient|former) times)\b"
    r"|\b(?:formerly|originally|historically|previously|once) (?:called|named|known as)\b",
    r"\b(?:formerly|once|originally|previously|historically|earlier|ancient|old)\b[^.]*\b(?:called|known|named)\b"
    r"|曾[名称叫用]|原称",
)
_ROLES: Final = (
    _family(r"\bmayor\w*|市长"),
    _family(r"\bpremier\b|\bprime minister|总理|首相"),
    _family(r"(?<!prime )\bminister\b|部长|外长|防长|财长", r"\bministry\b|大臣"),
    _family(r"\bgovernor|省长|州长|总督", r"\bgovern(?:ed|s|ing)\b"),
    _family(r"\bpresident\b|总统|校长|行长", r"\bpresiden\w*|主席|总裁|会长|院长"),
    _family(r"\bchair(?:man|woman|person)?\b|主席|董事长|会长", r"\bhead|\bled\b|委员长|\bpresident"),
    _family(r"\bspokes\w+|发言人", r"\bsp(?:eaks|oke) for\b"),
    _family(
        r"\bfounder|\bfounded\b|创[办始建立][人者]|创[立办建]",
        r"\bfound(?:s|ing)?\b|\bestablish|\bcreat|\bset up\b|\bstart(?:ed|s)\b|\blaunch|\bbuilt\b"
        r"|创|成立|建立|开设|发起",
    ),
    _family(r"\bCEO\b|\bchief executive|首席执行官|总经理", r"\bexecutive|\bhead|\bboss\b|总裁|执行长|掌门"),
    _family(r"\bcoach(?:e[ds])?\b|教练|主帅", r"\bcoaching\b|\bmanager\b|执教|率领|带领"),
    _family(r"\bdirector\b|\bdirected\b|导演", r"\bdirect(?:s|ing|orial)\b|\bfilmmaker|执导|主任|局长|总监"),
    _OLD_NAME,
    _family(
        r"\bwhat time (?:do|does|did|is|will)\b|几点(?!建议|意见|问题|要求|看法)",
        r"\d[:：]\d\d|[\d一二三四五六七八九十]点|\bo['’]clock|\b[ap]\.?m\b|\bnoon\b|\bmidnight\b|[早晚]上|[上下中]午|凌晨",
    ),
    _family(
        r"\bw[io]n(?:s|ners?)?\b|赢得?|获胜|夺冠|冠军|当选",
        r"\bwins?\b|\bwinner|\bvictor|\bdefeat|\bbeat|\belect(?:s|ed)\b|\bchampion|\btriumph|\bcrowned|\baward(?:ed|s)\b|\bchose"
        r"|\b(?:took|takes?|claim(?:s|ed)|earn(?:s|ed)|captur\w+|secur\w+|receiv\w+|clinch\w+|got|gets)\b|\bfirst\b|\bgold\b"
        r"|胜|夺|得主|获|摘|冠|捧|登顶|折桂|当选|金牌|拿下|颁给",
    ),
    _family(r"\binvent(?:or|ed|s)\b|发明", r"\binvent|\bdevis|\bdevelop|\bcreat|\bpatent|\bdesign|创造|研制"),
)
"""Roles, deeds and the time of day in both languages: how they are asked for, and how else an article may tell them."""

_PAID: Final = (
    _family(r"\brents?\b|\brental\b|[年月日]?租金|房租|[年月日]租", r"\brent|\bleas|租"),
    _family(r"\bfares?\b|\bticket prices?\b|票价|[车船机]票|车费", r"\bticket|\bcost|\bpa(?:y|ys|id)\b|票|收费|每人"),
    _family(r"\bsalar\w+|\bwages?\b|工资|薪", r"\bpa(?:y|ys|id)\b|\bearn|\bincome|收入|挣|赚|报酬"),
    _family(r"\btuition\b|学费", r"\bfees?\b|\bpa(?:y|ys|id)\b|\bcost|收费|费用"),
    _family(r"\bfine[ds]?\b|罚[款金单]", r"\bpenalt|\bpa(?:y|ys|id)\b|罚"),
    _family(
        r"(?<!after )(?<!before )\btax(?:es)?\b|税[收款额金]|多少税",
        r"\btax|\bdut(?:y|ies)\b|\btariff|\blev(?:y|ies)\b|\bfiscal|税|财政",
    ),
    _family(r"\bprofits?\b|利润|盈利", r"\bprofit|\bearn|\bnet income|\bgains?\b|\bloss|盈|利润|净赚|赚|获利|亏"),
    _family(
        r"\bdebts?\b|债务?|负债", r"\bdebt|\bow(?:e|es|ed|ing)\b|\bborrow|\bloans?\b|\bbonds?\b|\bliabilit|债|欠|贷|借"
    ),
    _family(r"\bsubsid(?:y|ies)\b|补[贴助]", r"\bsubsid|\bgrants?\b|\baid\b|\bsupport|\bfund|补|资助|扶持|奖励"),
    _family(r"\bincomes?\b|收入", r"\bearn|\brevenue|\bwages?\b|\bsalar|挣|赚|工资|营收"),
    _family(r"\bper (?:capita|person|head)\b|人均", r"\beach\b|\baverage|每人|平均"),
    _family(r"\bbudgets?\b|预算", r"\bbudget|\bspend|\bcost|\bexpen|预算|支出|开支|花费|投入"),
)
"""The same of what is paid, earned or owed."""

_PLACES: Final = (
    _family(r"\bcapital\b|首都|省会|首府"),
    _family(
        r"\bhometown\b|\bbirthplace|\bnative\b|(?:哪[里儿]|什么地方|哪个?[省市县国])人|故乡|老家|籍贯",
        r"\bborn\b|\bbirth|出生|\bgrew up|\bcomes? from|\bnative of|\braised|生于|来自|祖籍|[省市县区村镇州]人",
    ),
    _family(r"\bheadquarter\w*|\bhead office|总部", r"\bbased\b|\bHQ\b|位于|设在|坐落"),
)
"""The same of places."""

_POPULATION: Final = _family(
    r"\bpopulation\b|(?<=how many )(?:people|inhabitants|residents) (?:live[ds]?|reside[ds]?|are living)\b"
    r"|(?<=how many )people (?:are |were )?(?:there )?in (?=[A-Z]\w+\W*$)"
    r"|(?:总|常住)?人口|(?<=多少)人(?:居住|生活|住)|(?:居住|生活|住)着?(?=多少人)"
    r"|^[^，,的里]{2,4}(?<![司校班队厂店家院团部局所会])有(?=多少人\W*$)",
    r"\bresidents?\b|\binhabit|\bpeople (?:who )?liv|\bhome to\b|\bcensus|常住|居民|户籍|人居住|人生活"
    r"|(?<![\d.])(?<!其中)[\d.]+万人(?!次)",
)
_SIZE: Final = _family(
    r"^(?:and )?how (?:big|large) (?:is|was) (?=(?:the city of )?(?-i:[A-Z]\w+ ?)+\W*$)|^[^，,的]{2,5}有多大\W*$",
    rf"{_POPULATION[1].pattern}|\bsquare\b|\bhectares?\b|\bacres?\b|km²|平方|公顷|亩|面积",
)
"""How large a place is: told by who lives there, or by its area."""
_LIVING: Final = _family(
    r"(?<=how many )(?!people|inhabitants|residents)(?:[\w-]+ ){1,3}(?:live[ds]?|reside[ds]?|are living)\b"
    r"|长期?(?:居住|住在?)|常住(?!人口)|长住|定居",
    r"\bresid|\bliv(?:e|es|ed|ing)\b|\bsettled|\bhome to\b|居住|常住|长住|住在|定居|居民",
)
"""The same of those who live somewhere: of all, and of some."""

_OF_TYPE: Final = {
    AnswerType.MONEY: _PAID,
    AnswerType.NUMBER: (_SIZE, *_PAID),
    AnswerType.COUNT: (_POPULATION, _LIVING, *_PAID),
    AnswerType.PLACE: _PLACES,
}
"""What a type of question implies otherwise than someone's role."""
_STRICT: Final = frozenset({*_OF_TYPE, AnswerType.REASON, AnswerType.PERSON, AnswerType.NAME})
"""Types of which one is asked for; others imply a role only where it speaks."""
_FORMER: Final = re.compile(
    r"(?:\bformer(?:ly)?|\bex-?|\bprevious|\bretired|\bonce)(?: (?!and\b)[\w-]+){0,2} ?$"
    r"|(?<![目之以提])前任?[^\s，。、]{0,4}$",
    re.I,
)
"""Before a role that someone has no longer."""
_OF_THE_PAST: Final = re.compile(
    r"\b(?:was|were|former|ex-|previous|first|last|once|used to)\b"
    r"|(?<![目之以提])前|曾|首任|第一任|时任|当时|原来",
    re.I,
)
"""Asks for someone who may have it no longer."""


def absent_nearby(question: Question, near: str) -> tuple[str, ...]:
    """The words of a question that tell how something ended, who or what payment is asked for, where no like is told.

    Args:
        question: As analysed.
        near: What stands around the answer.
    """
    implied = _implied(question)
    told = fold(near) if implied else ""
    return tuple(asked for asked, telling in implied if not telling.search(told))


def implied_words(question: Question) -> tuple[str, ...]:
    """The words of a question that imply something, such as a role."""
    return tuple(asked for asked, _ in _implied(question))


def tells_implied(question: Question, text: str) -> bool:
    """Whether a text tells all that a question implies, and it implies anything."""
    implied = _implied(question)
    return bool(implied) and all(telling.search(fold(text)) for _, telling in implied)


def asks_population(text: str) -> bool:
    """Whether a question asks for a population, or how large a place is."""
    return any(asked.search(fold(text)) for asked, _ in (_POPULATION, _SIZE))


def also_searched(question: Question) -> tuple[str, ...]:
    """What else to search for: a population is told in words that no question for it has.

    Args:
        question: As analysed.
    """
    if not asks_population(question.standalone):
        return ()
    name = " ".join(proper_names(question.standalone))
    return (f"{name}的常住人口 居民" if question.language == "zh" else f"population of {name}, permanent residents",)


def asks_old_name(text: str) -> bool:
    """Whether a question asks what something was called before."""
    return _OLD_NAME[0].search(fold(text)) is not None


def asks_residents(text: str) -> bool:
    """Whether a question asks how many live somewhere."""
    return any(asked.search(fold(text)) for asked, _ in (_POPULATION, _LIVING))


def tells_of_former(question: Question, text: str) -> bool:
    """Whether a text tells the role that is asked for only as one that someone has had."""
    if question.answer_type is not AnswerType.PERSON or _OF_THE_PAST.search(fold(question.standalone)):
        return False
    told = fold(text)
    held = [role for asked, telling in _implied(question) for role in _named_so(asked, told) or telling.finditer(told)]
    return bool(held) and all(_FORMER.search(told[: role.start()]) for role in held)


def _named_so(asked: str, told: str) -> list[re.Match[str]]:
    """Where a text has a role by the very word that the question has."""
    return list(re.finditer(rf"(?<!\w){re.escape(asked)}(?![a-z])", told, re.I))


@lru_cache(maxsize=64)
def _implied(question: Question) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The words of a question that imply something, each with how an article tells it."""
    asked, strict = fold(question.standalone), question.answer_type in _STRICT
    found = ((pattern.search(asked), telling) for pattern, telling in _pairs(question.answer_type))
    return tuple((match[0], telling) for match, telling in found if match and (strict or _speaks(match)))


def _pairs(kind: AnswerType) -> Iterable[tuple[re.Pattern[str], re.Pattern[str]]]:
    """How a type of question implies something, and how it is told."""
    if kind is AnswerType.REASON:
        return ((denial, denial) for denial in _DENIALS)
    return _OF_TYPE.get(kind, _ROLES)


def _speaks(role: re.Match[str]) -> bool:
    """Whether it is asked what someone of a role said."""
    return bool(_SPEAKS_EN.search(role.string[: role.start()]) or _SPEAKS_ZH.match(role.string, role.end()))
