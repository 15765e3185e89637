"""The model as another processor would run it: without the wide and the fused instructions that this one may have.

`python -m tests.other_processors` compiles the whole engine for the plainest processor, which takes more than a minute,
lives a run of the reference company there, and leaves what it found in tests/baseline/plainest_processor.json. The test
command compares that with the same run here: so it is another processor's work wherever the tests are run.
"""

import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from llvmlite import binding
from numpy._core._multiarray_umath import __cpu_dispatch__, __cpu_features__

FUSED = re.compile(r"^\s+(v?fn?m(?:add|sub)\w*|fml[as])\b", re.MULTILINE)  # of x86-64 and arm64
CALLED = re.compile(r"^\s+(?:bl|call)\s+(?:\.L)?([\w.$]+)", re.MULTILINE)
NO_MATHEMATICS = (
    *("Py", "_Py", "NRT_", "numba_"),  # what code that Python calls needs to talk to it
    *("mem", "__multi3"),  # bytes moved, whole numbers multiplied
    "_ZN",  # ourselves
)
COUNTS_DOWN = re.compile(r"call i8 @llvm\.x86\.atomic\.sub\.cc\.i64\(.*?\)")  # references, as only x86-64 does
FOUND = Path(__file__).parent / "baseline" / "plainest_processor.json"
A_RUN = """
import json
import scenarios, simulation
from simulation.engine import live_days
from tests.other_processors import fused_or_called_elsewhere, lived
print(json.dumps([lived(), fused_or_called_elsewhere(live_days)]))
"""
OTHERS = ("aarch64-unknown-linux-gnu", "wasm32-unknown-unknown")


def plainest() -> dict[str, str]:
    """An environment in which neither Numba, nor NumPy, nor the C library uses more than every such processor has."""
    return {
        **os.environ,
        "NUMBA_CPU_NAME": "generic",
        "NUMBA_CPU_FEATURES": "",
        "NPY_DISABLE_CPU_FEATURES": " ".join(name for name in __cpu_dispatch__ if __cpu_features__[name]),
        "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX,-AVX2,-FMA,-FMA4,-AVX512F,-AVX512VL",
    }


def fused(function: Callable[..., Any]) -> list[str]:
    """Instructions of a function's machine code that multiply and add with one rounding; compiled in this process."""
    return [found for library in libraries(function) for found in FUSED.findall(library.get_asm_str())]


def libraries(function: Any) -> list[Any]:
    """What a function was compiled to for each kind of arguments it has been called with, made anew to be looked at."""
    made = getattr(function, "outer", function)  # a rule of ours, or a function of Numba's
    return [made._compiler.compile(args, None).library for args in list(made.overloads)]


def fused_or_called_elsewhere(function: Callable[..., Any]) -> list[str]:
    """The same for other processors, and what the function would call there that is neither Python's nor ours."""
    binding.initialize_all_targets()
    binding.initialize_all_asmprinters()
    found = []
    for library in libraries(function):
        text = re.sub(r'^target (triple|datalayout) = ".*"$', "", library.get_llvm_str(), flags=re.MULTILINE)
        text = COUNTS_DOWN.sub("call i8 @NRT_()", text) + "\ndeclare i8 @NRT_()\n"
        for other in OTHERS:
            machine = binding.Target.from_triple(other).create_target_machine(opt=3)
            assembly = machine.emit_assembly(binding.parse_assembly(text))
            found += FUSED.findall(assembly)
            found += [name for name in CALLED.findall(assembly) if not name.startswith(NO_MATHEMATICS)]
    return found


def of_what() -> dict[str, str]:
    """What the findings are of: the rules, and the company that was lived."""
    import scenarios
    from simulation.engine_module import fingerprint

    company = json.dumps(scenarios.resolved(scenarios.load("reference")), sort_keys=True)
    return {"model": fingerprint(), "company": hashlib.sha256(company.encode()).hexdigest()}


def lived() -> list[Any]:
    """A digest of all tables of a run, and its outcomes."""
    import scenarios
    import simulation
    from tests.tables import digest

    run = simulation.simulate(scenarios.load("reference"), 7)
    return [digest(run.company), dict(run.outcomes)]


def main() -> None:
    """Compile and live where everything is plain, and write down what was found."""
    with tempfile.TemporaryDirectory() as cache:
        environment = {**plainest(), "REVENUE_TOGETHER_CACHE": cache}
        done = subprocess.run(
            [sys.executable, "-c", A_RUN], env=environment, capture_output=True, text=True, check=True
        )
    run, calls = json.loads(done.stdout.splitlines()[-1])
    FOUND.write_text(json.dumps({**of_what(), "run": run, "fused_or_called": calls}, indent=1) + "\n", encoding="utf-8")
    print(f"{FOUND}: {run[0]}")


if __name__ == "__main__":
    main()
