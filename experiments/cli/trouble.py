"""What is said where something went wrong that is nobody's input: a sentence, and a file with the trace."""

import tempfile
import traceback


def where_it_happened(error: BaseException) -> str:
    """Write where in the code an error came from, and say in which file."""
    try:
        handle, name = tempfile.mkstemp(prefix="revenue-together-", suffix=".txt")
        with open(handle, "w", encoding="utf-8") as file:
            file.write("".join(traceback.format_exception(error)))
    except OSError as full:
        return f"where it happened cannot be written down ({full.strerror or full})"
    return f"where it happened is written in {name}"
