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
    """One softmax: see `probabilities.py`."""

    temperature: float
    class_bias: list[float]
    """Includes the logarithm of the class frequencies for which the probabilities hold."""

    def probabilities(self, logits: np.ndarray) -> np.ndarray:
        """[n, 7]; the malignant sum is the malignancy."""
        return measures.softmax(logits + np.array(self.class_bias), self.temperature)

    def equal_prevalence(self, logits: np.ndarray, log_prior: np.ndarray) -> np.ndarray:
        """[n, 7]: the same at equal frequencies of the classes, if `log_prior` is what it was fitted with."""
        return measures.softmax(logits + np.array(self.class_bias) - self.temperature * log_prior, self.temperature)

    def slopes(self, logits: np.ndarray) -> np.ndarray:
        """[n, 7]: the slope of the log-odds of malignancy along each logit, up to a common factor."""
        shares = self.probabilities(logits)
        for side in (data.MALIGNANT, data.BENIGN):
            shares[:, side] /= np.maximum(shares[:, side].sum(1, keepdims=True), 1e-12)
        shares[:, data.BENIGN] *= -1
        return shares


def fit(logits: np.ndarray, labels: np.ndarray, log_prior: np.ndarray) -> Calibration:
    """All seven as probabilities at the frequencies of the classes whose logarithm is `log_prior`."""
    found = probabilities.fit(logits, np.eye(len(data.CLASSES), dtype=bool)[labels], np.tile(log_prior, (len(logits), 1)))
    return Calibration(round(1 / found.scale, 4), [round(float(one), 4) for one in (found.bias + log_prior) / found.scale])


def spread_of_repeats(groups: np.ndarray, malignancy: np.ndarray) -> tuple[float, int]:
    """The median difference in the log-odds of malignancy between two images of one lesion, of the lesions that have several, and their number.

    It is what a second capture changes; the first two images of each lesion count, so that no lesion counts twice.
    """
    odds = np.log(np.clip(malignancy, CLAMP, 1 - CLAMP) / (1 - np.clip(malignancy, CLAMP, 1 - CLAMP)))
    members = [np.nonzero(groups == group)[0] for group in np.unique(groups)]
    differences = [abs(odds[one[0]] - odds[one[1]]) for one in members if len(one) > 1]
    return (float(np.median(differences)) if differences else 0.0), len(differences)


def with_bounds(points: list[dict], half: float, lesions: int) -> list[dict]:
    """With the range around each threshold in which a second capture may well be on its other side."""
    source = f"median difference between two images of a lesion, {half:.2f} in log-odds: {lesions} lesions of HAM10000 fold {data.REPORTING_FOLD}"

    def moved(threshold: float, by: float) -> float:
        return round(float(1 / (1 + (1 - threshold) / threshold * np.exp(-by))), 4)

    return [
        {**point, "atThreshold": {"low": moved(point["threshold"], -half), "high": moved(point["threshold"], half), "source": source}}
        for point in points
    ]


def class_rows(bootstrap: measures.Bootstrap, shown: np.ndarray, labels: np.ndarray, on: str) -> list[dict]:
    """How far the seven probabilities are from what is observed, in 15 bins of equal mass each. Resampling itself adds error, so the intervals lie above."""
    allowed = np.eye(len(data.CLASSES), dtype=bool)[labels]
    named = {
        "calibration error of the classes, mean": lambda at: float(np.nanmean(probabilities.class_errors(shown[at], allowed[at]))),
        "calibration error of the classes, largest": lambda at: float(np.nanmax(probabilities.class_errors(shown[at], allowed[at]))),
        "calibration error of the most probable class": lambda at: probabilities.top_error(shown[at], allowed[at]),
    }
    return [{"name": name, "on": on, **bootstrap.interval_of(measure)} for name, measure in named.items()]


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
