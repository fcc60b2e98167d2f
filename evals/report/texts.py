"""Every word of the report, in English and in Chinese."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    # headings
    "report": ("Eval report", "评测报告"),
    "comparison": ("Comparison of two runs", "两次评测的比较"),
    "headline": ("Headline", "要点"),
    "where": ("Where it is right", "哪些问题答得对"),
    "knowing": ("Knowing when to say no", "该不该回答"),
    "waiting": ("Waiting time", "等待时间"),
    "groups": ("All figures by group", "分组指标"),
    "questions": ("Questions", "问题"),
    "made_with": ("Made with", "运行环境"),
    "changes": ("What changed", "哪些变了"),
    # figures
    "correct": ("Correct", "回答正确"),
    "proved": ("Correct and rightly quoted", "正确且引文恰当"),
    "quotes_verbatim": ("Quotes verbatim at their offsets", "引文逐字相符"),
    "quotes_support": ("Quotes hold the answer", "引文含有答案"),
    "first_quote_supports": ("First quote holds the answer", "首条引文含有答案"),
    "first_quote_from_gold": ("First quote from a gold article", "首条引文出自标准文章"),
    "evidence_overlap": ("A quote overlaps the gold sentence", "引文与标准句重合"),
    "citation_recall": ("Citation recall", "引用召回率"),
    "citation_precision": ("Citation precision", "引用精确率"),
    "refused_rightly": ("Unanswerable refused", "无答案时拒答"),
    "false_refusal": ("False refusals", "误拒"),
    "wrong_answer": ("Wrong answers", "答错"),
    "conflict_recall": ("Conflicting values shown", "矛盾说法均列出"),
    "exact_match": ("Exact match", "完全匹配"),
    "f1": ("F1 of the short answer", "简答 F1"),
    "answer_length": ("Answer length, words", "回答长度（词）"),
    # plots
    "share": ("share of questions", "问题占比"),
    "coverage": ("coverage: share of questions answered", "覆盖率：作答问题的占比"),
    "risk": ("risk: share of answers that are wrong", "风险：答错的占比"),
    "confidence": ("stated confidence", "给出的置信度"),
    "accuracy": ("share that is correct", "实际正确率"),
    "seconds": ("seconds", "秒"),
    "count": ("questions", "问题数"),
    "perfect": ("perfectly calibrated", "理想校准"),
    "median": ("median", "中位数"),
    "p95": ("95 %", "95 %"),
    # captions
    "where_caption": (
        "Dots are means, lines their 95 % intervals (seeded bootstrap), numbers how many questions were scored.",
        "圆点为均值，横线为 95% 区间（固定种子的自助法），数字为计分的问题数。",
    ),
    "risk_caption": (
        "If only the most confident answers were given: how many would be given, and how many of them wrong.",
        "若只给出最有把握的回答：能回答多少问题，其中多少是错的。",
    ),
    "calibration_caption": (
        "On the diagonal, answers given with 70 % confidence are right in 70 % of cases. Dots grow with the count.",
        "落在对角线上表示：置信度 70% 的回答有 70% 是对的。圆点越大，回答越多。",
    ),
    "latency_caption": ("Time from question to whole answer.", "从提问到完整回答的时间。"),
    "groups_caption": (
        "Means with 95 % intervals; n counts the group's questions. A dash: none of them could be scored.",
        "均值与 95% 区间；n 为该组问题数；短横表示该组没有可计分的问题。",
    ),
    # question table
    "search": ("Search questions and answers", "搜索问题与回答"),
    "all_directions": ("all directions", "所有方向"),
    "all_kinds": ("all kinds", "所有类型"),
    "all_types": ("all answer types", "所有答案类型"),
    "all_results": ("all results", "所有结果"),
    "right": ("right", "对"),
    "wrong": ("wrong", "错"),
    "unproved": ("right, not proved", "对，但引文不当"),
    "unscored": ("not scored", "未计分"),
    "shown": ("shown", "条显示"),
    "answer": ("Answer", "回答"),
    "quotes": ("Quotes", "引文"),
    "expected": ("Expected", "标准答案"),
    "why": ("Why it was scored so", "计分理由"),
    "earlier": ("Earlier turns", "此前对话"),
    "no_answer": ("(no answer text)", "（没有回答文字）"),
    "no_quotes": ("No quotes.", "没有引文。"),
    "refusal_expected": ("The articles do not tell: a refusal is right.", "文章没有提到：应当拒答。"),
    "gold_sentences": ("Sentences that prove it", "可作依据的句子"),
    "all_values": ("every value must be shown", "各种说法都须列出"),
    "scores": ("Scores", "各项得分"),
    # kinds and dimensions
    "answerable": ("answerable", "有答案"),
    "unanswerable": ("unanswerable", "无答案"),
    "conflict": ("conflict", "说法矛盾"),
    "follow_up": ("follow-up", "追问"),
    "all": ("all", "全部"),
    "direction": ("direction", "方向"),
    "kind": ("kind", "类型"),
    "answer_type": ("answer type", "答案类型"),
    "tag": ("tag", "标签"),
    # summary words
    "of_questions": ("questions", "个问题"),
    "auroc": ("AUROC of the confidence", "置信度 AUROC"),
    "calibration_error": ("Calibration error", "校准误差"),
    "refused_at_ten": ("Unanswerable refused at 10 % false refusals", "误拒 10% 时的拒答率"),
    "area_under_risk": ("Area under the risk curve", "风险曲线下面积"),
    "p50": ("Median waiting time", "等待时间中位数"),
    "theme": ("Light or dark", "浅色或深色"),
    "language": ("中文", "English"),
    "better_low": ("lower is better", "越低越好"),
    # comparison
    "before": ("before", "之前"),
    "after": ("after", "之后"),
    "difference": ("difference", "差"),
    "p_value": ("p", "p"),
    "fixed": ("fixed", "改对"),
    "broken": ("broken", "改错"),
    "changed": ("answer changed", "回答变了"),
    "same": ("unchanged", "未变"),
    "mcnemar": ("McNemar's exact test", "McNemar 精确检验"),
    "figure": ("figure", "指标"),
    "paired": (
        "Paired on the same questions: difference with its 95 % interval (paired bootstrap) and two-sided p.",
        "在相同问题上配对比较：差值及其 95% 区间（配对自助法）与双侧 p 值。",
    ),
    "not_paired": ("Questions that only one of the runs has are left out", "只出现在一次评测中的问题不计入"),
}
"""Key -> (English, Chinese)."""


def english(key: str) -> str:
    """The English text of a key; an unknown key stands for itself."""
    return TEXTS.get(key, (key, key))[0]
