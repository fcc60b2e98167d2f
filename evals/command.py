"""Arguments of `python -m evals` and what each verb does."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from corpus.errors import UserError

Say = Callable[[str], None]


def arguments() -> argparse.ArgumentParser:
    """The parser of the command line."""
    parser = argparse.ArgumentParser(prog="python -m evals", description="How often the assistant is right.")
    verbs = parser.add_subparsers(dest="verb", required=True)
    _run_arguments(verbs.add_parser("run", help="ask a set of questions and score the answers"))
    _compare_arguments(verbs.add_parser("compare", help="what changed between two runs of one set"))
    report = verbs.add_parser("report", help="write the report of a finished run anew")
    report.add_argument("folder", type=Path, help="folder of the run")
    baseline = verbs.add_parser("baseline", help="keep a run's figures for CI, and write them into the README")
    baseline.add_argument("folder", type=Path, nargs="?", help="folder of the run to keep (default: keep what is kept)")
    baseline.add_argument("--readme", type=Path, action="append", default=[], help="file with the table's marks")
    baseline.add_argument("--check", action="store_true", help="change no README; exit with 3 when one is not current")
    new = verbs.add_parser("new", help="draft examples from articles, for a person to review")
    new.add_argument("articles", type=Path, nargs="+", help="files or folders")
    new.add_argument("--out", type=Path, required=True, help="JSON Lines file to write")
    new.add_argument("--most", type=whole_number, default=4, help="drafts for each article (default 4)")
    feedback = verbs.add_parser("from-feedback", help="turn thumbs from the web page into examples that await review")
    feedback.add_argument("feedback", type=Path, help="JSON Lines file that the web page wrote")
    feedback.add_argument("--out", type=Path, required=True, help="JSON Lines file to write")
    scale = verbs.add_parser("scale", help="how a large drawn collection builds, opens and answers, filtered and not")
    scale.add_argument("--chunks", type=int, default=100_000, help="size of the collection (default 100,000)")
    scale.add_argument("--out", type=Path, default=Path("out/scale"), help="folder for collection and figures")
    scale.add_argument("--keep", action="store_true", help="search the collection of the last time")
    speed = verbs.add_parser("speed", help="time of a query and of indexing, beside LangChain's tutorial pipeline")
    speed.add_argument("--chunks", type=whole_number, default=10_000, help="size of the collection (default 10,000)")
    speed.add_argument(
        "--indexed", type=whole_number, default=1_000, help="passages that both pipelines index (default 1,000)"
    )
    speed.add_argument("--out", type=Path, default=Path("out/speed"), help="folder for collections and figures")
    speed.add_argument("--web", action="store_true", help="measure the web page instead")
    speed.add_argument("--encoder", action="store_true", help="measure the bundled Chinese encoder instead")
    speed.add_argument("--baselines", action="store_true", help="index with the tutorial pipeline too")
    return parser


def dispatch(options: argparse.Namespace, say: Say) -> int:
    """Do what the options say, telling results with `say`; returns the exit status."""
    match options.verb:
        case "run" if options.data:
            return _bench(options, say)
        case "run":
            from evals.own import run_own

            return run_own(options, say)
        case "compare":
            from evals.comparing import compare_command

            return compare_command(options, say)
        case "report":
            from evals.report import write_report

            say(f"Report: {write_report(options.folder)}")
        case "baseline":
            from evals.baseline import baseline_command

            return baseline_command(options, say)
        case "new":
            from evals.drafting import draft_command

            return draft_command(options, say)
        case "from-feedback":
            from evals.feedback import feedback_command

            return feedback_command(options, say)
        case "scale" | "speed":
            return _measure(options, say)
    return 0


def _measure(options: argparse.Namespace, say: Say) -> int:
    if options.verb == "scale":
        from evals.scale import scale_command

        return scale_command(options, say)
    if options.web:
        from evals.speed_web import web_command

        return web_command(options, say)
    if options.encoder:
        from evals.speed_encoder import encoder_command

        return encoder_command(options, say)
    from evals.speed import speed_command

    return speed_command(options, say)


def _bench(options: argparse.Namespace, say: Say) -> int:
    from assistant.settings import load_settings
    from evals.bench.running import Plan, chosen_sets, run_bench

    if not options.data.is_dir():
        raise UserError(f"There is no folder {options.data}.", "Name the folder that holds the sets.")
    plan = Plan(
        data=options.data,
        sets=chosen_sets(options.set),
        out=options.out,
        limit=options.limit,
        retrieval=options.only != "answers",
        answers=options.only != "retrieval",
        baselines=options.baselines,
        ablation=options.ablation,
        mixed=options.mixed,
        settings=load_settings(None, options.setting),
    )
    run_bench(plan, say)
    return 0


def whole_number(given: str) -> int:
    """A count of at least 1, as an option gives it."""
    value = int(given)
    if value < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return value


def _run_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--set", default="", help="JSON Lines file, or with --data names of external sets, or all")
    parser.add_argument("--out", type=Path, default=Path("out/eval"), help="folder for records and report (out/eval)")
    parser.add_argument(
        "--setting",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="override a setting of the assistant, such as index.embedder.precision=float32",
    )
    parser.add_argument("--home", type=Path, help="home folder of the collection asked (default: the bundled articles)")
    parser.add_argument("--limit", type=whole_number, help="only so many questions, chosen by a fixed seed")
    parser.add_argument("--jobs", type=whole_number, default=1, help="questions asked at once (default 1)")
    parser.add_argument("--fresh", action="store_true", help="ask everything anew")
    parser.add_argument("--open", action="store_true", help="open the report in a browser")
    parser.add_argument("--fail-under", action="append", default=[], metavar="FIGURE=VALUE", help="else exit with 3")
    external = parser.add_argument_group("external sets")
    external.add_argument("--data", type=Path, help="folder of external sets")
    external.add_argument("--only", choices=["retrieval", "answers"], help="one half of the figures")
    external.add_argument("--baselines", action="store_true", help="measure what a user would else build, too (slow)")
    external.add_argument("--ablation", action="store_true", help="measure the search with each signal off")
    external.add_argument("--mixed", action="store_true", help="also search all chosen sets in one index")


def _compare_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("before", type=Path, help="folder of a run, its summary.json, or evals/baseline.json")
    parser.add_argument("after", type=Path, help="folder of a run")
    parser.add_argument("--out", type=Path, help="folder for the report of the comparison")
    parser.add_argument("--fail-under", action="append", default=[], metavar="FIGURE=VALUE", help="else exit with 3")
    parser.add_argument("--no-regression", action="store_true", help="exit with 3 when it became worse")
