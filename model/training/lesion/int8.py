"""The cost and benefit of 8-bit arithmetic with onnxruntime: writes the quantised graph to the work folder, but not to a bundle.

The ranges are calibrated on training images; the figures are those of fold 4, with a paired interval by lesion of the difference; the time is a
ratio of medians, measured alternately.
"""

import argparse
import time
from pathlib import Path

import numpy as np
import onnxruntime
from onnxruntime.quantization import CalibrationDataReader, CalibrationMethod, QuantFormat, QuantType, quantize_static

import bundle as bundles
import calibration
import data
import evaluate
import figures
import graphs
import measures
import network
import tta

RANGES = 256
"""Number of training images on which the ranges are calibrated."""
TURNS = 40


class Pictures(CalibrationDataReader):
    def __init__(self, pictures: np.ndarray):
        self._waiting = iter(np.array_split(pictures, len(pictures) // 8))

    def get_next(self) -> dict[str, np.ndarray] | None:
        batch = next(self._waiting, None)
        return None if batch is None else {"image": batch}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--work", type=Path, required=True)
    options.add_argument("--bundle", type=Path, required=True)
    options.add_argument("--side", type=int, default=network.SIDE)
    arguments = options.parse_args()
    table = data.table(arguments.data)
    training, fold = table.where(table.folds != data.REPORTING_FOLD), table.where(table.folds == data.REPORTING_FOLD)
    chosen = np.random.default_rng(12).permutation(training.ids)[:RANGES]
    whole, eight = arguments.bundle / "model.onnx", arguments.work / "lesion-int8" / "model.onnx"
    eight.parent.mkdir(exist_ok=True)
    quantize_static(
        whole,
        eight,
        Pictures(evaluate.prepared(arguments.data / "images", chosen, arguments.side)),
        quant_format=QuantFormat.QDQ,
        per_channel=True,
        activation_type=QuantType.QUInt8,
        weight_type=QuantType.QInt8,
        calibrate_method=CalibrationMethod.MinMax,
        op_types_to_quantize=["Conv", "Add"],
    )
    files = {"float32": whole, "int8": eight}
    pictures = evaluate.prepared(arguments.data / "images", fold.ids, arguments.side)
    log_prior = figures.log_prior(training)
    shown = {name: _shown(file.parent, pictures, fold.labels, log_prior) for name, file in files.items()}
    _compare(shown, fold)
    _time({name: onnxruntime.InferenceSession(file) for name, file in files.items()}, pictures[:1])
    print(f"graph: {whole.stat().st_size / 1e6:.1f} MB in float32, {eight.stat().st_size / 1e6:.1f} MB in int8")


def _shown(folder: Path, pictures: np.ndarray, labels: np.ndarray, log_prior: np.ndarray) -> np.ndarray:
    """Probabilities, recalibrated as they would be in a bundle."""
    logits = tta.averaged(bundles.onnx_graph(folder, ("logits",)), pictures, tta.COUNT)["logits"]
    return calibration.fit(logits, labels, log_prior).probabilities(logits)


def _compare(shown: dict[str, np.ndarray], fold: data.Dataset) -> None:
    bootstrap = measures.Bootstrap(fold.groups)
    for name, measure in (("malignancy AUC", measures.malignancy_auc), ("balanced accuracy", measures.balanced_accuracy)):
        values = {kind: measure(one, fold.labels) for kind, one in shown.items()}
        low, high = bootstrap.difference(measure, shown["int8"], shown["float32"], fold.labels)
        print(f"{name}: {values['float32']:.4f} in float32, {values['int8']:.4f} in int8; difference {low:+.4f} to {high:+.4f}")


def _time(sessions: dict, picture: np.ndarray) -> None:
    batch = np.repeat(picture, tta.COUNT, axis=0)
    taken: dict[str, list[float]] = {name: [] for name in sessions}
    for _ in range(TURNS):
        for name, session in sessions.items():
            began = time.perf_counter()
            session.run(list(graphs.OUTPUTS), {"image": batch})
            taken[name].append(time.perf_counter() - began)
    ratio = np.median(taken["int8"]) / np.median(taken["float32"])
    print(f"time of int8 against float32: {ratio:.2f}")


if __name__ == "__main__":
    main()
