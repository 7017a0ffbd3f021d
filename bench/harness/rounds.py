"""Measures that compete are taken by turns, and their medians count: whatever else the machine does hits them alike."""

import statistics

ROUNDS = 3


def rounds_of(measures):
    """Calls each measure by turns, and gives its medians."""
    found = {name: [] for name in measures}
    for _ in range(ROUNDS):
        for name, measure in measures.items():
            found[name].append(measure())
    return {name: median_of(rounds) for name, rounds in found.items()}


def median_of(rounds):
    if not isinstance(rounds[0], dict):
        return statistics.median(rounds)
    middle = {key: statistics.median(one[key] for one in rounds) for key in ("per_second", "p50_us", "p99_us")}
    return {**middle, "max_us": max(one["max_us"] for one in rounds)}
