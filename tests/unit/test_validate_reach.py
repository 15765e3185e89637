"""Patterns are asked again under the draws of each company's ensemble, below what its file and a condition say."""

import pandas as pd
import pytest

from experiments.designs.ensembles import ensemble_of
from experiments.designs.uncertain_inputs import uncertain
from experiments.questions.validate import reach
from experiments.questions.validate.ask import ValidatePlan, ValidateQuestion
from experiments.questions.validate.patterns.condition import Condition
from experiments.questions.validate.patterns.evidence import Evidence
from experiments.questions.validate.patterns.register import chosen
from experiments.questions.validate.reach import Reach, shares_of
from experiments.questions.validate.report import report_of
from experiments.questions.validate.result import Validation
from experiments.statistics.doubt import FEWEST
from experiments.wording.parameters import value_at
from scenarios import Scenario, load
from scenarios.input_errors import InputError


def test_what_is_uncertain_is_nothing_a_company_chooses():
    assert len(uncertain()) > 80
    assert not any(parameter.path.startswith(("practices", "pay", "money", "people")) for parameter in uncertain())


def drawn_in(pattern: str, number: int = 1) -> dict[Condition, Scenario]:
    """The companies of a pattern under a draw, in the world of seed 0."""
    runs = reach.runs_in(number + 1, chosen([pattern]))[reach.name_of_draw(number)]
    return {condition: runs.variants[name].in_world(0) for condition, name in runs.names.items()}


def test_a_company_keeps_what_its_own_file_says():
    own = load("small_firm").market.share_ready
    drawn = {condition.company: company for condition, company in drawn_in("S6").items()}
    assert own != load("reference").market.share_ready
    assert drawn["small_firm"].market.share_ready == own
    row = ensemble_of("small_firm").assumptions.draw(1)
    assert drawn["small_firm"].market.looks == row["market.looks"]


def test_what_a_condition_sets_itself_is_not_drawn():
    set_here = {path for condition in drawn_in("V19") for path, _ in condition.changes} & {
        one.path for one in uncertain()
    }
    assert set_here
    for condition, company in drawn_in("V19").items():
        said = dict(condition.changes)
        for path in set_here & set(said):
            assert value_at(company, path) == said[path]


def test_a_draw_is_the_same_in_all_worlds_and_another_one_is_another_run():
    runs = reach.runs_in(2, chosen(["S1"]))
    first, second = (runs[reach.name_of_draw(number)] for number in (0, 1))
    assert not set(first.variants) & set(second.variants)
    for one in first.variants.values():
        assert one.in_world(0) == one.in_world(5)


LEFT_OUT = {"S6", "V4", "V10", "V14", "V16", "G12"}


def test_all_patterns_are_asked_again_in_a_few_draws_where_that_takes_few_runs():
    question, without = ValidateQuestion(), ValidateQuestion(robustness=0)
    assert question.n_draws == FEWEST
    assert {one.id for one in question.lived_through} - {one.id for one in question.drawn} == LEFT_OUT
    n_runs = without.plan().n_runs
    assert n_runs < question.plan().n_runs < 4 / 3 * n_runs
    assert f"{FEWEST} draws" in question.what(question.plan())


@pytest.mark.parametrize("said", [{"is_quick": True}, {"only": "S1"}, {"knock_outs": True}, {"robustness": 0}])
def test_no_draws_are_lived_where_less_is_asked_for(said):
    question = ValidateQuestion(**said)
    assert question.n_draws == 0
    assert question.plan().n_draws == 0


def test_asked_for_by_number_every_pattern_is_asked_again():
    question = ValidateQuestion(is_quick=True, robustness=2)
    assert question.drawn == question.lived_through
    assert question.n_draws == 2


def test_the_report_says_which_patterns_were_not_asked_in_draws():
    drawn = Reach(shares_of([], []), pd.DataFrame(), 10, 300)
    plan, runs = ValidatePlan("validate", "model"), pd.DataFrame({"seed": [0]})
    said = report_of(Validation(ValidateQuestion(), plan, runs, [], Evidence({}, {}, {}), reach=drawn))
    assert said.terminal is not None
    assert "S6, V4, V10, V14, V16, G12; --robustness 10 asks them too" in said.terminal
    assert "S6, V4, V10, V14, V16, G12" in said.sections[-1].paragraphs[-1]


def test_more_draws_than_an_ensemble_has_are_refused():
    most = reach.most_draws(chosen(["S1"]))
    ValidateQuestion(only=("S1",), robustness=most)
    with pytest.raises(InputError, match=f"there are {most}, not {most + 1}"):
        ValidateQuestion(only=("S1",), robustness=most + 1)
