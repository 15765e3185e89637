"""`explain`, `list` and the schema tell what the declarations say."""

import pytest

import scenarios


def test_explaining_a_parameter_tells_all_that_was_declared():
    [turbulence] = [parameter for parameter in scenarios.parameters() if parameter.path == "market.turbulence"]
    text = scenarios.explain("market.turbulence")
    for part in (turbulence.meaning, turbulence.allowed, str(turbulence.source), "0 to 5 x", "default    1 x"):
        assert part in text


def test_the_last_word_is_enough():
    assert scenarios.explain("turbulence") == scenarios.explain("market.turbulence")


def test_a_word_used_twice_is_explained_twice():
    last_words = [parameter.path.split(".")[-1] for parameter in scenarios.parameters()]
    twice = next(word for word in last_words if last_words.count(word) == 2)
    assert scenarios.explain(twice).count("source") == 2


def test_a_segment_by_any_name_is_explained():
    assert scenarios.explain("segments.whoever.buyers") == scenarios.explain("segments.*.buyers")


def test_a_group_lists_its_parameters():
    lines = scenarios.explain("people").splitlines()
    group = [parameter for parameter in scenarios.parameters() if parameter.path.startswith("people.")]
    assert [line.split()[0] for line in lines[::2]] == [parameter.path for parameter in group]
    assert [line.strip() for line in lines[1::2]] == [parameter.meaning for parameter in group]


@pytest.mark.parametrize(("word", "path"), [("crm", "practices.crm_coverage"), ("cycle", "segments.*.buyer_pace_d")])
def test_a_word_that_is_no_name_finds_the_parameters_that_speak_of_it(word, path):
    said = scenarios.explain(word)
    assert said.startswith(f'nothing is called "{word}", but ')
    assert f"\n{path} " in said


def test_the_overview_names_all_there_is():
    overview = scenarios.overview()
    assert list(overview["companies"]) == scenarios.companies()
    assert list(overview["presets"]) == scenarios.presets()
    assert "market" in overview["parameters"]


def test_the_schema_requires_nothing_and_knows_the_keys_of_the_file():
    schema = scenarios.json_schema()
    assert "required" not in str(schema)
    assert {"extends", "preset", "question", "name", *scenarios.Scenario.model_fields} == set(schema["properties"])
    assert schema["additionalProperties"] is False


def test_the_schema_lets_null_take_a_segment_out():
    segment = scenarios.json_schema()["properties"]["segments"]["additionalProperties"]
    assert {"type": "null"} in segment["anyOf"]


def test_the_schema_tells_limits_and_meaning():
    turbulence = scenarios.json_schema()["$defs"]["Market"]["properties"]["turbulence"]
    assert (turbulence["minimum"], turbulence["maximum"], turbulence["default"]) == (0, 20, 1.0)
    assert turbulence["description"].endswith("Unit: x. Plausible: 0 to 5. Source: assumption, A4.")
    assert "declaration" not in turbulence
