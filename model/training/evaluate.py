"""Figures of a classifier with 95 % bootstrap intervals by lesion."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from network import CLASSES

MALIGNANT = np.array([name in ("akiec", "bcc", "mel") for name in CLASSES])
ROUNDS = 1000
SEED = 4


def softmax(logits: np.ndarray, temperature: float = 1.0) -> np.ndarray:
    scaled = logits.astype(np.float64) / temperature
    exponentials = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=1, keepdims=True)


def fit_temperature(logits: np.ndarray, labels: np.ndarray) -> float:
    """The temperature of least negative log likelihood (Guo et al., 2017), to three digits."""
    candidates = np.geomspace(0.25, 8, 800)
    rows = np.arange(len(labels))
    losses = [-np.log(softmax(logits, t)[rows, labels] + 1e-12).mean() for t in candidates]
    return float(np.round(candidates[int(np.argmin(losses))], 3))


def balanced_accuracy(probabilities: np.ndarray, labels: np.ndarray) -> float:
    answers = probabilities.argmax(axis=1)
    present = [index for index in range(len(CLASSES)) if (labels == index).any()]
    return float(np.mean([(answers[labels == index] == index).mean() for index in present]))


def auc(scores: np.ndarray, positive: np.ndarray) -> float:
    """Area under the ROC curve by ranks; ties count half."""
    order = np.sort(scores[~positive])
    below = np.searchsorted(order, scores[positive], "left")
    upto = np.searchsorted(order, scores[positive], "right")
    return float((below + upto).mean() / 2 / len(order))


def sensitivity_at(scores: np.ndarray, positive: np.ndarray, threshold: float) -> float:
    return float((scores[positive] >= threshold).mean())


def specificity_at(scores: np.ndarray, positive: np.ndarray, threshold: float) -> float:
    return float((scores[~positive] < threshold).mean())


def calibration_error(scores: np.ndarray, positive: np.ndarray, bins: int = 15) -> float:
    """Expected calibration error over bins of equal mass."""
    order = np.argsort(scores, kind="stable")
    parts = np.array_split(order, bins)
    return float(sum(len(part) * abs(scores[part].mean() - positive[part].mean()) for part in parts) / len(scores))


def resamples(groups: np.ndarray) -> list[np.ndarray]:
    """Indices of `ROUNDS` bootstrap samples; whole lesions are drawn, never single pictures."""
    generator = np.random.default_rng(SEED)
    lesions, inverse = np.unique(groups, return_inverse=True)
    members = [np.flatnonzero(inverse == index) for index in range(len(lesions))]
    draws = generator.integers(0, len(lesions), (ROUNDS, len(lesions)))
    return [np.concatenate([members[index] for index in draw]) for draw in draws]


def with_interval(figure: Callable[[np.ndarray], float], samples: list[np.ndarray], total: int) -> dict[str, float]:
    values = [figure(sample) for sample in samples]
    low, high = np.percentile(values, [2.5, 97.5])
    return {"value": rounded(figure(np.arange(total))), "low": rounded(low), "high": rounded(high)}


def rounded(value: float) -> float:
    return round(float(value), 4)


def threshold_for(scores: np.ndarray, positive: np.ndarray, samples: list[np.ndarray], target: float) -> float:
    """The largest threshold whose one-sided 95 % lower bound of sensitivity, over resampled lesions, is at least `target`.

    Sensitivity falls as the threshold rises, so it is found by bisection over the malignant pictures' own scores.
    """
    candidates = np.unique(scores[positive])
    low, high = 0, len(candidates) - 1
    while low < high:
        middle = (low + high + 1) // 2
        bound = np.percentile([sensitivity_at(scores[s], positive[s], candidates[middle]) for s in samples], 5)
        low, high = (middle, high) if bound >= target else (low, middle - 1)
    return float(np.floor(candidates[low] * 1e6) / 1e6)
