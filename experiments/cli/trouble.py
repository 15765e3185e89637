"""What is said where something went wrong that is nobody's input: a sentence, and a file with the trace."""

import tempfile
import traceback
from pathlib import Path


def trace_file(error: BaseException) -> Path:
    """Write where in the code an error came from; returns the file."""
    handle, name = tempfile.mkstemp(prefix="revenue-together-", suffix=".txt")
    with open(handle, "w", encoding="utf-8") as file:
        file.write("".join(traceback.format_exception(error)))
    return Path(name)
