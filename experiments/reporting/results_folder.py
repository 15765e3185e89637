"""A folder of results that can be read without us; it appears whole or not at all."""

import io
import json
import math
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

import scenarios
from experiments.observation.tables import tables_of
from experiments.questions.compare.result import Comparison
from experiments.reporting.figure_style import Exhibit
from experiments.store.atomic_files import UNFINISHED, write_whole
from experiments.store.folder_lock import LOCK
from experiments.store.provenance import PROJECT, Provenance
from scenarios.input_errors import InputError

if TYPE_CHECKING:
    import pandas as pd

    from simulation import Run

MANIFEST = "manifest.json"
DESIGN, RUNS, FAILURES = "design.parquet", "runs", "failures"  # of a study that can be cut short and go on
DESIGN_HASH, MADE_WITH = "design_sha256", "made_with"  # keys of its manifest that no answer may take
_KIND = f"{PROJECT} results"
_LARGE = ("days", "leads")


def default_folder(company: str, kind: str = "compare") -> Path:
    """`results/<company>-<kind>`; characters that file names dislike become hyphens."""
    return Path("results") / f"{re.sub(r'[^A-Za-z0-9_.-]+', '-', company).strip('.-') or 'company'}-{kind}"


def check_folder(folder: Path) -> None:
    """Raise InputError unless results may be written to `folder`: it is new, empty, or holds results of ours."""
    folder = folder.resolve()
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder} is a file; give a folder with --out")
    if folder.is_dir() and any(map(_is_a_result, folder.iterdir())) and not _is_ours(folder):
        raise InputError(f"{folder} holds files that are no results of ours; give another folder with --out")
    if folder == Path.cwd() or folder in Path.cwd().parents:
        raise InputError(f"{folder} is the current folder; give a folder of its own with --out")
    above = next(parent for parent in folder.parents if parent.exists())
    if not above.is_dir():
        raise InputError(f"{above} is a file, not a folder; give another folder with --out")
    if not os.access(above, os.W_OK):
        raise InputError(f"{above} cannot be written to; give another folder with --out")


def save(found: Comparison, exhibits: list[Exhibit], report: str | None, made: Provenance, folder: Path) -> Path:
    """Write a comparison: manifest, runs, tables, figures' tables, report. Returns the folder; raises InputError.

    Results of ours already in the folder are replaced; files that others put there stay.
    """
    with _replacing(folder) as new:
        found.runs.to_parquet(new / "runs.parquet", index=False)
        _write_csv(found.runs, new / "runs.csv")
        if found.n_worlds:
            _write_csv(found.types, new / "types.csv")
            _write_csv(found.summary, new / "summary.csv")
            _write_csv(found.pairs, new / "pairs.csv")
        _write_figures(exhibits, new / "figures")
        if found.failures:
            _write_json([asdict(failure) for failure in found.failures], new / "failures.json")
        if report is not None:
            (new / "report.html").write_text(report, encoding="utf-8")
        _write_json(manifest(found, made, _listing(new)), new / MANIFEST)
    return folder


def save_pages(
    pages: Mapping[str, str],
    tables: "Mapping[str, pd.DataFrame]",
    exhibits: Sequence[Exhibit],
    about: Mapping[str, Any],
    folder: Path,
) -> Path:
    """Write pages (file name to text), tables (CSV), figures' tables and a manifest that says `about`.

    Returns the folder; raises InputError. Results of ours already in the folder are replaced; files that others put
    there stay, and so do the runs of a study and what its manifest says besides.
    """
    is_study = (folder / RUNS).is_dir()
    known = read_manifest(folder) if is_study else {}
    with _filling(folder) if is_study else _replacing(folder) as new:
        for name, table in tables.items():
            _write_csv(table, new / f"{name}.csv")
        _write_figures(exhibits, new / "figures")
        for name, page in pages.items():
            (new / name).write_text(page, encoding="utf-8")
        files = [*_listing(new), MANIFEST, *([DESIGN] if is_study else [])]
        own = {key: known[key] for key in (DESIGN_HASH, MADE_WITH) if key in known}
        _write_json({"kind": _KIND, **known, **about, **own, "files": files}, new / MANIFEST)
    return folder


def save_table(table: "pd.DataFrame", name: str, folder: Path) -> Path:
    """Write a large table to a folder of a study, as parquet; returns its file. Raises InputError."""
    content = io.BytesIO()
    table.to_parquet(content, index=False)
    path = folder / f"{name}.parquet"
    try:
        write_whole(path, content.getvalue())
        update_manifest(folder, {"files": sorted({*(_files_of_ours(folder) or ()), path.name})})
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror or error}") from error
    return path


def begin_manifest(folder: Path, about: Mapping[str, Any]) -> None:
    """Say what a study is about before it begins; `about[DESIGN_HASH]` identifies its design. Raises OSError.

    What an earlier study with another design told in this folder (report, tables) is removed: it is no longer true.
    """
    known = read_manifest(folder)
    is_same = known.get(DESIGN_HASH) == about[DESIGN_HASH]
    ours = _files_of_ours(folder) or []
    if not is_same:
        _remove(folder, ours)
    files = sorted({MANIFEST, DESIGN, *(ours if is_same else ())})
    _write_manifest(folder, {"kind": _KIND, **(known if is_same else {}), **about, "files": files})


def update_manifest(folder: Path, more: Mapping[str, Any]) -> None:
    """Say more about the study in a folder; raises OSError."""
    _write_manifest(folder, {**read_manifest(folder), **more})


def read_manifest(folder: Path) -> dict[str, Any]:
    """What a folder of results says about itself; nothing if it is none of ours."""
    if _files_of_ours(folder) is None:
        return {}
    return dict(json.loads((folder / MANIFEST).read_text(encoding="utf-8")))


def _write_manifest(folder: Path, values: Mapping[str, Any]) -> None:
    write_whole(folder / MANIFEST, _json(values).encode())


def _write_figures(exhibits: Sequence[Exhibit], folder: Path) -> None:
    folder.mkdir()
    for exhibit in exhibits:
        _write_csv(exhibit.table, folder / f"{exhibit.name}.csv")
        (folder / f"{exhibit.name}.json").write_text(exhibit.figure.to_json(), encoding="utf-8")


def save_run(run: "Run", made: Provenance, folder: Path) -> Path:
    """Write one run: manifest, outcomes, and all its tables. Returns the folder; raises InputError."""
    with _replacing(folder) as new:
        for name, table in tables_of(run).items():
            _write_csv(table, new / f"{name}.csv")
            if name in _LARGE:
                table.to_parquet(new / f"{name}.parquet", index=False)
        _write_json(run.outcomes, new / "outcomes.json")
        about = {"kind": _KIND, "question": "run", "company": run.scenario.name, "seed": run.seed, **asdict(made)}
        inputs = {"scenario": scenarios.resolved(run.scenario), "files": [*_listing(new), MANIFEST]}
        _write_json({**about, **inputs}, new / MANIFEST)
    return folder


def manifest(found: Comparison, made: Provenance, files: list[str]) -> dict[str, Any]:
    """Everything needed to make the result again, and what it said."""
    return {
        "kind": _KIND,
        "question": "compare",
        "company": found.company,
        "is_complete": not found.is_interrupted,
        **asdict(made),
        "seeds": found.seeds,
        "today": found.today,
        "n_failed": len(found.failures),
        "answer": [line for line in found.answer if line],
        "outcomes": {name: asdict(outcome) for name, outcome in found.outcomes.items()},
        "variants": {variant: scenarios.resolved(scenario) for variant, scenario in found.variants.items()},
        "files": [*files, MANIFEST],
    }


def in_short(found: Comparison) -> dict[str, Any]:
    """A comparison for programs: the answer, the types best first, all pairs, what failed."""
    return {
        "company": found.company,
        "today": found.today,
        "answer": [line for line in found.answer if line],
        "types": found.types.to_dict("records") if found.n_worlds else [],
        "pairs": found.pairs.to_dict("records") if found.n_worlds else [],
        "n_worlds": found.n_worlds,
        "is_complete": not found.is_interrupted,
        "failures": [
            {"variant": one.planned.variant, "seed": one.planned.seed, "error": one.error} for one in found.failures
        ],
    }


def plain(value: Any) -> Any:
    """A value as JSON allows it: unknown and infinite numbers become null."""
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    if hasattr(value, "item"):
        value = value.item()
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _write_json(value: Any, path: Path) -> None:
    path.write_text(_json(value), encoding="utf-8")


def _json(value: Any) -> str:
    return json.dumps(plain(value), indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _write_csv(table: "pd.DataFrame", path: Path) -> None:
    table.to_csv(path, index=False, lineterminator="\n", encoding="utf-8")


def _files_of_ours(folder: Path) -> list[str] | None:
    """The files that an earlier result of ours consists of; None if there is none in the folder."""
    try:
        known = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return [str(name) for name in known["files"] if _lies_inside(str(name))] if known["kind"] == _KIND else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _lies_inside(name: str) -> bool:
    """Whether a file named in a manifest lies in its folder: a manifest may come from anybody."""
    path = PurePath(name)
    return not path.is_absolute() and ".." not in path.parts


def _is_ours(folder: Path) -> bool:
    """Whether results of ours lie there; a study that lost its manifest is still one."""
    return _files_of_ours(folder) is not None or ((folder / LOCK).is_file() and (folder / RUNS).is_dir())


def _is_a_result(path: Path) -> bool:
    """Whether a file is more than the trace of a writer that was stopped before it had written anything."""
    return path.name != LOCK and not path.name.startswith(UNFINISHED)


def _listing(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@contextmanager
def _replacing(folder: Path) -> Iterator[Path]:
    """A new folder to fill, beside the one it then replaces in one step; gone again if filling it fails."""
    folder = folder.resolve()
    check_folder(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise InputError(f"{folder.parent} cannot be written to ({error.strerror}); give another --out") from error
    try:
        new, old = beside / "new", beside / "old"
        new.mkdir()
        yield new
        if folder.exists():
            _keep_what_is_not_ours(folder, new)
            folder.rename(old)
        new.rename(folder)
    except OSError as error:
        raise InputError(f"{folder} cannot be written: {error.strerror or error}") from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)


@contextmanager
def _filling(folder: Path) -> Iterator[Path]:
    """A new folder to fill, whose files then go to their places in `folder`, the manifest last; old ones of ours go."""
    check_folder(folder)
    try:
        new = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=folder))
        try:
            yield new
            _remove(folder, set(_files_of_ours(folder) or ()) - {*_listing(new), DESIGN, MANIFEST})
            for name in sorted(_listing(new), key=lambda name: name == MANIFEST):
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                os.replace(new / name, folder / name)
        finally:
            shutil.rmtree(new, ignore_errors=True)
    except OSError as error:
        raise InputError(f"{folder} cannot be written: {error.strerror or error}") from error


def _remove(folder: Path, names: Iterable[str]) -> None:
    for name in names:
        if name not in (MANIFEST, DESIGN):
            (folder / name).unlink(missing_ok=True)


def _keep_what_is_not_ours(folder: Path, new: Path) -> None:
    """Copy files that others put into our folder, unless a file of ours now has that name."""
    ours = set(_files_of_ours(folder) or ())
    for name in _listing(folder):
        if name not in ours and not (new / name).exists():
            (new / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(folder / name, new / name)
