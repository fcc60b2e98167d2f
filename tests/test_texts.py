import re
import string

import pytest

from assistant.texts import both, keys, text


@pytest.mark.parametrize("key", keys())
def test_every_text_is_there_in_both_languages_with_the_same_places_to_fill(key):
    words = both(key)
    assert words == {"en": text(key, "en"), "zh": text(key, "zh")}
    places = [sorted(name for _, name, _, _ in string.Formatter().parse(value) if name) for value in words.values()]
    assert words["en"]
    assert words["zh"]
    assert places[0] == places[1]


@pytest.mark.parametrize("key", [key for key in keys() if key != "other_language"])
def test_each_language_is_written_in_its_own_characters(key):
    assert re.search("[一-鿿]", text(key, "zh"))
    assert not re.search("[一-鿿]", text(key, "en"))


def test_an_unknown_key_is_a_fault():
    with pytest.raises(KeyError):
        text("no such words", "en")


def test_keys_of_the_page_script_exist(repository):
    rooms = (repository / "assistant" / "web" / "scripts").glob("*.js")
    script = "".join(room.read_text(encoding="utf-8") for room in rooms)
    asked = set(re.findall(r'word\("(\w+)"\)', script))
    assert asked
    assert asked <= set(keys())
