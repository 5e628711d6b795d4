"""The figures of a card: operating points, measures with intervals by lesion, subgroups, and reference outputs for the device's tests."""

import numpy as np

import data
import measures

TARGETS = (0.90, 0.95, 0.98)
DEFAULT_TARGET = 0.95
LIKE, LIKE_LEAST, LIKE_STEP = 50, 15, 25
"""Largest and smallest number of lesions on either side of a score that form its group: enough for an interval, few enough to be similar; and the
number of lesions between the centres of two groups."""


def on_fold(fold: data.Dataset) -> str:
    return f"HAM10000 fold {data.REPORTING_FOLD}: {len(fold.ids)} pictures of {len(set(fold.groups))} lesions"


def operating_points(bootstrap: measures.Bootstrap, probabilities: np.ndarray, labels: np.ndarray) -> list[dict]:
    points = []
    for target in TARGETS:
        threshold = bootstrap.threshold(target, probabilities, labels)
        points.append(
            {
                "name": f"sensitivity {target:.2f}",
                "targetSensitivity": target,
                "threshold": threshold,
                "sensitivity": bootstrap.interval(measures.sensitivity(threshold), probabilities, labels),
                "specificity": bootstrap.interval(measures.specificity(threshold), probabilities, labels),
                "default": target == DEFAULT_TARGET,
            }
        )
    return points


def reliability(groups: np.ndarray, probabilities: np.ndarray, labels: np.ndarray, on: str) -> dict:
    """Counts of malignant lesions around ranks of the malignancy, with one image per lesion, since errors on images of the same lesion are
    correlated. Groups are symmetric around the rank, so that they get smaller towards the ends rather than asymmetric."""
    _, first = np.unique(groups, return_index=True)
    scores, malignant = measures.malignancy_of(probabilities[first]), measures.is_malignant(labels[first])
    order = np.argsort(scores, kind="stable")
    count = len(order)
    centres = sorted({*range(count - LIKE_STEP, LIKE_STEP - 1, -LIKE_STEP), LIKE_LEAST, count - LIKE_LEAST}) if count >= 2 * LIKE_LEAST else []
    parts = [order[centre - half : centre + half] for centre in centres for half in [min(LIKE, centre, count - centre)]]
    return {
        "on": on,
        "malignancy": [round(float(np.median(scores[part])), 4) for part in parts],
        "lesions": [len(part) for part in parts],
        "malignant": [int(malignant[part].sum()) for part in parts],
    }


def table(
    bootstrap: measures.Bootstrap, probabilities: np.ndarray, labels: np.ndarray, points: list[dict], on: str, equal: np.ndarray | None = None
) -> list[dict]:
    """`equal` are the probabilities at equal frequencies of the classes, from which balanced accuracy is computed; the others unless given."""
    even = probabilities if equal is None else equal
    balanced = {"name": "balanced accuracy", "on": on, **bootstrap.interval(measures.balanced_accuracy, even, labels)}
    measured = {
        "accuracy": measures.accuracy,
        "malignancy AUC": measures.malignancy_auc,
        "sensitivity at specificity 0.80": measures.sensitivity_at_specificity(0.8),
        "calibration error of malignancy (15 equal-mass bins)": measures.calibration_error,
    }
    rows = [balanced, *({"name": name, "on": on, **bootstrap.interval(one, probabilities, labels)} for name, one in measured.items())]
    for name in ("sensitivity", "specificity"):
        rows.append({"name": f"{name} at the referral threshold", "on": on, **default(points)[name]})
    return rows


def subgroups(fold: data.Dataset, probabilities: np.ndarray) -> list[dict]:
    """Malignancy AUC by sex, age and site; groups with fewer than 20 malignant images are too small and omitted."""

    def age(row: dict[str, str]) -> str:
        if row["age"] == "":
            return ""
        years = float(row["age"])
        return "age 0–39" if years < 40 else "age 40–59" if years < 60 else "age 60 and over"

    kinds = {
        "sex": lambda row: row["sex"] if row["sex"] in ("female", "male") else "",
        "age": age,
        "site": lambda row: f"site {row['localization']}" if row["localization"] != "unknown" else "",
    }
    rows = []
    for name_of in kinds.values():
        names = np.array([name_of(row) for row in fold.rows])
        for name in sorted(set(names) - {""}):
            chosen = names == name
            part, shares = fold.where(chosen), probabilities[chosen]
            if measures.is_malignant(part.labels).sum() < 20:
                continue
            interval = measures.Bootstrap(part.groups).interval(measures.malignancy_auc, shares, part.labels)
            on = f"HAM10000 fold {data.REPORTING_FOLD}, {name}: {len(part.ids)} pictures"
            rows.append({"name": "malignancy AUC", "on": on, **interval})
    return rows


def spread(labels: np.ndarray, count: int) -> np.ndarray:
    """Sorted indices of `count` images, or of all if there are fewer, with classes as equally represented as possible."""
    members = [np.nonzero(labels == label)[0] for label in range(len(data.CLASSES))]
    rounds = (one[turn] for turn in range(count) for one in members if turn < len(one))
    return np.array(sorted(next(rounds) for _ in range(min(count, len(labels)))))


def reference(ids: np.ndarray, probabilities: np.ndarray) -> str:
    """PyTorch's probabilities as the kiosk must show them; numbers only, no image."""
    lines = [f'    "{one}": [{", ".join(f"{p:.6f}" for p in row)}]' for one, row in zip(ids, probabilities)]
    return '{\n  "images": {\n' + ",\n".join(lines) + "\n  }\n}\n"


def log_prior(dataset) -> np.ndarray:
    """[7]: logarithm of each class's fraction of the images, which are what the figures are of."""
    counts = np.bincount(dataset.labels, minlength=len(data.CLASSES))
    return np.log(counts / counts.sum())


def default(points: list[dict]) -> dict:
    return next(point for point in points if point["default"])


def show(measured: list[dict], points: list[dict], on: str) -> None:
    further = [{"name": f"specificity at target {point['targetSensitivity']}", "on": on, **point["specificity"]} for point in points]
    for row in [*measured, *further]:
        interval = f" ({row['low']:.3f}–{row['high']:.3f})" if "low" in row else ""
        print(f"{row['name']} | {row['on']} | {row['value']:.3f}{interval}")
