"""Trains seed-cnn on folds 0–3. The recipe is fixed and the weights of the last epoch are used; fold 4 is not used here.

The randomness of an epoch depends only on the seed and its number, so an interrupted run ends with the same weights as an uninterrupted one.
"""

import argparse
import math
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn

import checkpoints
import data
import measures
import network


@dataclass(frozen=True)
class Recipe:
    epochs: int = 10
    batch: int = 128
    learning_rate: float = 1e-3
    seed: int = 20
    folds: tuple[int, ...] = data.TRAINING_FOLDS


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--work", type=Path, required=True)
    options.add_argument("--hold-out", type=int, choices=data.TRAINING_FOLDS, help="train without this fold, and report on it")
    options.add_argument("--epochs", type=int, default=Recipe.epochs)
    arguments = options.parse_args()
    torch.set_num_threads(2)

    folds = tuple(fold for fold in data.TRAINING_FOLDS if fold != arguments.hold_out)
    recipe = Recipe(epochs=arguments.epochs, folds=folds)
    everything = data.load(arguments.data, network.SIDE, arguments.work)
    name = "final" if arguments.hold_out is None else f"without-{arguments.hold_out}"
    model = train(everything.where(np.isin(everything.folds, folds)), recipe, arguments.work / f"{name}.pt")
    if arguments.hold_out is not None:
        held_out = everything.where(everything.folds == arguments.hold_out)
        probabilities = network.logits_of(model.eval(), held_out.pictures).softmax(1).numpy()
        print(f"fold {arguments.hold_out}: {measures.summary(probabilities, held_out.labels)}")


def train(dataset: data.Dataset, recipe: Recipe, checkpoint: Path) -> network.SeedCnn:
    torch.manual_seed(recipe.seed)
    model = network.SeedCnn()
    optimizer = torch.optim.Adam(model.parameters())
    first = 0
    if saved := checkpoints.load(checkpoint, recipe):
        model.load_state_dict(saved["weights"])
        optimizer.load_state_dict(saved["optimizer"])
        first = saved["epochs"]
    pictures, labels = torch.from_numpy(dataset.pictures), torch.from_numpy(dataset.labels)
    for epoch in range(first, recipe.epochs):
        began = time.monotonic()
        loss = _epoch(model, optimizer, pictures, labels, recipe, epoch)
        checkpoints.save(checkpoint, recipe, epochs=epoch + 1, weights=model.state_dict(), optimizer=optimizer.state_dict())
        print(f"epoch {epoch + 1}/{recipe.epochs}: loss {loss:.3f}, {time.monotonic() - began:.0f} s", flush=True)
    return model


def _epoch(model, optimizer, pictures, labels, recipe: Recipe, epoch: int) -> float:
    torch.manual_seed(recipe.seed * 1000 + epoch)
    model.train()
    order = balanced(labels)
    batches = order[: len(order) // recipe.batch * recipe.batch].split(recipe.batch)
    total = 0.0
    for step, index in enumerate(batches):
        _set_rate(optimizer, recipe, (epoch + step / len(batches)) / recipe.epochs)
        loss = nn.functional.cross_entropy(model(augment(pictures[index])), labels[index])
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        total += loss.item()
    return total / len(batches)


def balanced(labels: torch.Tensor) -> torch.Tensor:
    """A shuffled epoch of indices in which every class is as frequent as the most frequent one."""
    members = [torch.nonzero(labels == label).flatten() for label in labels.unique()]
    most = max(len(one) for one in members)
    drawn = [torch.cat([one[torch.randperm(len(one))] for _ in range(-(-most // len(one)))])[:most] for one in members]
    together = torch.cat(drawn)
    return together[torch.randperm(len(together))]


def augment(pictures: torch.Tensor) -> torch.Tensor:
    """Each image of [n, side, side, 3] in one of the eight orientations of a square, with a gain of ±10 % on each channel."""
    flip_x, flip_y, turn = (torch.rand(3, len(pictures), 1, 1, 1) < 0.5).unbind()
    pictures = torch.where(flip_x, pictures.flip(2), pictures)
    pictures = torch.where(flip_y, pictures.flip(1), pictures)
    pictures = torch.where(turn, pictures.transpose(1, 2), pictures)
    gain = 0.9 + 0.2 * torch.rand(len(pictures), 1, 1, 3)
    return (pictures * gain).clamp_(0, 255)


def _set_rate(optimizer, recipe: Recipe, progress: float) -> None:
    """Cosine decay from the learning rate to zero."""
    for group in optimizer.param_groups:
        group["lr"] = recipe.learning_rate * (1 + math.cos(math.pi * progress)) / 2


if __name__ == "__main__":
    main()
