"""Measures the recipe on folds 0–3, each with the pair of networks trained without it.

First run it with `--hold-out K` for each fold, then without for all four together.
"""

import argparse
import json
import tempfile
from pathlib import Path

import numpy as np

import bundle as bundles
import calibration
import data
import evaluate
import explanation
import export
import figures
import graphs
import measures
import network
import pictures as lesion_pictures
import ood_images
import train
import tta

LESIONS = "lesions"
ON = "HAM10000 folds 0–3, each by a pair trained without it"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--work", type=Path, required=True)
    options.add_argument("--side", type=int, default=network.SIDE)
    options.add_argument("--hold-out", type=int, choices=data.TRAINING_FOLDS, help="run the pair of this fold; without this option: measure all")
    arguments = options.parse_args()
    table = data.table(arguments.data)
    if arguments.hold_out is None:
        measure(arguments, table)
    else:
        ask(arguments, table, arguments.hold_out)


def ask(arguments, table: data.Dataset, fold: int) -> None:
    """The outputs of the pair trained without this fold for it, and how many out-of-distribution images it rejects."""
    run = graph_of(export.load([train.checkpoint(arguments.work, encoder, fold) for encoder in network.WIDTHS]), arguments)
    (held_out,) = np.nonzero(table.folds == fold)
    (seen,) = np.nonzero(np.isin(table.folds, data.TRAINING_FOLDS) & (table.folds != fold))
    some = table.ids[seen[:: max(1, len(seen) // evaluate.LIKENESS_PICTURES)]]

    def answer(images: np.ndarray) -> dict[str, np.ndarray]:
        return tta.averaged(run, images, tta.COUNT)

    answers = answer(evaluate.prepared(arguments.data / "images", table.ids[held_out], arguments.side))
    like = calibration.likeness(answer(evaluate.prepared(arguments.data / "images", some, arguments.side))["features"])
    pictures = lesion_pictures.load(arguments.data, arguments.work, list(table.ids), table.folds)
    others = ood_images.load(arguments.side, pictures.patches[pictures.patch_folds == fold], arguments.work)
    signs = {LESIONS: calibration.signs(answers, like)}
    signs |= {kind: calibration.signs(answer(images), like) for kind, images in others.items()}
    np.savez(
        arguments.work / f"lesion-asked-{fold}.npz",
        **{name: answers[name].astype(np.float32) for name in ("logits", "map", "mask")},
        **{f"{sign} of {kind}": values for kind, found in signs.items() for sign, values in found.items()},
    )


def graph_of(model: network.Ensemble, arguments) -> bundles.Run:
    """The ONNX graph of the pair, which is twice as fast as PyTorch."""
    with tempfile.TemporaryDirectory() as folder:
        graphs.save_onnx(graphs.record(model), arguments.side, Path(folder) / "model.onnx")
        return bundles.onnx_graph(Path(folder), graphs.OUTPUTS)


def measure(arguments, table: data.Dataset) -> None:
    asked = {fold: dict(np.load(arguments.work / f"lesion-asked-{fold}.npz")) for fold in data.TRAINING_FOLDS}
    log_prior = figures.log_prior(table.where(table.folds != data.REPORTING_FOLD))
    part = table.where(np.isin(table.folds, data.TRAINING_FOLDS))
    answers = {name: in_order(part.folds, asked, name) for name in ("logits", "map", "mask")}
    shown, slopes, equal = calibrated_apart(part, answers["logits"], log_prior)
    bootstrap = measures.Bootstrap(part.groups)
    points = figures.operating_points(bootstrap, shown, part.labels)
    rows = figures.table(bootstrap, shown, part.labels, points, ON, equal)
    rows += calibration.class_rows(bootstrap, shown, part.labels, ON)
    masks = explanation.true_masks(arguments.data, part.ids)
    rows += explanation.rows(answers, shown, slopes, points, masks, bootstrap, ON)
    refused = refused_apart(asked, calibration.KEPT)
    kept = round(1 - refused.pop(LESIONS), 4)
    rows.append({"name": "lesions kept by the checks of presence and likeness", "on": ON, "value": kept})
    for kind, part_of in refused.items():
        rows.append({"name": "not-a-lesion pictures refused", "on": f"{kind}, the four fold pairs", "value": round(part_of, 4)})
    (arguments.work / "lesion-out-of-fold.json").write_text(json.dumps(rows, indent=1))
    print(measures.summary(shown, part.labels))
    figures.show(rows, points, ON)
    for each in (0.995, 0.99, 0.985, 0.98, 0.975, 0.97):
        shares = ", ".join(f"{kind} {share:.3f}" for kind, share in refused_apart(asked, each).items())
        print(f"checks that let {each} of the lesions pass each: refused {shares}")


def refused_apart(asked: dict[int, dict], kept: float) -> dict[str, float]:
    """By kind, the fraction that the fold pairs reject, each with the limits of its own fold's lesions."""
    refused: dict[str, list[np.ndarray]] = {}
    for one in asked.values():
        kinds = [name.removeprefix("distance of ") for name in one if name.startswith("distance of ")]
        found = {kind: {sign: one[f"{sign} of {kind}"] for sign in ("evidence", "share", "distance")} for kind in kinds}
        limits = calibration.limits(found[LESIONS], kept)
        for kind, signs in found.items():
            refused.setdefault(kind, []).append(limits.beyond(signs))
    return {kind: float(np.concatenate(values).mean()) for kind, values in refused.items()}


def in_order(folds: np.ndarray, asked: dict[int, dict], name: str) -> np.ndarray:
    """The outputs of each fold's pair for it, in the order of the images."""
    values = np.empty((len(folds), *asked[folds[0]][name].shape[1:]), asked[folds[0]][name].dtype)
    for fold, answers in asked.items():
        values[folds == fold] = answers[name]
    return values


def calibrated_apart(part: data.Dataset, logits: np.ndarray, log_prior: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Probabilities, slopes, and probabilities at equal prevalence, for each fold calibrated on the three others."""
    shown, slopes, equal = (np.empty_like(logits, dtype=float) for _ in range(3))
    for fold in data.TRAINING_FOLDS:
        mine = part.folds == fold
        found = calibration.fit(logits[~mine], part.labels[~mine], log_prior)
        shown[mine], slopes[mine] = found.probabilities(logits[mine]), found.slopes(logits[mine])
        equal[mine] = found.equal_prevalence(logits[mine], log_prior)
    return shown, slopes, equal


if __name__ == "__main__":
    main()
