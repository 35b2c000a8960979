"""`make bench-matching`: the peers and our engine on every difficulty and seed and on FEBRL, and each bar with what it asks for.

Each peer runs alone, in a process of its own; time and memory are those of that process. Sets are made anew in a temporary folder.
"""

import importlib.util
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.matching.bars import Bar, febrl_bar, hard_bars, honesty_bar
from bench.matching.peers import FEBRL_PEERS, OURS, ROSTER_PEERS, Entry
from bench.matching.scores import PARTS, Score, Truth, best_error, expected_f1, linked, read_pairs
from bench.matching.tables import Asked, make

PEERS_PYTHON = Path("var/bench-matching/bin/python")
HEAD = (
    f"  {'':26}{'1-F1':>8}{'prec.':>8}{'recall':>8}{'1-F1':>10}{'1-F1':>8}{'1-F1 at the':>13}{'expected':>10}{'s':>8}{'cpu s':>8}{'MB':>7}\n"
    f"  {'':26}{'all':>8}{'':16}{'neither':>10}{'either':>8}{'best thresh.':>13}{'F1':>10}"
)


@dataclass(frozen=True, slots=True)
class Run:
    """What one peer did on one set."""

    entry: Entry
    scores: dict[str, Score]
    best: float
    expected: float
    seconds: float
    cpu: float
    megabytes: float

    def line(self) -> str:
        """A line of the table."""
        every, neither, either = (self.scores[part] for part in PARTS)
        return (
            f"  {self.entry.title:26}{every.error:8.4f}{every.precision:8.4f}{every.recall:8.4f}{_error(neither):>10}{_error(either):>8}"
            f"{self.best:13.4f}{self.expected:10.4f}{self.seconds:8.1f}{self.cpu:8.1f}{self.megabytes:7.0f}"
        )


def _error(score: Score) -> str:
    return f"{score.error:.4f}" if score.true or score.found else "-"


def is_there(entry: Entry) -> bool:
    """Whether the module of a peer exists; ours does not yet."""
    return importlib.util.find_spec(f"bench.matching.peers.{entry.module}") is not None


def measure(entry: Entry, folder: Path, truth: Truth) -> Run:
    """One peer on one set, in the environment that has its packages."""
    python = str(PEERS_PYTHON) if entry.own_packages else sys.executable
    out = folder / f"pairs-{entry.module}.csv"
    command = [python, "-m", "bench.matching.peers.run", entry.module, str(folder), str(out)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{entry.title} failed:\n{done.stderr[-2000:]}")
    took = json.loads(done.stdout.splitlines()[-1])
    pairs = read_pairs(out)
    scores = truth.scores(linked(pairs))
    return Run(entry, scores, best_error(pairs, truth), expected_f1(pairs), **took)


def compare(title: str, folder: Path, peers: Sequence[Entry]) -> dict[str, Run]:
    """All peers and ours on one set, a line each; module → what it did."""
    truth = Truth(folder)
    print(f"\n{title}: {truth.told()}\n{HEAD}", flush=True)
    runs = {}
    for entry in (*peers, OURS):
        if is_there(entry):
            runs[entry.module] = measure(entry, folder, truth)
            print(runs[entry.module].line(), flush=True)
        else:
            print(f"  {entry.title:26}no engine yet", flush=True)
    return runs


def _scores(runs: dict[str, Run], module: str) -> dict[str, Score] | None:
    return runs[module].scores if module in runs else None


def _together(seeds: Sequence[dict[str, Run]], module: str) -> dict[str, Score] | None:
    """The counts of several seeds added up."""
    if not all(module in runs for runs in seeds):
        return None
    return {part: sum((runs[module].scores[part] for runs in seeds), Score(0, 0, 0)) for part in PARTS}


def roster_figures(work: Path, difficulty: str, seeds: Sequence[int], rows: int, kind: str) -> list[Bar]:
    """One difficulty, seed by seed and together."""
    bars, done = [], []
    for seed in seeds:
        folder, where = work / f"{difficulty}-{seed}", f"{difficulty} {seed}"
        make(Asked(difficulty, seed, rows, kind), folder)
        runs = compare(f"{difficulty}, seed {seed}, {rows:,} {kind}s", folder, ROSTER_PEERS)
        done.append(runs)
        bars += list(_roster_bars(where, difficulty, [runs]))
        ours = runs.get(OURS.module)
        bars.append(honesty_bar(where, ours.scores if ours else None, ours.expected if ours else None))
    print(f"\n{difficulty}, all seeds together, 1 - F1 (all, neither, either):")
    for entry in (*ROSTER_PEERS, OURS):
        if scores := _together(done, entry.module):
            print(f"  {entry.title:26}" + "".join(f"{scores[part].error:8.4f}" for part in PARTS))
    return bars + list(_roster_bars(f"{difficulty} together", difficulty, done))


def _roster_bars(where: str, difficulty: str, seeds: Sequence[dict[str, Run]]) -> Iterator[Bar]:
    cleaned, raw = _together(seeds, "splink_cleaned"), _together(seeds, "splink_raw")
    if difficulty == "hard" and cleaned and raw:
        yield from hard_bars(where, _together(seeds, OURS.module), cleaned, raw)


def febrl_figures(work: Path) -> list[Bar]:
    """FEBRL 3 and 4, which have no Chinese in them and are not made for."""
    subprocess.run([str(PEERS_PYTHON), "-m", "bench.matching.peers.febrl", str(work)], check=True)
    bars = []
    for name in ("febrl3", "febrl4"):
        runs = compare(f"FEBRL {name[-1]}", work / name, FEBRL_PEERS)
        peers = [runs[entry.module].scores for entry in FEBRL_PEERS]
        bars.append(febrl_bar(f"FEBRL {name[-1]}", _scores(runs, OURS.module), peers))
    return bars


def figures(work: Path, difficulties: Sequence[str], seeds: Sequence[int], rows: int, kind: str) -> int:
    """Everything, then the bars; 1 if one is missed. Without an engine none is judged."""
    bars = [bar for difficulty in difficulties for bar in roster_figures(work, difficulty, seeds, rows, kind)]
    bars += febrl_figures(work)
    print("\nBars for our engine:")
    for bar in bars:
        print(bar.line())
    return int(any(bar.missed for bar in bars))
