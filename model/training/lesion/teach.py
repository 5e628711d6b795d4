"""Writes down what a bundle says of every picture of folds 0–3: one student teaches the next, as `out_of_fold.py` lets the fold models
teach the first (T. Furlanello et al., "Born-again neural networks", ICML 2018)."""

import argparse
from pathlib import Path

import numpy as np

import bundle as bundles
import data
import evaluate
import figures
import measures
import network
import views


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--work", type=Path, required=True)
    options.add_argument("--bundle", type=Path, required=True)
    options.add_argument("--side", type=int, default=network.SIDE)
    arguments = options.parse_args()
    table = data.table(arguments.data)
    (at,) = np.nonzero(table.folds != data.REPORTING_FOLD)
    run = bundles.onnx_graph(arguments.bundle, ("logits",))
    logits = views.averaged(run, evaluate.prepared(arguments.data / "images", table.ids[at], arguments.side), views.COUNT)["logits"]
    log_prior = figures.log_prior(table.where(table.folds != data.REPORTING_FOLD))
    # Rows of the table, as `out_of_fold.py` writes them; of fold 4, which nothing is trained on, they stay zero.
    probabilities = np.zeros((len(table.ids), network.CLASSES), np.float32)
    probabilities[at] = measures.softmax(logits + log_prior, 1)
    np.savez(arguments.work / "lesion-student.npz", probabilities=probabilities)


if __name__ == "__main__":
    main()
