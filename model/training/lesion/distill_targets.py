"""Writes the mean probabilities of the fold models for every image of folds 0–3 of every set: they are the teachers of the final networks. Most of them
were trained on each image, the others were not."""

import argparse
from pathlib import Path

import numpy as np

import clinics
import data
import export
import graphs
import measures
import network
import sets
import train
import tta


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--work", type=Path, required=True)
    options.add_argument("--side", type=int, default=network.SIDE)
    arguments = options.parse_args()
    members = [(encoder, fold) for encoder in network.WIDTHS for fold in data.TRAINING_FOLDS]
    models = [export.load([train.checkpoint(arguments.work, encoder, fold)]).to(network.device()) for encoder, fold in members]
    # By set, rows of its table; those of fold 4, which is never used for training, stay zero.
    taught = {}
    for labelled in sets.load(arguments.data):
        seen = labelled.folds != data.REPORTING_FOLD
        part = labelled.where(seen)
        pictures = clinics.prepared(part, arguments.side, arguments.work)
        probabilities = np.zeros((len(labelled.ids), network.CLASSES), np.float32)
        for model in models:
            logits = tta.averaged(lambda images: {"logits": graphs.logits_of(model, images)}, pictures, tta.COUNT)["logits"]
            probabilities[seen] += (measures.softmax(logits + sets.log_prior(part), 1) / len(models)).astype(np.float32)
        taught[labelled.name] = probabilities
    np.savez(arguments.work / "lesion-teachers.npz", **taught)


if __name__ == "__main__":
    main()
