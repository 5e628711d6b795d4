"""Performance figures from probabilities and labels, their bootstrap by lesion, and the resulting thresholds."""

from collections.abc import Callable, Iterator

import numpy as np

from data import CLASSES, MALIGNANT

REPLICAS = 2000
BINS = 15


def malignancy_of(probabilities: np.ndarray) -> np.ndarray:
    return probabilities[:, MALIGNANT].sum(1)


def is_malignant(labels: np.ndarray) -> np.ndarray:
    return np.isin(labels, MALIGNANT)


def accuracy(probabilities: np.ndarray, labels: np.ndarray) -> float:
    return float((probabilities.argmax(1) == labels).mean())


def balanced_accuracy(probabilities: np.ndarray, labels: np.ndarray) -> float:
    """Mean recall over the classes present."""
    hit = probabilities.argmax(1) == labels
    return float(np.mean([hit[labels == label].mean() for label in np.unique(labels)]))


def malignancy_auc(probabilities: np.ndarray, labels: np.ndarray) -> float:
    """Area under the ROC curve from the Mann–Whitney rank sum; ties count half."""
    return auc(malignancy_of(probabilities), is_malignant(labels))


def auc(scores: np.ndarray, positive: np.ndarray) -> float:
    """Area under the ROC curve of any score, from the same rank sum; NaN without both kinds."""
    _, inverse, counts = np.unique(scores, return_inverse=True, return_counts=True)
    rank = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    positives = positive.sum()
    negatives = len(positive) - positives
    if not positives or not negatives:
        return float("nan")
    return float((rank[positive].sum() - positives * (positives + 1) / 2) / (positives * negatives))


def calibration_error(probabilities: np.ndarray, labels: np.ndarray) -> float:
    """Expected calibration error of the malignancy in 15 bins of equal mass."""
    scores, malignant = malignancy_of(probabilities), is_malignant(labels)
    bins = np.array_split(np.argsort(scores, kind="stable"), BINS)
    gaps = [abs(scores[part].mean() - malignant[part].mean()) * len(part) for part in bins]
    return float(sum(gaps) / len(scores))


def sensitivity(threshold: float) -> Callable[[np.ndarray, np.ndarray], float]:
    return lambda probabilities, labels: float(
        (malignancy_of(probabilities)[is_malignant(labels)] >= threshold).mean()
    )


def specificity(threshold: float) -> Callable[[np.ndarray, np.ndarray], float]:
    return lambda probabilities, labels: float(
        (malignancy_of(probabilities)[~is_malignant(labels)] < threshold).mean()
    )


def sensitivity_at_specificity(wanted: float) -> Callable[[np.ndarray, np.ndarray], float]:
    def measure(probabilities: np.ndarray, labels: np.ndarray) -> float:
        scores, malignant = malignancy_of(probabilities), is_malignant(labels)
        threshold = np.quantile(scores[~malignant], wanted, method="higher")
        return float((scores[malignant] > threshold).mean())

    return measure


class Bootstrap:
    """Samples of lesions with replacement; all images of a lesion are sampled together."""

    def __init__(self, groups: np.ndarray, seed: int = 7, replicas: int = REPLICAS) -> None:
        names, self._group_of = np.unique(groups, return_inverse=True)
        draws = np.random.default_rng(seed).integers(0, len(names), (replicas, len(names)))
        self._counts = np.stack([np.bincount(draw, minlength=len(names)) for draw in draws])

    def interval(self, measure, probabilities: np.ndarray, labels: np.ndarray) -> dict[str, float]:
        """The figure with the 2.5th and 97.5th percentiles of its replicas."""
        values = [measure(probabilities[at], labels[at]) for at in self._samples()]
        low, high = np.percentile(values, [2.5, 97.5])
        return {name: round(float(v), 4) for name, v in zip(("value", "low", "high"), (measure(probabilities, labels), low, high))}

    def difference(self, measure, ours: np.ndarray, theirs: np.ndarray, labels: np.ndarray) -> tuple[float, float]:
        """95 % interval of the difference of `measure` between two sets of probabilities, on the same samples of lesions."""
        differences = [measure(ours[at], labels[at]) - measure(theirs[at], labels[at]) for at in self._samples()]
        low, high = np.percentile(differences, [2.5, 97.5])
        return float(low), float(high)

    def _samples(self) -> Iterator[np.ndarray]:
        """The image indices of each replica, repeated as often as their lesion was drawn."""
        for counts in self._counts:
            yield np.repeat(np.arange(len(self._group_of)), counts[self._group_of])

    def interval_of(self, measure: Callable[[np.ndarray], float]) -> dict[str, float]:
        """The same for a measure of the indices of images."""
        low, high = np.nanpercentile(self.replicas(measure), [2.5, 97.5])
        return {name: round(float(v), 4) for name, v in zip(("value", "low", "high"), (measure(np.arange(len(self._group_of))), low, high))}

    def replicas(self, measure: Callable[[np.ndarray], float]) -> np.ndarray:
        """float [REPLICAS]: that measure of each replica."""
        return np.array([measure(at) for at in self._samples()])

    def mean(self, values: np.ndarray) -> dict[str, float]:
        """The same for the mean of one value per image."""
        weights = self._counts[:, self._group_of]
        low, high = np.percentile(weights @ values / weights.sum(1), [2.5, 97.5])
        return {name: round(float(v), 4) for name, v in zip(("value", "low", "high"), (values.mean(), low, high))}

    def threshold(self, target: float, probabilities: np.ndarray, labels: np.ndarray) -> float:
        """The largest threshold (in steps of 0.0001) whose one-sided 95 % lower bound of sensitivity is at least the target."""
        malignant = is_malignant(labels)
        scores = malignancy_of(probabilities)[malignant]
        weights = self._counts[:, self._group_of[malignant]]
        order = np.argsort(-scores)
        reached = np.cumsum(weights[:, order], axis=1) / weights.sum(1, keepdims=True)
        bound = np.percentile(reached, 5, axis=0)
        at = int(np.argmax(bound >= target))
        # Rounded down, so that the image that sets the threshold is above it in every engine.
        return float(np.floor(scores[order[at]] * 1e4) / 1e4)


def summary(probabilities: np.ndarray, labels: np.ndarray) -> str:
    recalls = ", ".join(
        f"{CLASSES[label]} {(probabilities.argmax(1) == label)[labels == label].mean():.2f}" for label in np.unique(labels)
    )
    return (
        f"balanced accuracy {balanced_accuracy(probabilities, labels):.3f}, "
        f"malignancy AUC {malignancy_auc(probabilities, labels):.3f}, "
        f"accuracy {accuracy(probabilities, labels):.3f} (recall: {recalls})"
    )


def temperature_of(logits: np.ndarray, labels: np.ndarray) -> float:
    """The temperature with the least negative log-likelihood (Guo et al. 2017), by golden-section search to three digits."""

    def loss(temperature: float) -> float:
        scaled = logits.astype(np.float64) / temperature
        scaled -= scaled.max(1, keepdims=True)
        return float(np.mean(np.log(np.exp(scaled).sum(1)) - scaled[np.arange(len(labels)), labels]))

    low, high, ratio = 0.05, 20.0, (5**0.5 - 1) / 2
    while high - low > 1e-4:
        left, right = high - ratio * (high - low), low + ratio * (high - low)
        low, high = (low, right) if loss(left) < loss(right) else (left, high)
    return round((low + high) / 2, 3)


def softmax(logits: np.ndarray, temperature: float = 1.0) -> np.ndarray:
    scaled = logits.astype(np.float64) / temperature
    exponentials = np.exp(scaled - scaled.max(1, keepdims=True))
    return exponentials / exponentials.sum(1, keepdims=True)
