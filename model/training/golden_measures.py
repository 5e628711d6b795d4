"""Writes synthetic cases and their figures, for the evaluation program on the device: python golden_measures.py FILE

The probabilities are multiples of 1/64, so sums are exact in any order, and ties, on which the definitions must agree, are frequent.
"""

import json
import sys
from pathlib import Path

import numpy as np

import measures
from data import CLASSES

PICTURES, LESIONS, REPLICAS = 61, 43, 12
THRESHOLD = 0.3125

MEASURES = {
    "accuracy": measures.accuracy,
    "balancedAccuracy": measures.balanced_accuracy,
    "malignancyAuc": measures.malignancy_auc,
    "calibrationError": measures.calibration_error,
    "sensitivity": measures.sensitivity(THRESHOLD),
    "specificity": measures.specificity(THRESHOLD),
    "sensitivityAtSpecificity80": measures.sensitivity_at_specificity(0.8),
    "sensitivityAtSpecificity50": measures.sensitivity_at_specificity(0.5),
}


def figures(probabilities: np.ndarray, labels: np.ndarray) -> dict[str, float]:
    return {name: measure(probabilities, labels) for name, measure in MEASURES.items()}


def main(file: Path) -> None:
    random = np.random.default_rng(4)
    lesions = np.sort(np.concatenate([np.arange(LESIONS), random.integers(0, LESIONS, PICTURES - LESIONS)]))
    class_of = random.choice(len(CLASSES), LESIONS, p=[0.1, 0.12, 0.15, 0.08, 0.15, 0.3, 0.1])
    labels = class_of[lesions]
    weights = random.dirichlet(np.full(len(CLASSES), 0.7), PICTURES)
    weights[np.arange(PICTURES), labels] += 0.35
    probabilities = np.stack([random.multinomial(64, row / row.sum()) for row in weights]) / 64
    draws = random.integers(0, LESIONS, (REPLICAS, LESIONS))
    replicas = []
    for draw in draws:
        counts = np.bincount(draw, minlength=LESIONS)
        index = np.repeat(np.arange(PICTURES), counts[lesions])
        replicas.append({"counts": counts.tolist(), "figures": figures(probabilities[index], labels[index])})
    aucs = [replica["figures"]["malignancyAuc"] for replica in replicas]
    golden = {
        "threshold": THRESHOLD,
        "cases": [
            {"lesion": f"L{lesion:02}", "dx": CLASSES[label], "sixtyFourths": (row * 64).astype(int).tolist()}
            for lesion, label, row in zip(lesions, labels, probabilities)
        ],
        "figures": figures(probabilities, labels),
        "replicas": replicas,
        "percentiles": np.percentile(aucs, [2.5, 97.5]).tolist(),
    }
    file.write_text(json.dumps(golden) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
