"""Every key is bound once, and the help knows it."""

from itertools import chain

from tui.view.keys import BINDINGS, help_rows, key_name
from tui.view.reader import Reader


def keys() -> list[str]:
    return list(chain.from_iterable(binding.key.split(",") for binding in BINDINGS))


def test_no_key_has_two_meanings() -> None:
    assert len(keys()) == len(set(keys()))


def test_every_binding_has_a_description_and_a_name_of_its_own() -> None:
    assert all(binding.description for binding in BINDINGS)
    names = [binding.id for binding in BINDINGS]
    assert None not in names
    assert len(names) == len(set(names))


def test_every_action_exists() -> None:
    for binding in BINDINGS:
        if not binding.action.startswith("app."):
            assert hasattr(Reader, f"action_{binding.action.partition('(')[0]}")


def test_the_help_names_every_key_but_the_first_half_of_gg() -> None:
    named = set(chain.from_iterable(keys.split() for keys, description in help_rows() if description))
    assert named == {key_name(key) for key in keys()} - {"g"}


def test_the_key_that_resumes_output_is_left_alone() -> None:
    assert "ctrl+q" not in keys()
    assert "ctrl+s" not in keys()
