"""How many tents are found at how many false ones."""

import numpy as np


def recall_at_false_rates(scores: np.ndarray, tents: np.ndarray, rates=(0.001, 0.005, 0.02)) -> dict[str, float]:
    """Recall at the thresholds that so many of the other crops pass. scores, tents: (n)."""
    others = np.sort(scores[~tents])[::-1]
    limits = {rate: others[min(len(others) - 1, int(rate * len(others)))] for rate in rates}
    return {f"recall at {rate:.1%} false": round(float((scores[tents] > limit).mean()), 3) for rate, limit in limits.items()}
