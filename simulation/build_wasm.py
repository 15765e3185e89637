"""Makes the engine as WebAssembly, for browsers and for whoever has no machine code yet.

    python -m simulation.build_wasm [FOLDER]

It takes the rules as Numba compiles them, as LLVM's intermediate code for a processor of no particular kind, has LLVM
make wasm32 code of it, and links it. It writes `engine.wasm` and `layout.json`, if no folder is given beside this file,
where they belong into the repository: a test holds what `layout.json` says of the rules against them. Needs the extra
`build`.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import llvmlite.binding as llvm

from simulation import engine_module, webassembly
from simulation.tables import Tables

NO_PARTICULAR_PROCESSOR = {
    "NUMBA_CPU_NAME": "generic",
    "NUMBA_CPU_FEATURES": "",
    "NUMBA_LOOP_VECTORIZE": "0",
    "NUMBA_SLP_VECTORIZE": "0",
}
TRIPLE = "wasm32-unknown-unknown"
LAYOUT = "e-m:e-p:32:32-p10:8:8-p20:8:8-i64:64-i128:128-n32:64-S128-ni:1:10:20"
FEATURES = "+bulk-memory,+nontrapping-fptoint,+sign-ext,+mutable-globals"
HEAD = f'target datalayout = "{LAYOUT}"\ntarget triple = "{TRIPLE}"\n'


def main() -> None:
    """Write both files; in a process of its own, as Numba reads its settings when it is imported."""
    if any(os.environ.get(name) != value for name, value in NO_PARTICULAR_PROCESSOR.items()):
        surroundings = {**os.environ, **NO_PARTICULAR_PROCESSOR}
        command = [sys.executable, "-m", __spec__.name, *sys.argv[1:]]
        sys.exit(subprocess.run(command, env=surroundings, check=False).returncode)
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else webassembly.CODE.parent
    code, layout = linked(as_object(as_module())), json.dumps(engine_module.layout(), indent=1)
    (folder / webassembly.CODE.name).write_bytes(code)
    (folder / webassembly.LAYOUT.name).write_text(f"{layout}\n", encoding="utf-8", newline="\n")
    print(f"{webassembly.CODE.name}: {len(code):,} bytes")


def as_module() -> Any:
    """All that is exported, and what it calls, as one module of LLVM for wasm32."""
    whole = None
    for name, (function, owner, n_numbers) in engine_module.OFFERED.items():
        text, inner = _intermediate(function, owner, n_numbers)
        for part in (_for_wasm(text), _way_in(name, inner, n_numbers)):
            module = llvm.parse_assembly(part)
            if whole is None:
                whole = module
            else:
                whole.link_in(module)
    for one in whole.functions if whole else ():
        if not one.is_declaration and one.name not in engine_module.OFFERED:
            one.linkage = "internal"
    return whole


def _intermediate(function: Any, owner: Tables, n_numbers: int) -> tuple[str, str]:
    """LLVM's intermediate code of a compiled function, and the function's name in it."""
    from numba import types

    return function.outer.intermediate_code((owner.type, *[types.int64] * n_numbers))  # type: ignore[no-any-return]


def _for_wasm(text: str) -> str:
    """The same code for another kind of machine: without what concerns Python, and with square roots of its own."""
    text = re.sub(r"^target \w+ = .*\n", "", text, flags=re.MULTILINE)
    text = re.sub(r'"(?:target-cpu|target-features|tune-cpu)"="[^"]*"', "", text)
    text = re.sub(r"^define [^\n]*@_ZN7cpython.*?\n}\n", "", text, flags=re.MULTILINE | re.DOTALL)
    text = re.sub(r"= common (local_unnamed_addr )?global", "= internal global", text)
    text = re.sub(r"^declare [^\n]*double @sqrt\([^\n]*\n", "", text, flags=re.MULTILINE)
    text = text.replace("@sqrt(", "@llvm.sqrt.f64(")
    if "@llvm.sqrt.f64(" in text and not re.search(r"^declare [^\n]*@llvm\.sqrt\.f64", text, re.MULTILINE):
        text += "declare double @llvm.sqrt.f64(double)\n"
    return HEAD + text


def _way_in(name: str, inner: str, n_numbers: int) -> str:
    """A function that callers from outside find by its name: tables and whole numbers in, 0 out if all went well."""
    numbers = "".join(f", i64 %n{place}" for place in range(n_numbers))
    kinds = "".join([", i64"] * n_numbers)
    return (
        f'{HEAD}declare i32 @"{inner}"(ptr, ptr, ptr{kinds})\n'
        f"define i32 @{name}(ptr %tables{numbers}) {{\n  %result = alloca ptr\n  %error = alloca ptr\n"
        f'  %code = call i32 @"{inner}"(ptr %result, ptr %error, ptr %tables{numbers})\n  ret i32 %code\n}}\n'
    )


def as_object(module: Any) -> bytes:
    """A module as code for wasm32, not linked yet."""
    llvm.initialize_all_targets()
    llvm.initialize_all_asmprinters()
    machine = llvm.Target.from_triple(TRIPLE).create_target_machine(cpu="mvp", features=FEATURES, opt=3, reloc="static")
    builder = llvm.create_pass_builder(machine, llvm.create_pipeline_tuning_options(speed_level=2))
    builder.getModulePassManager().run(module, builder)
    code: bytes = machine.emit_object(module)
    return code


def linked(code: bytes) -> bytes:
    """A module that a WebAssembly runtime takes; raises RuntimeError with what the linker says."""
    exported = [f"--export={name}" for name in (*engine_module.OFFERED, "__heap_base")]
    with tempfile.TemporaryDirectory() as folder:
        before, after = Path(folder) / "engine.o", Path(folder) / "engine.wasm"
        before.write_bytes(code)
        command = [sys.executable, "-m", "ziglang", "wasm-ld", "--no-entry", "--strip-all", "--gc-sections", *exported]
        done = subprocess.run([*command, "-o", after, before], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(done.stderr)
        return after.read_bytes()


if __name__ == "__main__":
    main()
