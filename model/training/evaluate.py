"""Measures an exported bundle on fold 4 and writes its card, and the reference answers for the device's tests.

What is measured is the bundle: the figures are of its ONNX graph, and it is refused if that or the SavedModel differs from PyTorch.
"""

import argparse
import json
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import onnxruntime
import tensorflow as tf

import card
import data
import measures
import network
from export import TOLERANCE

TARGETS = (0.90, 0.95, 0.98)
DEFAULT_TARGET = 0.95
REFERENCE_PICTURES = 50
FIXTURE = Path(__file__).resolve().parents[2] / "test" / "fixtures" / "seed-cnn-reference.json"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--work", type=Path, required=True)
    options.add_argument("--bundle", type=Path, required=True)
    options.add_argument("--reference", type=Path, default=FIXTURE)
    arguments = options.parse_args()

    everything = data.load(arguments.data, network.SIDE, arguments.work)
    fold = everything.where(everything.folds == data.REPORTING_FOLD)
    trained = network.logits_of(network.load_weights(arguments.work / "final.pt"), fold.pictures).numpy()
    logits = verified(arguments.bundle, fold.pictures, trained)

    temperature = measures.temperature_of(logits, fold.labels)
    probabilities = measures.softmax(logits, temperature)
    bootstrap = measures.Bootstrap(fold.groups)
    points = operating_points(bootstrap, probabilities, fold.labels)
    on = f"HAM10000 fold {data.REPORTING_FOLD}: {len(fold.ids)} pictures of {len(set(fold.groups))} lesions"
    measured = figures(bootstrap, probabilities, fold.labels, points, on)
    measured += subgroups(fold, probabilities)

    trained_at = datetime.fromtimestamp((arguments.work / "final.pt").stat().st_mtime, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    card.write(arguments.bundle, created=trained_at, temperature=temperature, points=points, measured=measured)
    arguments.reference.write_text(reference(fold, measures.softmax(trained, temperature)))
    print(measures.summary(probabilities, fold.labels))
    for row in [*measured, *({"name": f"specificity at target {p['targetSensitivity']}", "on": on, **p["specificity"]} for p in points)]:
        print(f"{row['name']} | {row['on']} | {row['value']:.3f} ({row['low']:.3f}–{row['high']:.3f})")


def verified(bundle: Path, pictures: np.ndarray, trained: np.ndarray) -> np.ndarray:
    """The ONNX graph's logits, after both graphs have been held against PyTorch's on every picture."""
    (onnx_logits,) = onnxruntime.InferenceSession(bundle / "model.onnx").run(["logits"], {"image": pictures})
    signature = tf.saved_model.load(str(bundle / "saved_model")).signatures["serving_default"]
    tensorflow_logits = signature(image=tf.constant(pictures))["logits"].numpy()
    for name, logits in (("ONNX", onnx_logits), ("SavedModel", tensorflow_logits)):
        difference = np.abs(measures.softmax(logits) - measures.softmax(trained)).max()
        print(f"{name}: no probability differs from PyTorch's by more than {difference:.1e} on {len(pictures)} pictures")
        if not difference < TOLERANCE:
            raise SystemExit(f"{name} is not the network that was trained")
    return onnx_logits


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


def figures(bootstrap: measures.Bootstrap, probabilities: np.ndarray, labels: np.ndarray, points: list[dict], on: str) -> list[dict]:
    default = next(point for point in points if point["default"])
    measured = {
        "balanced accuracy": measures.balanced_accuracy,
        "accuracy": measures.accuracy,
        "malignancy AUC": measures.malignancy_auc,
        "sensitivity at specificity 0.80": measures.sensitivity_at_specificity(0.8),
        "calibration error of malignancy (15 equal-mass bins)": measures.calibration_error,
    }
    rows = [{"name": name, "on": on, **bootstrap.interval(one, probabilities, labels)} for name, one in measured.items()]
    for name in ("sensitivity", "specificity"):
        rows.append({"name": f"{name} at the referral threshold", "on": on, **default[name]})
    return rows


def subgroups(fold: data.Dataset, probabilities: np.ndarray) -> list[dict]:
    """Malignancy AUC by sex, age and site; groups with fewer than 20 malignant pictures say nothing and are left out."""

    def age(row: dict[str, str]) -> str:
        if row["age"] == "":
            return ""
        years = float(row["age"])
        return "age under 40" if years < 40 else "age 40–59" if years < 60 else "age 60 and over"

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


def reference(fold: data.Dataset, probabilities: np.ndarray) -> str:
    """PyTorch's answers, temperature applied, to fifty pictures, as many of each class as can be; numbers only, no picture."""
    members = [np.nonzero(fold.labels == label)[0] for label in range(len(data.CLASSES))]
    rounds = (one[turn] for turn in range(REFERENCE_PICTURES) for one in members if turn < len(one))
    chosen = sorted(next(rounds) for _ in range(REFERENCE_PICTURES))
    lines = [f'    "{fold.ids[i]}": [{", ".join(f"{p:.6f}" for p in probabilities[i])}]' for i in chosen]
    return '{\n  "images": {\n' + ",\n".join(lines) + "\n  }\n}\n"


if __name__ == "__main__":
    main()
