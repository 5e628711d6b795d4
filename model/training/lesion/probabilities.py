"""The seven percentages as probabilities: calibrated at stated frequencies of the classes, and re-weighted to others by likelihood ratios.

The logits z are trained as those of equally frequent classes, so that for frequencies π the probabilities are the softmax of a z + b + log π. The
scale a and the biases b (temperature scaling with class biases, A. Alexandari et al., ICML 2020) belong to the network and are the same for every
clinic; π belongs to the clinic. The malignancy is the sum of the malignant classes. Where only the share of malignant lesions changes, its odds and
the threshold's are multiplied by the same factor, so that no lesion changes sides.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

import data
import measures

RIDGE = 2.0
"""Weight of the squared biases, in images: a class with few of them keeps a bias near 0."""
BINS = 15


@dataclass(frozen=True)
class Calibrated:
    scale: float
    bias: np.ndarray
    """float [7], mean 0"""

    def probabilities(self, logits: np.ndarray, log_prior: np.ndarray) -> np.ndarray:
        """[n, 7] at the class frequencies whose logarithm is `log_prior`, [7] or [n, 7]."""
        return measures.softmax(self.scale * logits + self.bias + log_prior)

    def equal_prevalence(self, logits: np.ndarray) -> np.ndarray:
        return self.probabilities(logits, np.zeros(len(data.CLASSES)))


def fit(logits: np.ndarray, allowed: np.ndarray, log_priors: np.ndarray, weights: np.ndarray | None = None) -> Calibrated:
    """The greatest likelihood of labels that allow several classes: bool [n, 7]. `log_priors` [n, 7] are the frequencies in each image's set."""
    weights = np.ones(len(logits)) if weights is None else weights
    logits = logits.astype(np.float64)

    def loss(free: np.ndarray) -> tuple[float, np.ndarray]:
        found = Calibrated(np.exp(free[0]), free[1:] - free[1:].mean()).probabilities(logits, log_priors)
        within = np.where(allowed, found, 0)
        sums = within.sum(1)
        slope = weights[:, None] * (found - within / sums[:, None])
        of_bias = slope.sum(0) + 2 * RIDGE * (free[1:] - free[1:].mean())
        gradient = np.concatenate([[np.exp(free[0]) * (slope * logits).sum()], of_bias - of_bias.mean()])
        return float(-(weights * np.log(sums)).sum() + RIDGE * ((free[1:] - free[1:].mean()) ** 2).sum()), gradient

    free = minimize(loss, np.zeros(1 + len(data.CLASSES)), jac=True, method="BFGS").x
    return Calibrated(float(np.exp(free[0])), free[1:] - free[1:].mean())


def reweighted(probabilities: np.ndarray, prevalence: float, to: float) -> np.ndarray:
    """Probabilities [n, 7] that hold where the share of malignant lesions is `prevalence`, where it is `to` and the frequencies within the malignant and within the benign
    classes are the same."""
    factors = np.empty(len(data.CLASSES))
    factors[data.MALIGNANT], factors[data.BENIGN] = to / prevalence, (1 - to) / (1 - prevalence)
    weighted = probabilities * factors
    return weighted / weighted.sum(1, keepdims=True)


def moved(threshold: float, prevalence: float, to: float) -> float:
    """The threshold that leaves every lesion on its side of it when its malignancy is re-weighted."""
    odds = threshold / (1 - threshold) * (to / (1 - to)) / (prevalence / (1 - prevalence))
    return odds / (1 + odds)


def prevalence_of(log_prior: np.ndarray) -> float:
    return float(np.exp(log_prior)[data.MALIGNANT].sum())


def error(scores: np.ndarray, true: np.ndarray) -> float:
    """Expected calibration error of a probability in bins of equal mass; NaN without images."""
    if not len(scores):
        return float("nan")
    bins = np.array_split(np.argsort(scores, kind="stable"), BINS)
    return float(sum(abs(scores[part].mean() - true[part].mean()) * len(part) for part in bins if len(part)) / len(scores))


def class_errors(found: np.ndarray, allowed: np.ndarray) -> np.ndarray:
    """[7]: the error of each class, on the images whose label says whether they are of it."""
    known = ~allowed | (allowed.sum(1) == 1)[:, None]
    return np.array([error(found[known[:, one], one], allowed[known[:, one], one]) for one in range(found.shape[1])])


def top_error(found: np.ndarray, allowed: np.ndarray) -> float:
    """The error of the largest probability, on the images whose label is one class."""
    certain = allowed.sum(1) == 1
    return error(found[certain].max(1), allowed[certain][np.arange(certain.sum()), found[certain].argmax(1)])
