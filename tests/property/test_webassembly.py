"""The engine as WebAssembly gives the same bits as machine code, in a runtime from PyPI and in a browser."""

import base64
import json
import re
import subprocess
import sys
import zlib
from collections.abc import Iterator
from importlib.util import find_spec

import pytest
from hypothesis import HealthCheck, Phase, given, settings

import scenarios
from simulation import engine_module, simulate, webassembly, world
from simulation.company import build, unprepared
from simulation.engine import live_days
from simulation.summing_up import sum_up
from tests.scenario_strategies import SEEDS, companies, scenario_of
from tests.tables import different_tables
from tests.unit.test_report_in_a_browser import BROWSER, OFFLINE, OPTIONS


@pytest.fixture
def by_module() -> Iterator[None]:
    webassembly.use(True)
    world.forget()
    yield
    webassembly.use(False)
    world.forget()


def test_the_module_is_made_of_the_rules_as_they_are():
    assert engine_module.is_there(), "make it again: python -m simulation.build_wasm"


@pytest.mark.skipif(find_spec("ziglang") is None, reason="the linker is not here: pip install -e '.[build]'")
def test_the_module_made_anew_is_the_same(root, tmp_path):
    """With the versions of constraints.txt, byte for byte."""
    subprocess.run([sys.executable, "-m", "simulation.build_wasm", tmp_path], cwd=root, check=True, capture_output=True)
    assert (tmp_path / "layout.json").read_bytes() == webassembly.LAYOUT.read_bytes()
    assert (tmp_path / "engine.wasm").read_bytes() == webassembly.CODE.read_bytes()


@settings(max_examples=20, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=companies(), seed=SEEDS)
def test_random_companies_live_the_same_to_the_last_bit(changes, seed):
    scenario = scenario_of(changes)
    native = simulate(scenario, seed)
    webassembly.use(True)
    world.forget()
    try:
        other = simulate(scenario, seed)
    finally:
        webassembly.use(False)
    assert different_tables(native.company, other.company) == []
    assert json.dumps(native.outcomes) == json.dumps(other.outcomes)


def test_a_larger_company_follows_a_smaller_one(by_module):
    small, large = scenarios.load("small_firm"), scenarios.load("reference")
    first = simulate(small, 1).outcomes
    assert simulate(large, 1).outcomes["n_leads"] > first["n_leads"]
    assert simulate(small, 1).outcomes == first


PAGE = """<!DOCTYPE html><title>engine</title><p id="said"></p><script>
const bytes = text => Uint8Array.from(atob(text), letter => letter.charCodeAt(0));
const table = Uint32Array.from({length: 256}, (_, n) => {
  for (let k = 0; k < 8; k++) n = n & 1 ? 0xEDB88320 ^ (n >>> 1) : n >>> 1;
  return n >>> 0;
});
const crc = all => {
  let sum = 0xFFFFFFFF;
  for (const one of all) sum = table[(sum ^ one) & 255] ^ (sum >>> 8);
  return (sum ^ 0xFFFFFFFF) >>> 0;
};
const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes("<module>")), {});
const {memory, prepare, live_days, sum_up} = instance.exports, image = bytes("<image>");
memory.grow(Math.ceil((<start> + image.length) / 65536));
new Uint8Array(memory.buffer).set(image, <start>);
const codes = [prepare(<start>), live_days(<start>, 0n, BigInt(<days>)), sum_up(<start>)];
const after = new Uint8Array(memory.buffer, <start>, image.length);
document.getElementById("said").textContent = "ended " + codes + " with " + crc(after);
</script>"""


@pytest.mark.skipif(BROWSER is None, reason="there is no Chromium here to run the engine in")
def test_a_browser_lives_the_same_days_to_the_last_bit(tmp_path):
    scenario = scenarios.load("small_firm", changes={"run.quarters": 2})
    start, image = webassembly.engine().image(unprepared(scenario, 5))
    page = PAGE.replace("<module>", base64.b64encode(webassembly.CODE.read_bytes()).decode())
    page = page.replace("<image>", base64.b64encode(image).decode()).replace("<start>", str(start))
    (tmp_path / "engine.html").write_text(page.replace("<days>", str(scenario.days)), encoding="utf-8")
    command = [str(BROWSER), *OPTIONS, OFFLINE, "--dump-dom", f"--user-data-dir={tmp_path / 'profile'}"]
    done = subprocess.run(
        [*command, (tmp_path / "engine.html").as_uri()], capture_output=True, text=True, timeout=180, check=True
    )
    lived = build(scenario, 5)
    live_days(lived, 0, scenario.days)
    sum_up(lived)
    wanted = zlib.crc32(webassembly.engine().image(lived)[1])
    said = re.search(r"ended ([\d,]+) with (\d+)", done.stdout)
    assert said is not None, done.stderr
    assert said.groups() == ("0,0,0", str(wanted))
