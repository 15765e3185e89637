"""Machine code that lies near what it reads: constants and other code are told by their distance, not by address.

Numba has LLVM suppose that they may lie anywhere. On x86 an instruction then has to fetch the address of each number a
rule names before another can fetch the number; days take some 5 % longer. Here all code of a function, with all it
reads, has one piece of memory.
"""

from functools import cache
from typing import Any

import llvmlite.binding as llvm
from numba.core import config
from numba.core.codegen import JITCPUCodegen


class _NearCode(JITCPUCodegen):
    """Numba's maker of machine code for the processor it runs on, with distances instead of addresses."""

    def _init(self, llvm_module: Any) -> None:
        usual = config.USE_LLVMLITE_MEMORY_MANAGER
        config.USE_LLVMLITE_MEMORY_MANAGER = True  # one piece of memory
        try:
            super()._init(llvm_module)
        finally:
            config.USE_LLVMLITE_MEMORY_MANAGER = usual

    def _customize_tm_options(self, options: dict[str, Any]) -> None:
        super()._customize_tm_options(options)
        if llvm.Target.from_default_triple().name.startswith("x86"):  # elsewhere it is so anyway
            options["reloc"], options["codemodel"] = "pic", "small"


@cache
def near_code() -> JITCPUCodegen:
    """The maker of all machine code of this process."""
    return _NearCode("near")
