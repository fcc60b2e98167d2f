"""Presets and the doctor: what is set, whether it works, and how to mend it."""

import json

import pytest
from scripted_models import Reply, endpoint

from assistant.cli import main
from assistant.settings import PRESETS, AssistantSettings, load_settings, settings_to_toml
from corpus.errors import UserError


def test_every_preset_loads_and_shows(tmp_path):
    assert {file.stem for file in PRESETS.glob("*.toml")} == {"embedded", "hub", "local-llm", "api"}
    for file in PRESETS.glob("*.toml"):
        settings = load_settings(None, [f"preset={file.stem}"])
        shown = tmp_path / "settings.toml"
        shown.write_text(settings_to_toml(settings), encoding="utf-8")
        assert settings.preset == file.stem
        assert load_settings(shown) == settings
    assert load_settings(None, ["preset=embedded"]) == AssistantSettings()


def test_hub_is_bge():
    index = load_settings(None, ["preset=hub"]).index
    assert (index.embedder.kind, index.embedder.model) == ("sentence_transformer", "BAAI/bge-m3")
    assert (index.reranker.kind, index.reranker.model) == ("cross_encoder", "BAAI/bge-reranker-v2-m3")


def test_file_goes_over_preset_and_set_over_both(tmp_path):
    file = tmp_path / "settings.toml"
    file.write_text('preset = "local-llm"\n[answering.model]\nmodel = "ollama:llama3"\nsources = 5\n', encoding="utf-8")
    model = load_settings(file, ["answering.model.sources=7"]).answering.model
    assert (model.model, model.sources, model.time_limit) == ("ollama:llama3", 7, 120.0)
    assert load_settings(file, ["preset=api", "answering.model.sources=7"]).answering.model.key_variable
    assert load_settings(file, ["answering.model.kind=none"]).answering.model.kind == "none"


def test_another_kind_takes_nothing_of_the_preset(tmp_path):
    file = tmp_path / "settings.toml"
    file.write_text('preset = "hub"\n[index.embedder]\nkind = "bilingual"\n', encoding="utf-8")
    settings = load_settings(file)
    assert settings.index.embedder == AssistantSettings().index.embedder
    assert settings.index.reranker.kind == "cross_encoder"


def test_an_unknown_preset_is_told_with_those_that_there_are():
    with pytest.raises(UserError, match=r"preset.*local-llm"):
        load_settings(None, ["preset=best"])


def _doctor(capsys, tmp_path, *sets):
    options = [part for item in sets for part in ("--set", item)]
    code = main(["doctor", "--json", "--home", str(tmp_path / "home"), *options])
    findings = {item["name"]: item for item in json.loads(capsys.readouterr().out)}
    return code, findings


def test_all_is_well_without_any_model(capsys, tmp_path):
    code, findings = _doctor(capsys, tmp_path)
    assert code == 0
    assert list(findings) == ["disk", "settings", "embedder", "reranker", "index", "chat model"]
    assert not any(finding["mend"] for finding in findings.values())
    assert (
        main(["add", "--home", str(tmp_path / "home"), "--set", "bundled=false", __file__.replace(".py", ".none")]) == 1
    )
    capsys.readouterr()
    assert "articles" in _doctor(capsys, tmp_path)[1]["index"]["detail"]
    assert main(["doctor", "--home", str(tmp_path / "home")]) == 0
    assert "ok    disk" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("reply", "mend"),
    [
        (Reply(status=401), "key_variable"),
        (Reply(status=404, error={"error": {"message": "no such model"}}), "answering.model.model"),
        (Reply(status=429), "Wait"),
    ],
)
def test_what_is_wrong_with_an_endpoint_is_told_with_how_to_mend_it(capsys, tmp_path, reply, mend):
    with endpoint(lambda asked: reply) as server:
        sets = [
            "answering.model.kind=chat",
            "answering.model.model=openai:x",
            f"answering.model.base_url={server.address}/v1",
        ]
        code, findings = _doctor(capsys, tmp_path, *sets)
    assert code == 1
    assert not findings["chat model"]["ok"]
    assert mend in findings["chat model"]["mend"]


def test_a_working_endpoint_and_a_dead_one(capsys, tmp_path):
    with endpoint(lambda asked: Reply("{}")) as server:
        sets = [
            "answering.model.kind=chat",
            "answering.model.model=ollama:x",
            f"answering.model.base_url={server.address}",
        ]
        assert _doctor(capsys, tmp_path, *sets)[0] == 0
    sets[2] = "answering.model.base_url=http://127.0.0.1:9"
    code, findings = _doctor(capsys, tmp_path, *sets)
    assert code == 1
    assert "ollama serve" in findings["chat model"]["mend"]


def test_wrong_settings_are_a_finding_too(capsys, tmp_path):
    code, findings = _doctor(capsys, tmp_path, "answering.passages=0")
    assert code == 1
    assert "answering.passages" in findings["settings"]["detail"]
