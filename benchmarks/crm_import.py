"""How long a large CRM export takes to be read, and how much memory: `python -m benchmarks.crm_import [ROWS]`.

It writes leads, and a third as many deals with states and money in dollars, in a folder for the time being, and reads
them in a process of its own, with a mapping and with none. It prints one line of JSON for each: seconds,
those of the processor, and the megabytes that the process holds at most, and held before.
"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from benchmarks.own_process import MEGABYTE, ROOT

ROWS = 1_000_000
MAPPING = """leads: {id: Lead ID, contacted: Created, channel: Source}
deals: {lead: Lead ID, won: Close date, rep: Owner, value: Amount, stage: Stage}
currency: {USD: 0.9}
channels: {search: Google, events: Webinar, content: Newsletter}
"""
UNSAID = """currency: {USD: 0.9}
"""
_STAGES = ("Closed Won", "Closed Lost", "Negotiation/Review")


def write_export(folder: Path, n: int) -> None:
    """Two years of leads with the minute of contact, and deals of a third of them."""
    rng = np.random.default_rng(0)
    minute = np.datetime64("2023-01-01T00:00") + np.sort(rng.integers(0, 730 * 1440, n))
    source = np.array(["Google", "Webinar", "Newsletter"])[rng.integers(0, 3, n)]
    leads = (f"00Q{k:09},{minute[k]}:00,{source[k]},Some Name {k},City {k % 97}" for k in range(n))
    _write(folder / "leads.csv", "Lead ID,Created,Source,Name,City", leads)
    with_deal = np.flatnonzero(rng.random(n) < 1 / 3)
    closed = (minute[with_deal] + rng.integers(1440, 90 * 1440, len(with_deal))).astype("datetime64[D]")
    value, stage = rng.lognormal(8, 1, len(with_deal)), rng.choice(3, len(with_deal), p=[0.3, 0.5, 0.2])
    rows = zip(with_deal, closed.astype(str), value, stage, strict=True)
    deals = (f'00Q{k:09},{day},Rep {k % 40},"${eur:,.2f}",{_STAGES[state]}' for k, day, eur, state in rows)
    _write(folder / "deals.csv", "Lead ID,Close date,Owner,Amount,Stage", deals)
    (folder / "map.yaml").write_text(MAPPING, encoding="utf-8")
    (folder / "unsaid.yaml").write_text(UNSAID, encoding="utf-8")


def _write(path: Path, header: str, lines: object) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(header + "\n")
        for line in lines:  # type: ignore[attr-defined]
            file.write(line + "\n")


def read(folder: Path, mapping: str) -> dict[str, float]:
    """Read the export in this process; seconds, megabytes and what was found."""
    from experiments.crm.import_files import read_export
    from experiments.crm.mapping import read_mapping

    before, start, work = _peak_bytes(), time.perf_counter(), time.process_time()
    export = read_export(folder / "leads.csv", folder / "deals.csv", read_mapping(folder / mapping), _CHANNELS)
    seconds, work = time.perf_counter() - start, time.process_time() - work
    won = int((~np.isnat(export.leads.won)).sum())
    peaks = {"peak_mb": _peak_bytes() / MEGABYTE, "start_mb": before / MEGABYTE}
    return {"seconds": seconds, "processor_s": work, **peaks, "won": won}


_CHANNELS = ("search", "content", "events")


def _peak_bytes() -> float:
    """The most this process has held; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:  # Windows
        return 0.0
    most = float(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    return most if sys.platform == "darwin" else most * 1024


def main(n: int = ROWS) -> None:
    """Write the export, and read it twice."""
    with tempfile.TemporaryDirectory() as name:
        write_export(Path(name), n)
        for mapping in ("map.yaml", "unsaid.yaml"):
            words = [sys.executable, "-m", "benchmarks.crm_import", name, mapping]
            done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
            print(json.dumps({"rows": n, "mapping": mapping, **json.loads(done.stdout)}))


if __name__ == "__main__":
    if len(sys.argv) > 2:
        print(json.dumps(read(Path(sys.argv[1]), sys.argv[2])))
    else:
        main(*map(int, sys.argv[1:2]))
