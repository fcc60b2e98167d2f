"""Words that carry no content in a search: articles, pronouns, auxiliaries, question words, particles."""

from __future__ import annotations

import re

from corpus.records import Span

_ENGLISH_WORDS = """
a an the this that these those some any each every either neither both all another other such own same i me my
mine myself we us our ours ourselves you your yours yourself yourselves he him his himself she her hers
herself it its itself they them their theirs themselves one ones who whom whose which what when where why how
whether whatever whichever whoever am is are was were be been being do does did doing done have has had having
will would shall should can could may might must and or but nor if then else than because as until while of at
by for with about against between into through during before after above below to from up down in out on off
over under again further once here there not no only so too very just also even still yet however therefore
thus although though since upon within without among toward towards across per via s t didn doesn isn aren
wasn weren wouldn couldn shouldn hasn haven hadn ain d ll m re ve say says said
"""
_CHINESE_WORDS = """
的 地 得 了 着 过 和 与 与其 及 以及 或 或者 而 而且 并 并且 但 但是 却 则 因 因为 所以 由 由于 于
在 从 自 向 往 对 对于 关于 为 为了 以 把 被 将 给 让 使 使得 令 是 有 也 都 就 才 又 再 还 很
更 最 太 不 没 没有 未 无 非 这 那 这个 那个 这些 那些 这样 那样 此 该 其 之 某 每 各 它 它们 他
他们 她 她们 我 我们 你 你们 您 自己 咱们 什么 甚么 怎么 怎样 怎么样 如何 为什么 为何 为啥 哪 哪个 哪些
哪里 哪儿 哪一 哪位 哪种 谁 几 几个 多少 何 何时 何地 何处 何人 吗 呢 吧 啊 呀 嘛 哦 么 些 个 位 名
只 条 件 座 种 所 一个 一些 一种 一位 一名 一座 一次 上 下 中 里 内 外 前 后 时 时候 等 等等 即 若
如 如果 虽 虽然 尽管 不过 然而 因此 于是 那么 之间 之后 之前 之中 以来 以后 以前 其中 其他 其它 可 可以
能 能够 会 要 应 应该 必须 曾 曾经 已 已经 正 正在 仍 仍然 便 地说 来说 至 到 比 跟 同 请 请问
请告诉 告诉 被称为 年 月 日 第 届 次 号 岁 有多少 多大 多长 多久 多远 多高 是否 有没有 做 属于 称为 叫
叫做 名叫
"""
_ASKING = re.compile(
    r"\b(?:by )?how (?:much|many|large|big|small|high|low|long|old|far|fast|tall|deep|wide|heavy|quickly|often)\b"
    r"|多少|多[大高长远深快宽重久](?![年月日])|百分之几|几分之几|什么样|怎么样?|怎样|如何|为什么|为何|什么时候|哪一?[年天月日个位家座所种类些]|几[年月日号个位家座种]",
    re.IGNORECASE,
)
_WORDS = frozenset(_ENGLISH_WORDS.split()) | frozenset(_CHINESE_WORDS.split())


def is_function_word(word: str) -> bool:
    """Whether a word, in lower case and Simplified characters, carries no content in a search."""
    return word in _WORDS


def asking_spans(text: str) -> list[Span]:
    """Where a question's asking words stand, whose own words no answer repeats: "how much", 多大, 哪一年."""
    return [Span(*match.span()) for match in _ASKING.finditer(text)]
