"""The draws we ship make companies like those that published their figures: a sample is tried again."""

import pytest

import simulation
from experiments.designs.ensembles import SHIPPED, ensemble_of, read_ensemble
from experiments.designs.presets import companies_with
from experiments.observation.published_figures import UNSETTLED, USUAL, published_figures, published_of
from simulation.engine_module import fingerprint

N_SAMPLE = 4
TABLES = sorted(SHIPPED.glob("*.csv"))


def test_the_companies_we_ship_have_an_ensemble():
    assert {"reference", "small_firm", "enterprise", "fast_simple_market", "aiqi_software"} <= {
        table.stem for table in TABLES
    }
    assert ensemble_of("aiqi_software_dual_track").assumptions.name == "aiqi_software"
    assert ensemble_of("olist_signup").assumptions.name == "reference"


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.stem)
def test_a_sample_shows_every_published_figure_again(table):
    ensemble = read_ensemble(table)
    companies = companies_with(table.stem, (USUAL, UNSETTLED))
    figures = published_figures(companies[USUAL])
    assert {one.name: [one.low, one.high] for one in figures} == ensemble.about["figures"]
    n_inside = 0
    step = max(1, len(ensemble.seeds) // N_SAMPLE)
    for row in range(0, step * N_SAMPLE, step):
        drawn = {name: ensemble.assumptions.under(one, row) for name, one in companies.items()}
        shown = {name: published_of(simulation.simulate(one, ensemble.seeds[row])) for name, one in drawn.items()}
        n_inside += all(one.low <= shown[one.practices][one.name] <= one.high for one in figures)
    is_same_model = ensemble.about["model"] == fingerprint()
    assert n_inside == N_SAMPLE if is_same_model else n_inside >= N_SAMPLE / 2
