"""The engine in a page lives the same days as Python, to the last bit of every table."""

import base64
import shutil
import zlib
from pathlib import Path

import numpy as np
import pytest

import scenarios
from simulation import webassembly
from simulation.company import TABLES
from simulation.engine import simulate
from studio.kit import engine_layout, kit_of, kit_of_company
from studio.measures import measured

CHROMIUM = shutil.which("chromium")
WORKER = Path(__file__).parents[2] / "studio" / "built" / "worker.js"
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="NO BROWSER: without Chromium no page of the studio is tested")
BEGIN = """async ([script, code, layout, kits]) => {
  const worker = new Worker(URL.createObjectURL(new Blob([script], {type: "text/javascript"})));
  let n = 0;
  const asking = new Map();
  worker.onmessage = ({data}) => asking.get(data.id)(data);
  const ask = asked => new Promise(done => { asking.set(++n, done); worker.postMessage({id: n, asked}); });
  const halved = k => k & 1 ? (k >>> 1) ^ 0xedb88320 : k >>> 1;
  const crcs = Array.from({length: 256}, (_, k) => [...Array(8)].reduce(halved, k) >>> 0);
  const crc = bytes => { let k = ~0; for (const one of bytes) k = crcs[(k ^ one) & 255] ^ (k >>> 8); return ~k >>> 0; };
  window.tables = async (one, draw) => {
    const {answer, error} = await ask({do: "tables", one, draw});
    return error ?? Object.fromEntries(Object.entries(answer).map(([name, bytes]) => [name, crc(bytes)]));
  };
  window.outcomes = async one => (await ask({do: "outcomes", one, draw: -1})).answer;
  const {error} = await ask({do: "begin", code, layout, kits});
  return error ?? "";
}"""
N_RANDOM = 20


@pytest.fixture(scope="module")
def page():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as browsers:
        browser = browsers.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser.new_page()
        browser.close()


def _begin(page, *kits):
    code = base64.b64encode(zlib.compress(webassembly.CODE.read_bytes(), 9)).decode()
    assert page.evaluate(BEGIN, [WORKER.read_text(encoding="utf-8"), code, engine_layout(), list(kits)]) == ""


def _of_python(scenario, seed):
    company = simulate(scenario, seed, tape=True).company
    return {name: zlib.crc32(np.ascontiguousarray(getattr(company, name)).tobytes()) for name in TABLES}


def _random(rng):
    """A company with some levers, people and market of its own."""
    changes = {"run.quarters": int(rng.integers(1, 4)), "run.warm_up_quarters": int(rng.integers(0, 2))}
    changes |= {"market.prospects_per_day": float(rng.uniform(5, 20)), "market.turbulence": float(rng.uniform(0, 0.5))}
    changes |= {"people.account_executives": int(rng.integers(1, 8)), "people.marketers": int(rng.integers(1, 6))}
    changes |= {"people.sdrs": int(rng.integers(0, 5)), "practices.joint_calls": float(rng.uniform(0, 1))}
    return scenarios.load("small_firm", str(rng.choice(list(scenarios.presets()))), changes)


def test_random_companies_in_a_page_are_those_of_python_in_every_table(page):
    rng = np.random.default_rng(17)
    companies = {f"company {k}": _random(rng) for k in range(N_RANDOM)}
    _begin(page, *(kit_of(name, {"own": scenario}) for name, scenario in companies.items()))
    for seed, (name, scenario) in enumerate(companies.items()):
        case = {"company": name, "practices": "own", "changes": [], "seed": seed}
        assert page.evaluate("one => tables(one, -1)", case) == _of_python(scenario, seed), name


CHANGES = [
    {"path": "practices.meeting_every_d", "value": 10},
    {"path": "practices.budget_rule", "value": "evidence"},
    {"path": "practices.brainstorm_every_d", "value": None},
    {"path": "practices.sla", "value": True, "day": 40},
    {"path": "practices.joint_calls", "value": 0.5, "day": 20},
    {"path": "practices.joint_calls", "value": 0.1, "day": 60},
]


@pytest.mark.parametrize("practices", scenarios.presets())
def test_levers_moved_in_a_page_do_what_the_same_changes_do_in_python(page, practices):
    shorter = {"run.quarters": 2}
    _begin(page, kit_of_company("small_firm", (), shorter))
    case = {"company": "small_firm", "practices": practices, "changes": CHANGES, "seed": 3}
    at_once = {change["path"]: change["value"] for change in CHANGES if "day" not in change}
    later = {f"{change['path']}@{change['day']}": change["value"] for change in CHANGES if "day" in change}
    scenario = scenarios.load("small_firm", practices, {**shorter, **at_once, "calendar": later})
    assert page.evaluate("one => tables(one, -1)", case) == _of_python(scenario, 3)


def test_assumptions_drawn_in_a_page_are_those_that_questions_draw(page):
    from experiments.designs.ensembles import assumptions_for

    shorter = {"run.quarters": 2}
    _begin(page, kit_of_company("small_firm", (), shorter, draws=3))
    for draw in range(3):
        scenario = scenarios.load("small_firm", "aligned", shorter)
        assumptions = assumptions_for("small_firm", scenario, shorter)
        case = {"company": "small_firm", "practices": "aligned", "changes": [], "seed": draw}
        wanted = _of_python(assumptions.under(scenario, draw), draw)
        assert page.evaluate("([one, draw]) => tables(one, draw)", [case, draw]) == wanted


def test_a_company_with_a_calendar_of_its_own_keeps_it(page):
    scenario = scenarios.load("small_firm", changes={"run.quarters": 2, "calendar": {"practices.liaison@30": True}})
    _begin(page, kit_of("planned", {"own": scenario}))
    case = {"company": "planned", "practices": "own", "changes": [], "seed": 1}
    assert page.evaluate("one => tables(one, -1)", case) == _of_python(scenario, 1)


@pytest.mark.parametrize("practices", ["undefined", "integrated"])
def test_what_lessons_measure_in_a_page_is_what_python_measures(page, practices):
    shorter = {"run.quarters": 2}
    _begin(page, kit_of_company("small_firm", (), shorter))
    found = page.evaluate("outcomes", {"company": "small_firm", "practices": practices, "changes": [], "seed": 5})
    wanted = dict(measured(simulate(scenarios.load("small_firm", practices, shorter), 5)))
    assert found.keys() == wanted.keys()
    assert found == pytest.approx(wanted, rel=1e-12, nan_ok=True)
