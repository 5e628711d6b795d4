"""Writes the mean probabilities of the fold models for every image of folds 0–3: they are the teachers of the final networks. Most of them
were trained on each image, the others were not."""

import argparse
from pathlib import Path

import numpy as np

import data
import evaluate
import export
import figures
import graphs
import measures
import network
import train
import tta


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--work", type=Path, required=True)
    options.add_argument("--side", type=int, default=network.SIDE)
    arguments = options.parse_args()
    table = data.table(arguments.data)
    (at,) = np.nonzero(table.folds != data.REPORTING_FOLD)
    pictures = evaluate.prepared(arguments.data / "images", table.ids[at], arguments.side)
    log_prior = figures.log_prior(table.where(table.folds != data.REPORTING_FOLD))
    # Rows of the table; those of fold 4, which is never used for training, stay zero.
    probabilities = np.zeros((len(table.ids), network.CLASSES), np.float32)
    members = [(encoder, fold) for encoder in network.WIDTHS for fold in data.TRAINING_FOLDS]
    for encoder, fold in members:
        model = export.load([train.checkpoint(arguments.work, encoder, fold)]).to(network.device())
        logits = tta.averaged(lambda images: {"logits": graphs.logits_of(model, images)}, pictures, tta.COUNT)["logits"]
        probabilities[at] += (measures.softmax(logits + log_prior, 1) / len(members)).astype(np.float32)
    np.savez(arguments.work / "lesion-teachers.npz", probabilities=probabilities)


if __name__ == "__main__":
    main()
