"""Everything between the outputs of the graph and the result of the kiosk: the same formulas as `src/classifier/decision/verdict.ts`, and how their
parameters are fitted. All are fitted on fold 4 except the axes of the likeness, which come from training images."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

import data
import measures
import probabilities

COVERAGE = 0.95
UNSURE = 0.05
"""Largest fraction of results that may be withheld because the set of possible classes is large and contains no malignant one."""
KEPT = 0.98
"""Fraction of the lesions of fold 4 that pass the check of the evidence, and that of the likeness."""
SMALLEST = 0.001
"""Fraction of them that are too small to count as a lesion. Few, because a small lesion is one, and the kiosk's gate requests a closer image of it."""
COMPONENTS = 64
CLAMP = 1e-6


@dataclass(frozen=True)
class Calibration:
    temperature: float
    class_bias: list[float]
    """Determines the malignancy."""
    differential_bias: list[float]
    """Determines the distribution within the malignant and within the benign classes."""
    slope: float
    intercept: float

    def probabilities(self, logits: np.ndarray) -> np.ndarray:
        """[n, 7]: the softmax with the bias of the differential, with malignant and benign classes scaled so that the malignant sum is the
        calibrated malignancy."""
        malignant = measures.malignancy_of(self._softmax(logits, self.class_bias))
        calibrated = 1 / (1 + np.exp(-(self.slope * _logit(malignant) + self.intercept)))
        shares = _of_side(self._softmax(logits, self.differential_bias))
        shares[:, data.MALIGNANT] *= calibrated[:, None]
        shares[:, data.BENIGN] *= 1 - calibrated[:, None]
        return shares / shares.sum(1, keepdims=True)

    def equal_prevalence(self, logits: np.ndarray, log_prior: np.ndarray) -> np.ndarray:
        """[n, 7]: the same at equal frequencies of the classes, if `log_prior` is what it was fitted with."""
        return self._softmax(logits, list(np.array(self.class_bias) - self.temperature * log_prior))

    def slopes(self, logits: np.ndarray) -> np.ndarray:
        """[n, 7]: the slope of the log-odds of malignancy along each logit, up to a common factor."""
        shares = _of_side(self._softmax(logits, self.class_bias))
        shares[:, data.BENIGN] *= -1
        return shares

    def _softmax(self, logits: np.ndarray, bias: list[float]) -> np.ndarray:
        return measures.softmax(logits + np.array(bias), self.temperature)


def _of_side(shares: np.ndarray) -> np.ndarray:
    """Each class's share of its own group, malignant or benign."""
    shares = shares.copy()
    for side in (data.MALIGNANT, data.BENIGN):
        shares[:, side] /= np.maximum(shares[:, side].sum(1, keepdims=True), 1e-12)
    return shares


def fit(logits: np.ndarray, labels: np.ndarray, log_prior: np.ndarray) -> Calibration:
    """All seven as probabilities at the frequencies of the classes whose logarithm is `log_prior`: see `probabilities.py`. The malignancy needs no further
    map, and the differential is the same softmax."""
    found = probabilities.fit(logits, np.eye(len(data.CLASSES), dtype=bool)[labels], np.tile(log_prior, (len(logits), 1)))
    bias = _rounded((found.bias + log_prior) / found.scale)
    return Calibration(round(1 / found.scale, 4), bias, bias, 1.0, 0.0)


def _rounded(values: np.ndarray) -> list[float]:
    return [round(float(one), 4) for one in values]


def _logit(p: np.ndarray) -> np.ndarray:
    p = np.clip(p, CLAMP, 1 - CLAMP)
    return np.log(p / (1 - p))


def conformal(probabilities: np.ndarray, labels: np.ndarray) -> dict:
    """The minimum probability of a class in the prediction set such that the set contains the true class in `COVERAGE` of the cases, and the
    maximum size of a set without a malignant class: the smallest for which at most `UNSURE` of the results are withheld.

    Sadinle, Lei and Wasserman, "Least ambiguous set-valued classifiers", JASA 114 (2019).
    """
    true = np.sort(probabilities[np.arange(len(labels)), labels])
    rank = int(np.floor((1 - COVERAGE) * (len(true) + 1))) - 1
    least = round(float(np.floor(true[max(rank, 0)] * 1e4) / 1e4), 4)
    candidates = ({"coverage": COVERAGE, "minProbability": least, "maxSize": size} for size in range(1, len(data.CLASSES) + 1))
    return next(limits for limits in candidates if unsure(probabilities, limits).mean() <= UNSURE)


def unsure(probabilities: np.ndarray, limits: dict) -> np.ndarray:
    members = probabilities >= limits["minProbability"]
    return ((members.sum(1) > limits["maxSize"]) & ~members[:, data.MALIGNANT].any(1)) | ~members.any(1)


def evidence(mask: np.ndarray) -> np.ndarray:
    """[n]: the mean of the largest 2 % of each mask's values."""
    values = np.sort(mask.reshape(len(mask), -1), axis=1)
    return values[:, -max(1, round(0.02 * values.shape[1])) :].mean(1)


def share(mask: np.ndarray) -> np.ndarray:
    """[n]: the fraction of the field covered by the lesion."""
    return (mask >= 0.5).reshape(len(mask), -1).mean(1)


@dataclass(frozen=True)
class Likeness:
    """Probabilistic PCA of the pooled features (Tipping and Bishop, JRSS B 61, 1999)."""

    mean: np.ndarray
    eigenvalues: np.ndarray
    residual_variance: float
    components: np.ndarray

    def distance(self, features: np.ndarray) -> np.ndarray:
        """[n]: squared Mahalanobis distance: along the axes by their variance, orthogonal to them by the residual variance."""
        d = features - self.mean
        along = d @ self.components.T
        rest = (d**2).sum(1) - (along**2).sum(1)
        return (along**2 / self.eigenvalues).sum(1) + rest / self.residual_variance

    def write(self, file: Path) -> None:
        parts = [self.mean, self.eigenvalues, [self.residual_variance], self.components.ravel()]
        file.write_bytes(np.concatenate(parts).astype("<f4").tobytes())


def likeness(features: np.ndarray, components: int = COMPONENTS) -> Likeness:
    mean = features.mean(0)
    _, singular, rows = np.linalg.svd(features - mean, full_matrices=False)
    variances = singular**2 / (len(features) - 1)
    rest = variances[components:].sum() / (features.shape[1] - components)
    return Likeness(mean, variances[:components], float(rest), rows[:components])


def signs(answers: dict[str, np.ndarray], like: Likeness) -> dict[str, np.ndarray]:
    """Values for detecting out-of-distribution images, [n] each: evidence and area fraction of a lesion, distance from the training images."""
    mask = answers["mask"]
    return {"evidence": evidence(mask), "share": share(mask), "distance": like.distance(answers["features"])}


@dataclass(frozen=True)
class Limits:
    """Limits beyond which an image counts as showing no lesion, or as unlike the training images."""

    evidence: float
    share: float
    distance: float

    def beyond(self, found: dict[str, np.ndarray]) -> np.ndarray:
        """bool [n], from the values of `signs`."""
        absent = (found["evidence"] < self.evidence) | (found["share"] < self.share)
        return absent | (found["distance"] > self.distance)


def limits(found: dict[str, np.ndarray], kept: float = KEPT) -> Limits:
    """From the values of `signs` for lesions: the fraction `kept` passes the limits of evidence and of distance, each separately."""
    return Limits(
        evidence=float(np.floor(np.quantile(found["evidence"], 1 - kept) * 1e4) / 1e4),
        share=float(np.floor(np.quantile(found["share"], SMALLEST) * 1e4) / 1e4),
        distance=round(float(np.quantile(found["distance"], kept)), 1),
    )


@dataclass(frozen=True)
class Refusal:
    """The limits beyond which the kiosk withholds the score."""

    like: Likeness
    limits: Limits
    conformal: dict

    def stranger(self, answers: dict[str, np.ndarray]) -> np.ndarray:
        """bool [n]: no lesion, or unlike the training images."""
        return self.limits.beyond(signs(answers, self.like))
