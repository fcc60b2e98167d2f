"""LightGBM's boosted trees written as plain data that `assistant.boosting` reads."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

SETTINGS = {
    "verbosity": -1, "num_threads": 1, "seed": 1, "deterministic": True, "learning_rate": 0.08, "num_leaves": 24,
    "min_data_in_leaf": 60, "feature_fraction": 0.5, "lambda_l2": 5.0, "max_depth": 7,
}  # fmt: skip


def export(booster: Any, features: Sequence[str]) -> dict[str, Any]:  # noqa: ANN401 - LightGBM has no types
    """The trees of a trained booster; missing values never occur, so only thresholds are kept."""
    dump = booster.dump_model()
    return {
        "features": list(features),
        "base": 0.0,
        "trees": [_flat(tree["tree_structure"]) for tree in dump["tree_info"]],
    }


def _flat(root: dict[str, Any]) -> dict[str, list[float]]:
    tree: dict[str, list[float]] = {"feature": [], "threshold": [], "left": [], "right": [], "value": []}

    def add(node: dict[str, Any]) -> int:
        place = len(tree["feature"])
        leaf = "leaf_value" in node
        tree["feature"].append(-1 if leaf else node["split_feature"])
        tree["threshold"].append(0 if leaf else float(f"{node['threshold']:.6g}"))
        tree["value"].append(float(f"{node['leaf_value']:.4g}") if leaf else 0)
        tree["left"].append(0)
        tree["right"].append(0)
        if not leaf:
            tree["left"][place] = add(node["left_child"])
            tree["right"][place] = add(node["right_child"])
        return place

    add(root)
    return tree


def rounded(content: Mapping[str, Any]) -> str:
    """JSON that can be read and compared: one line for each list and each word."""
    text = json.dumps(content, ensure_ascii=False, indent=1)
    return re.sub(r"\[[^\[\]{}]*\]", lambda match: " ".join(match.group().split()), text) + "\n"
