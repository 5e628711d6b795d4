"""Calibrates and measures an exported bundle on fold 4, and writes its card and the reference outputs for the device's tests.

The bundle itself is measured: every figure is that of its ONNX graph on images prepared as on the device, and it is rejected if that
graph or the SavedModel differs from PyTorch.
"""

import argparse
import json
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

import bundle as bundles
import calibration
import card
import data
import explanation
import export
import figures
import geometry
import graphs
import measures
import network
import pictures as lesion_pictures
import ood_images
import sets
import tta

REFERENCE_PICTURES = 200
LIKENESS_PICTURES = 3000
GATE = Path(__file__).resolve().parents[1] / "gate_rate.mjs"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--work", type=Path, required=True)
    options.add_argument("--checkpoint", type=Path, nargs="+", required=True)
    options.add_argument("--bundle", type=Path, required=True)
    options.add_argument("--side", type=int, default=network.SIDE)
    options.add_argument("--reference", type=Path, required=True, help="file to write for the device's tests")
    arguments = options.parse_args()
    table = data.table(arguments.data)
    fold = table.where(table.folds == data.REPORTING_FOLD)
    soft = prepared(arguments.data / "images", fold.ids, arguments.side)
    answer = answering(arguments.bundle)
    answers = answer(soft)

    log_prior = figures.log_prior(table.where(table.folds != data.REPORTING_FOLD))
    calibrated = calibration.fit(answers["logits"], fold.labels, log_prior)
    shown = calibrated.probabilities(answers["logits"])
    model = export.load(arguments.checkpoint)
    write_reference(arguments, model, fold, soft, calibrated, answers["logits"])

    like = calibration.likeness(training_features(arguments.data, table, arguments.side, answer))
    like.write(arguments.bundle / "likeness.bin")
    refusal = calibration.Refusal(
        like=like,
        limits=calibration.limits(calibration.signs(answers, like)),
        conformal=calibration.conformal(shown, fold.labels),
    )
    on, bootstrap = figures.on_fold(fold), measures.Bootstrap(fold.groups)
    points = figures.operating_points(bootstrap, shown, fold.labels)
    points = calibration.with_bounds(points, *calibration.spread_of_repeats(fold.groups, measures.malignancy_of(shown)))
    equal = calibrated.equal_prevalence(answers["logits"], log_prior)
    measured = figures.table(bootstrap, shown, fold.labels, points, on, equal)
    measured += calibration.class_rows(bootstrap, shown, fold.labels, on)
    measured += sharp_rows(arguments.data, fold, arguments.side, lambda images: _both(calibrated, answer(images)["logits"], log_prior), points)
    masks = explanation.true_masks(arguments.data, fold.ids)
    measured += explanation.rows(answers, shown, calibrated.slopes(answers["logits"]), points, masks, bootstrap, on)
    measured += explanation.against_random(model, soft, calibrated, figures.default(points)["threshold"], masks, bootstrap, on)
    measured += refusal_rows(arguments, table, answer, refusal, answers, shown, on)
    measured += json.loads((arguments.work / "lesion-out-of-fold.json").read_text())
    measured += figures.subgroups(fold, shown)
    withheld = refusal.stranger(answers) | calibration.unsure(shown, refusal.conformal)
    card.write(
        arguments.bundle,
        trained_on=[one.name for one in sets.load(arguments.data)],
        created=datetime.fromtimestamp(max(one.stat().st_mtime for one in arguments.checkpoint), UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        side=arguments.side,
        views=tta.COUNT,
        calibration=calibrated,
        reference={"on": "HAM10000, images of folds 0–3", "classShares": [round(float(share), 6) for share in np.exp(log_prior)]},
        points=points,
        refusal=refusal,
        measured=measured,
        reliability=figures.reliability(fold.groups, shown, fold.labels, on),
        drift={
            "on": on,
            "malignancyDeciles": [round(float(one), 4) for one in np.quantile(measures.malignancy_of(shown), np.arange(1, 10) / 10)],
            "withheld": round(float(withheld.mean()), 4),
            **gate_rate(arguments.data / "images", fold.ids),
        },
    )
    print(measures.summary(shown, fold.labels))
    figures.show(measured, points, on)


def _both(calibrated: calibration.Calibration, logits: np.ndarray, log_prior: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return calibrated.probabilities(logits), calibrated.equal_prevalence(logits, log_prior)


def prepared(folder: Path, ids, side: int) -> np.ndarray:
    """uint8 [n, side, side, 3], prepared as on the device."""
    return np.stack([geometry.prepare(geometry.decode(folder / f"{one}.jpg"), side, side) for one in ids])


def answering(bundle: Path):
    """The bundle's ONNX graph over its views: uint8 [n, side, side, 3] → averaged outputs by name."""
    run = bundles.onnx_graph(bundle, graphs.OUTPUTS)
    return lambda images: tta.averaged(run, images, tta.COUNT)


def write_reference(
    arguments, model: network.Ensemble, fold: data.Dataset, soft: np.ndarray, calibrated: calibration.Calibration, onnx: np.ndarray
) -> None:
    """PyTorch's probabilities for a sample of fold 4, after comparing both graphs with them."""
    at = figures.spread(fold.labels, REFERENCE_PICTURES)
    trained = tta.averaged(lambda images: graphs.outputs_of(model, images), soft[at], tta.COUNT)["logits"]
    bundles.require_equal("ONNX", onnx[at], trained)
    tensorflow = tta.averaged(bundles.tensorflow_graph(arguments.bundle, ("logits",)), soft[at], tta.COUNT)
    bundles.require_equal("SavedModel", tensorflow["logits"], trained)
    arguments.reference.write_text(figures.reference(fold.ids[at], calibrated.probabilities(trained)))


def training_features(folder: Path, table: data.Dataset, side: int, answer) -> np.ndarray:
    """Pooled features of training images, one per lesion, enough for stable axes."""
    chosen = np.nonzero(table.folds != data.REPORTING_FOLD)[0]
    order = np.random.default_rng(11).permutation(chosen)
    _, first = np.unique(table.groups[order], return_index=True)
    return answer(prepared(folder / "images", table.ids[order[first][:LIKENESS_PICTURES]], side))["features"]


def sharp_rows(folder: Path, fold: data.Dataset, side: int, both_of, points: list[dict]) -> list[dict]:
    """The same lesions at camera resolution, with the thresholds set on the low-resolution images."""
    there = np.array([(folder / "images224" / f"{one}.jpg").exists() for one in fold.ids])
    part = fold.where(there)
    shown, equal = both_of(prepared(folder / "images224", part.ids, side))
    bootstrap = measures.Bootstrap(part.groups)
    threshold = figures.default(points)["threshold"]
    measured = [
        {**point, "sensitivity": bootstrap.interval(measures.sensitivity(threshold), shown, part.labels)}
        | {"specificity": bootstrap.interval(measures.specificity(threshold), shown, part.labels)}
        for point in points
        if point["default"]
    ]
    on = f"HAM10000 fold {data.REPORTING_FOLD} at 224 pixels: {len(part.ids)} pictures"
    return figures.table(bootstrap, shown, part.labels, measured, on, equal)


def refusal_rows(arguments, table: data.Dataset, answer, refusal, answers, shown, on: str) -> list[dict]:
    pictures = lesion_pictures.load(arguments.data, arguments.work, list(table.ids), table.folds)
    bare = pictures.patches[pictures.patch_folds == data.REPORTING_FOLD]
    kept = 1 - float(refusal.stranger(answers).mean())
    rows = [
        {"name": "lesions kept by the checks of presence and likeness", "on": on, "value": round(kept, 4)},
        {"name": "withheld as unsure", "on": on, "value": round(float(calibration.unsure(shown, refusal.conformal).mean()), 4)},
    ]
    for kind, images in ood_images.load(arguments.side, bare, arguments.work).items():
        refused = float(refusal.stranger(answer(images)).mean())
        rows.append({"name": "not-a-lesion pictures refused", "on": f"{kind}: {len(images)}", "value": round(refused, 4)})
    return rows


def gate_rate(folder: Path, ids) -> dict[str, float]:
    """Fraction of the images that the kiosk's gate rejects; empty if the kiosk is not built."""
    if not (GATE.parents[2] / "dist" / "vision" / "gate.js").exists():
        print("the rejection rate of the gate was not measured: build the kiosk first (npm run build)")
        return {}
    files = "\n".join(str(folder / f"{one}.jpg") for one in ids)
    answer = subprocess.run(["node", str(GATE)], input=files, check=True, capture_output=True, text=True).stdout
    refused, _, total = answer.split()
    return {"gate": round(int(refused) / int(total), 4)}


if __name__ == "__main__":
    main()
