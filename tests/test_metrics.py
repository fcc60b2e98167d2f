"""Worked values: most from the official scripts or papers named in each metric's file."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.records import Span
from evals.metrics import calibration, cmrc, containment, evidence_overlap, retrieval, squad
from evals.metrics.abstention import area_under_risk, auroc, best_refusals, refusals_at, risk_coverage
from evals.metrics.citations import citation_score, statements, supports
from evals.metrics.latency import latency
from evals.metrics.names import names_match
from evals.metrics.quantity import quantities_match
from evals.metrics.quote_support import quotes_support
from evals.records import CitedQuote

texts = st.text(alphabet="ab1 中国。%,.", max_size=12)


class TestSquad:
    @pytest.mark.parametrize(
        ("prediction", "accepted", "exact", "f1"),
        [
            ("The Broncos.", ["broncos"], 1.0, 1.0),
            ("a  Quick, brown fox", ["quick brown fox"], 1.0, 1.0),
            ("10 July 1856", ["July 1856"], 0.0, 0.8),  # 2 of 3 tokens, 2 of 2: 2 * (2/3) / (5/3)
            ("a b b b", ["b b c"], 0.0, 2 * (2 / 3) * (2 / 3) / (4 / 3)),  # "a" is an article; a bag counts repetitions
            ("no", ["yes"], 0.0, 0.0),
            ("", ["yes"], 0.0, 0.0),
            ("", [], 0.0, 0.0),
            ("Denver", ["Boston", "Denver Broncos"], 0.0, 2 / 3),
        ],
    )
    def test_official_values(self, prediction, accepted, exact, f1):
        assert squad.exact_match(prediction, accepted) == exact
        assert squad.token_f1(prediction, accepted) == pytest.approx(f1)


class TestCmrc:
    @pytest.mark.parametrize(
        ("prediction", "accepted", "exact", "f1"),
        [
            ("北京。", ["北京"], 1.0, 1.0),
            ("国家主席", ["中国国家主席"], 0.0, 2 * 1.0 * (4 / 6) / (1 + 4 / 6)),
            ("光荣和ω-force", ["光荣和ω-force"], 1.0, 1.0),
            ("1998年8月", ["1998年"], 0.0, 2 * (2 / 4) / (1.5)),  # pieces 1998 年 8 月; run of 2
            (
                "北京上海",
                ["北海"],
                0.0,
                2 * (1 / 4) * (1 / 2) / (3 / 4),
            ),  # longest run is one character, not a bag of two
            ("无", ["有"], 0.0, 0.0),
        ],
    )
    def test_official_values(self, prediction, accepted, exact, f1):
        assert cmrc.exact_match(prediction, accepted) == exact
        assert cmrc.character_f1(prediction, accepted) == pytest.approx(f1)

    @given(texts, texts)
    def test_f1_is_symmetric_and_bounded(self, first, second):
        forward = cmrc.character_f1(first, [second])
        assert forward == pytest.approx(cmrc.character_f1(second, [first]))
        assert 0.0 <= forward <= 1.0
        assert squad.token_f1(first, [second]) == pytest.approx(squad.token_f1(second, [first]))

    @given(texts)
    def test_a_text_matches_itself(self, text):
        assert cmrc.exact_match(text, [text]) == 1.0
        assert cmrc.character_f1(text, [text]) == (1.0 if cmrc.segment(text) else 0.0)


class TestContainment:
    @pytest.mark.parametrize(
        ("text", "accepted", "found"),
        [
            ("Over 88 percent [1].", "88 percent", True),
            ("It rose by 1.8 percent", "8 percent", False),
            ("188 items", "88", False),
            ("12,500 shops", "12500", True),
            ("It will start soon", "art", False),
            ("超过８８％。", "88%", True),
            ("新加坡和越南", "越南", True),
            ("", "x", False),
            ("anything", "!!", False),
        ],
    )
    def test_pieces_not_letters(self, text, accepted, found):
        assert containment.contains(text, accepted) is found

    def test_length_counts_what_is_read(self):
        assert containment.length("Over 88 percent [1].") == 3
        assert containment.length("约占七成[2]") == 4

    @given(texts, texts, texts)
    def test_more_text_never_loses_a_piece_run(self, before, text, after):
        accepted = text
        if containment.pieces(accepted):
            assert containment.contains(f"{before} | {text} | {after}", accepted)


class TestNames:
    @pytest.mark.parametrize(
        ("text", "name", "found"),
        [
            ("Lee, Maria", "Maria Lee", True),
            ("It was Mr. Maria J. Lee", "Maria Lee", True),
            ("玛丽亚·李说", "玛丽亚李", True),
            ("the Xi'an city wall", "Xian", True),
            ("Christian", "Ian", False),
            ("Maria went. Later that day came a man called Lee", "Maria Lee", False),
            ("X", "X", False),
        ],
    )
    def test_ways_of_writing(self, text, name, found):
        assert names_match(text, name) is found


class TestRetrieval:
    def test_ranks(self):
        ranking = ["d", "a", "a", "b"]
        assert retrieval.first_hit(ranking, {"a", "b"}) == 2
        assert retrieval.hit_at(ranking, {"a"}, 1) == 0.0
        assert retrieval.reciprocal_rank(ranking, {"b"}, 10) == 0.25
        assert retrieval.reciprocal_rank(ranking, {"b"}, 3) == 0.0
        assert retrieval.recall_at(ranking, {"a", "b", "z"}, 3) == pytest.approx(2 / 3)
        assert retrieval.recall_at(ranking, set(), 3) is None

    def test_ndcg_worked_value(self):
        # hits at ranks 1 and 3 of two relevant: (1 + 1/2) / (1 + 1/log2(3))
        assert retrieval.ndcg_at(["a", "x", "b"], {"a", "b"}) == pytest.approx(1.5 / (1 + 1 / math.log2(3)))
        assert retrieval.ndcg_at([], {"a"}) == 0.0
        assert retrieval.ndcg_at(["a"], set()) is None

    @given(st.permutations(["a", "b", "c", "d"]))
    def test_bounds(self, ranking):
        gold = {"a", "c"}
        values = [
            retrieval.ndcg_at(ranking, gold),
            retrieval.reciprocal_rank(ranking, gold),
            retrieval.hit_at(ranking, gold, 2),
        ]
        assert all(0.0 <= value <= 1.0 for value in values)
        assert (retrieval.ndcg_at(ranking, gold) == pytest.approx(1.0)) == (set(ranking[:2]) == gold)


class TestAbstention:
    def test_auroc_against_counting_pairs(self):
        assert auroc([0.9, 0.8, 0.4], [0.5, 0.4]) == pytest.approx((2 + 2 + 0.5) / 6)
        assert auroc([], [0.1]) is None

    @given(
        st.lists(st.sampled_from([0.0, 0.25, 0.5, 1.0]), min_size=1),
        st.lists(st.sampled_from([0.0, 0.5, 0.75]), min_size=1),
    )
    def test_auroc_is_the_share_of_pairs(self, right, wrong):
        pairs = [(a > b) + 0.5 * (a == b) for a in right for b in wrong]
        assert auroc(right, wrong) == pytest.approx(sum(pairs) / len(pairs))

    def test_risk_coverage_takes_ties_together(self):
        points = risk_coverage([0.9, 0.5, 0.5, 0.1], [1, 0, 1, 0])
        assert [(point.coverage, point.risk) for point in points] == [
            (0.25, 0.0),
            (0.75, pytest.approx(1 / 3)),
            (1.0, 0.5),
        ]
        assert area_under_risk([0.9, 0.5, 0.5, 0.1], [1, 0, 1, 0]) == pytest.approx(0.5 / 3 + 0.25 * 0.5)
        assert area_under_risk([], []) is None

    def test_refusals_at_allowed_false_refusals(self):
        answerable, unanswerable = [0.9, 0.8, 0.7, 0.2], [0.75, 0.3, 0.1]
        assert refusals_at(0.5, answerable, unanswerable).false_refusals == 0.25
        best = best_refusals(answerable, unanswerable, 0.25)
        assert best is not None
        assert (best.threshold, best.refused, best.false_refusals) == (0.7, pytest.approx(2 / 3), 0.25)
        assert best_refusals([], unanswerable, 0.1) is None


class TestCalibration:
    def test_worked_value(self):
        # bin 0.8-0.9: mean confidence .85, accuracy .5, two of three answers; bin 0.2-0.3: .25 and 0
        error = calibration.calibration_error([0.8, 0.9 - 1e-9, 0.25], [1, 0, 0])
        assert error == pytest.approx((2 * 0.35 + 0.25) / 3, abs=1e-6)
        assert calibration.calibration_error([], []) is None

    @given(st.lists(st.tuples(st.floats(0, 1), st.sampled_from([0.0, 1.0])), max_size=20))
    def test_bins_hold_everything(self, pairs):
        bins = calibration.calibration_bins([a for a, _ in pairs], [b for _, b in pairs])
        assert sum(part.count for part in bins) == len(pairs)
        assert all(part.low - 1e-9 <= part.confidence <= part.high + 1e-9 for part in bins if part.count)


class TestEvidence:
    def test_spans(self):
        assert evidence_overlap.spans_overlap(Span(0, 5), [Span(4, 9)]) == 1.0
        assert evidence_overlap.spans_overlap(Span(0, 4), [Span(4, 9)]) == 0.0
        assert evidence_overlap.spans_overlap(Span(0, 4), []) is None

    def test_texts(self):
        marked = ["The bridge opened in May, said Lin."]
        assert evidence_overlap.texts_overlap("the bridge opened in May", marked) == 1.0
        assert evidence_overlap.texts_overlap("A dam broke.", marked) == 0.0
        assert evidence_overlap.texts_overlap("", marked) == 0.0
        assert evidence_overlap.texts_overlap("x", []) is None


def test_latency_percentiles():
    times = latency([0.1, 0.2, 0.3, 0.4, 1.0])
    assert times is not None
    assert (times.count, times.p50, times.p95, times.longest) == (5, pytest.approx(0.3), pytest.approx(0.88), 1.0)
    assert latency([]) is None


class TestQuantities:
    @pytest.mark.parametrize(
        ("text", "accepted", "equal"),
        [
            ("占了35%", "35 percent", True),
            ("about 2.4 million people", "about 2.4 million", True),
            ("三分之一", "one third", True),
            ("12 percent", "21 percent", False),
            ("no number", "21 percent", False),
            ("anything", "a name", None),
        ],
    )
    def test_by_value(self, text, accepted, equal):
        assert quantities_match(text, accepted) is equal


class TestCitations:
    QUOTES = ("The mill ground 40 tonnes of flour in May.", "Its owner is Piet Vos.", "The mill stands by the river.")

    def test_statements_keep_their_marks(self):
        text = "It ground 40 tonnes [1]. Piet Vos owns it [2]."
        assert statements(text) == [("It ground 40 tonnes .", (1,)), ("Piet Vos owns it .", (2,))]

    def test_everything_supported(self):
        score = citation_score("The mill ground 40 tonnes [1]. The owner is Piet Vos [2].", self.QUOTES)
        assert (score.recall, score.precision, score.statements) == (1.0, 1.0, 2)

    def test_a_pointer_states_nothing(self):
        assert statements("It ground 40 tonnes [1]. See also [2].") == [("It ground 40 tonnes .", (1,))]
        assert [cited for _, cited in statements("磨了40吨 [1]。另见 [2]。")] == [(1,)]

    def test_needless_citation_costs_precision_only(self):
        score = citation_score("The mill ground 40 tonnes [1][2].", self.QUOTES)
        assert (score.recall, score.precision) == (1.0, 0.5)

    def test_altered_number_and_missing_mark_cost_recall(self):
        assert citation_score("The mill ground 45 tonnes [1].", self.QUOTES).recall == 0.0
        assert citation_score("The mill ground 40 tonnes.", self.QUOTES).recall == 0.0
        assert citation_score("The mill ground 40 tonnes [9].", self.QUOTES).recall == 0.0

    def test_across_languages_only_numbers_can_be_scored(self):
        assert supports(["The mill ground 40 tonnes."], "磨坊磨了40吨") is True
        assert supports(["Its owner is Piet Vos."], "主人是皮特") is None
        assert citation_score("主人是皮特[1]。", self.QUOTES[1:2]).recall is None


class TestQuoteSupport:
    @pytest.mark.parametrize(
        ("groups", "kind", "expected"),
        [
            ([["yes", "是"], ["first", "首个"]], "yes_no", 1.0),
            ([["yes", "是"], ["largest", "最大"]], "yes_no", 0.0),
            ([["yes", "是"]], "yes_no", 0.0),
            ([["yes", "是"], ["first", "首个"]], "other", 0.0),
        ],
    )
    def test_of_yes_and_no_the_ground_is_looked_for(self, groups, kind, expected):
        quotes = [CitedQuote("It was the first city to do so.", source="a.md")]
        assert quotes_support(quotes, groups, ["a.md"], kind) == expected
