"""Settings are data: defaults, a file, overrides; every fault is told at once, as a path."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.settings import AnsweringSettings, AssistantSettings, load_settings, settings_to_toml
from corpus.errors import UserError


def test_later_sources_win(tmp_path):
    file = tmp_path / "settings.toml"
    file.write_text("bundled = false\n[answering]\npassages = 5\nsuggestions = 1\n", encoding="utf-8")
    settings = load_settings(file, ["answering.passages=7"])
    assert settings.bundled is False
    assert settings.answering == AnsweringSettings(passages=7, suggestions=1)


def test_without_any_source_all_is_default(tmp_path):
    assert load_settings(tmp_path / "none.toml") == AssistantSettings()


def test_all_faults_are_named_as_paths():
    with pytest.raises(UserError) as caught:
        load_settings(None, ["answering.passages=0", "answering.colour=red", "nothing=1"])
    for path in ("answering.passages", "answering.colour", "nothing"):
        assert path in caught.value.message
    assert "\n" not in caught.value.message


@pytest.mark.parametrize("override", ["answering", "=3", "answering.=3", "bundled.deeper=1=", ".=."])
def test_a_broken_override_is_one_line(override):
    with pytest.raises(UserError):
        load_settings(None, ["bundled=true", override])


@pytest.mark.parametrize("content", [b"[answering", b"\xff\xfe\x00", b"a = \n"])
def test_a_broken_file_is_one_line(tmp_path, content):
    file = tmp_path / "settings.toml"
    file.write_bytes(content)
    with pytest.raises(UserError, match=r"settings\.toml"):
        load_settings(file)


@given(st.integers(1, 100), st.integers(0, 10), st.booleans())
def test_what_is_shown_reads_back_equal(passages, suggestions, bundled):
    settings = AssistantSettings(
        bundled=bundled, answering=AnsweringSettings(passages=passages, suggestions=suggestions)
    )
    import tomllib

    assert AssistantSettings.model_validate(tomllib.loads(settings_to_toml(settings))) == settings
