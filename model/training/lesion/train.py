"""Trains lesion-lite0: on three of the folds 0–3 to predict the fourth, or on all four, as what ships is, with those fold models as
teachers. Fold 4 is never trained on.

The recipe is fixed beforehand and the average of the last weights is taken. An epoch's randomness comes from the seed and its number
alone, so a run that was interrupted ends with the weights of one that was not.
"""

import argparse
import copy
import math
import queue
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

import augment
import checkpoints
import data
import figures
import negatives
import network
import pictures as lesion_pictures


@dataclass(frozen=True)
class Recipe:
    encoder: str = "lite0"
    phases: tuple[tuple[int, int], ...] = ((10, 128), (7, 160), (4, 192))
    """(epochs, side in pixels), one after the other."""
    batch: int = 32
    negatives: int = 2
    """Pictures without a lesion added to every batch, for the mask alone."""
    learning_rate: float = 6e-4
    detailed: float = 0.5
    """How often the detail a camera gives is shown, of the pictures that have it."""
    fresh_rate: float = 3.0
    """How many times faster head and decoder learn, which start at random."""
    weight_decay: float = 0.02
    warm_up: float = 0.5
    smoothing: float = 0.05
    teachers: float = 0.5
    """Share of the teachers in what the classes are held against, where there are teachers; the label has the rest."""
    prior: float = 1.0
    """Power of the class frequencies added to the logits in the loss: 1 makes the bare logits those of equally frequent classes."""
    average: float = 0.998
    parts: int = 1
    """Of a batch, worked on at the same time by a thread each."""
    seed: int = 20
    folds: tuple[int, ...] = data.TRAINING_FOLDS

    @property
    def epochs(self) -> int:
        return sum(epochs for epochs, _ in self.phases)

    def side(self, epoch: int) -> int:
        for epochs, side in self.phases:
            if epoch < epochs:
                return side
            epoch -= epochs
        return self.phases[-1][1]


@dataclass(frozen=True)
class Rows:
    """What is trained on; `at` are rows of the pictures."""

    at: np.ndarray
    labels: np.ndarray
    groups: np.ndarray
    patches: np.ndarray
    teachers: np.ndarray | None = None
    """float [n, 7]: probabilities with the true frequencies of the classes."""

    def one_per_lesion(self, rng: np.random.Generator) -> np.ndarray:
        """A shuffled epoch: one picture of each lesion, indices into `at`."""
        order = rng.permutation(len(self.at))
        _, first = np.unique(self.groups[order], return_index=True)
        return rng.permutation(order[first])

    def targets(self, recipe: Recipe) -> np.ndarray:
        """float32 [n, 7]: what the classes are held against."""
        smooth = np.eye(network.CLASSES)[self.labels] * (1 - recipe.smoothing) + recipe.smoothing / network.CLASSES
        if self.teachers is not None:
            smooth = (1 - recipe.teachers) * smooth + recipe.teachers * self.teachers
        return smooth.astype(np.float32)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--work", type=Path, required=True)
    options.add_argument("--hold-out", type=int, choices=data.TRAINING_FOLDS, help="train without this fold")
    options.add_argument("--encoder", choices=network.DEPTHS, default="lite0")
    options.add_argument("--teachers", type=Path, help="what `out_of_fold.py` or `teach.py` wrote")
    options.add_argument("--phases", help="epochs:side, separated by commas")
    options.add_argument("--parts", type=int, default=1, help="of a batch, worked on at the same time by a thread each")
    arguments = options.parse_args()
    # Two threads that work on one operation together get about seven tenths done of what two do that work apart.
    torch.set_num_threads(1)

    folds = tuple(fold for fold in data.TRAINING_FOLDS if fold != arguments.hold_out)
    given = {"encoder": arguments.encoder, "folds": folds, "parts": arguments.parts}
    if arguments.phases:
        given["phases"] = tuple(tuple(int(part) for part in phase.split(":")) for phase in arguments.phases.split(","))
    recipe = Recipe(**given)
    table = data.table(arguments.data)
    pictures = lesion_pictures.load(arguments.data, arguments.work, list(table.ids), table.folds)
    (at,) = np.nonzero(np.isin(table.folds, folds))
    (patches,) = np.nonzero(np.isin(pictures.patch_folds, folds))
    taught = arguments.teachers and np.load(arguments.teachers)["probabilities"][at]
    name = arguments.encoder if arguments.hold_out is None else f"without-{arguments.hold_out}"
    rows = Rows(at, table.labels[at], table.groups[at], patches, taught)
    train(pictures, rows, recipe, arguments.work / f"lesion-{name}.pt")


def train(pictures, rows: Rows, recipe: Recipe, checkpoint: Path) -> network.Lesion:
    """The averaged weights after the last epoch, which are also in `checkpoint` under "average"."""
    torch.manual_seed(recipe.seed)
    model = network.pretrained(recipe.encoder).to(memory_format=torch.channels_last)
    fresh = [*model.classes.parameters(), *model.decoder.parameters()]
    known = {id(one) for one in fresh}
    encoder = [one for one in model.parameters() if id(one) not in known]
    optimizer = torch.optim.AdamW(
        [{"params": encoder, "pace": 1.0}, {"params": fresh, "pace": recipe.fresh_rate}],
        lr=recipe.learning_rate,
        weight_decay=recipe.weight_decay,
    )
    average = copy.deepcopy(model)
    first = 0
    if saved := checkpoints.load(checkpoint, recipe):
        model.load_state_dict(saved["weights"])
        average.load_state_dict(saved["average"])
        optimizer.load_state_dict(saved["optimizer"])
        first = saved["epochs"]
    log_prior = recipe.prior * torch.from_numpy(figures.log_prior(rows).astype(np.float32))
    for epoch in range(first, recipe.epochs):
        began = time.monotonic()
        losses = _epoch(model, average, optimizer, pictures, rows, recipe, epoch, log_prior)
        checkpoints.save(
            checkpoint,
            recipe,
            epochs=epoch + 1,
            weights=model.state_dict(),
            average=average.state_dict(),
            optimizer=optimizer.state_dict(),
        )
        took = time.monotonic() - began
        print(
            f"epoch {epoch + 1}/{recipe.epochs} at {recipe.side(epoch)} px: classes {losses[0]:.3f}, mask {losses[1]:.3f}, "
            f"right {losses[2]:.3f}, {took:.0f} s",
            flush=True,
        )
    return average


def _epoch(model, average, optimizer, pictures, rows: Rows, recipe: Recipe, epoch: int, log_prior) -> list[float]:
    parts = _parts(model, recipe, epoch)
    targets, labels = torch.from_numpy(rows.targets(recipe)), torch.from_numpy(rows.labels)
    order = rows.one_per_lesion(np.random.default_rng([recipe.seed, epoch]))
    steps = len(order) // recipe.batch
    totals = np.zeros(3)
    with ThreadPoolExecutor(recipe.parts, initializer=torch.set_num_threads, initargs=(1,)) as threads:
        for step, (images, masks, chosen) in enumerate(_ahead(_batches(pictures, rows, recipe, epoch, order))):
            _set_rate(optimizer, recipe, epoch + step / steps)
            work = []
            for number, part in enumerate(parts):
                mine = slice(number, None, recipe.parts)
                lesions = chosen[mine]
                work.append(threads.submit(_work, part, images[mine], masks[mine], targets[lesions], labels[lesions], log_prior))
            gradients, values = zip(*[one.result() for one in work])
            for parameter, *its in zip(model.parameters(), *gradients):
                parameter.grad = torch.stack(its).mean(0)
            torch.nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            optimizer.step()
            _follow(average, model, min(recipe.average, (epoch * steps + step + 1) / (epoch * steps + step + 10)))
            totals += np.mean(values, 0)
    return list(totals / steps)


def _parts(model, recipe: Recipe, epoch: int) -> list:
    """The network and, for other threads, copies that have its very weights; each draws its own numbers. BatchNorm's statistics are those of
    the first."""
    if recipe.batch % recipe.parts or recipe.negatives % recipe.parts:
        raise ValueError(f"a batch of {recipe.batch} pictures and {recipe.negatives} without a lesion has no {recipe.parts} equal parts")
    shared = {id(one): one for one in model.parameters()}
    parts = [model, *[copy.deepcopy(model, dict(shared)) for _ in range(1, recipe.parts)]]
    for number, part in enumerate(parts):
        part.train()
        chance = torch.Generator().manual_seed((recipe.seed * 1000 + epoch) * 100 + number)
        for module in part.modules():
            if isinstance(module, network.Drop):
                module.chance = chance
    return parts


def _work(part, images, masks, targets, labels, log_prior) -> tuple[tuple[torch.Tensor, ...], list[float]]:
    """One part's gradients, and what is printed of it: losses of classes and mask, share of right classes. The lesions come first."""
    logits, _, _, mask = part(images.contiguous(memory_format=torch.channels_last))
    logits = logits[: len(targets)]
    classes = F.cross_entropy(logits + log_prior, targets)
    cover = mask_loss(mask, masks, len(targets))
    gradients = torch.autograd.grad(classes + cover, list(part.parameters()))
    right = (logits.argmax(1) == labels).float().mean()
    return gradients, [classes.item(), cover.item(), right.item()]


def mask_loss(logits: torch.Tensor, masks: torch.Tensor, lesions: int) -> torch.Tensor:
    """Cross-entropy of every pixel, and of the pictures that show a lesion (the first ones) one minus the soft Dice."""
    pixels = F.binary_cross_entropy_with_logits(logits, masks)
    found, true = logits[:lesions].sigmoid(), masks[:lesions]
    shared = (found * true).sum((1, 2, 3))
    dice = (2 * shared + 1) / (found.sum((1, 2, 3)) + true.sum((1, 2, 3)) + 1)
    return pixels + 0.5 * (1 - dice).mean()


def _batches(pictures, rows: Rows, recipe: Recipe, epoch: int, order: np.ndarray):
    rng = np.random.default_rng([recipe.seed, epoch, 1])
    side = recipe.side(epoch)
    for start in range(0, len(order) // recipe.batch * recipe.batch, recipe.batch):
        chosen = order[start : start + recipe.batch]
        at = rows.at[chosen]
        sharp = pictures.sharp_at[at]
        images = [
            pictures.sharp[detailed] if detailed >= 0 and rng.random() < recipe.detailed else pictures.soft[row]
            for row, detailed in zip(at, sharp)
        ]
        masks = list(pictures.masks[at])
        if recipe.negatives:
            bare = negatives.draw(pictures.patches[rows.patches[rng.integers(len(rows.patches), size=8)]], recipe.negatives, rng)
            images.extend(bare)
            masks.extend([np.zeros_like(masks[0])] * recipe.negatives)
        augmented = augment.batch(np.stack(images), np.stack(masks), side, rng)
        yield *augmented, torch.from_numpy(chosen)


def _ahead(batches, depth: int = 3):
    """The same batches, made by another thread while the network works on those before."""
    waiting: queue.Queue = queue.Queue(depth)

    def fill() -> None:
        try:
            for one in batches:
                waiting.put(one)
            waiting.put(None)
        except BaseException as error:  # told to the thread that waits
            waiting.put(error)

    threading.Thread(target=fill, daemon=True).start()
    while (one := waiting.get()) is not None:
        if isinstance(one, BaseException):
            raise one
        yield one


def _set_rate(optimizer, recipe: Recipe, epoch: float) -> None:
    """Up in a straight line, then half a cosine down to a hundredth."""
    progress = max(0.0, epoch - recipe.warm_up) / (recipe.epochs - recipe.warm_up)
    rate = min(1.0, (epoch + 0.01) / recipe.warm_up) * (0.01 + 0.99 * (1 + math.cos(math.pi * progress)) / 2)
    for group in optimizer.param_groups:
        group["lr"] = recipe.learning_rate * rate * group["pace"]


@torch.no_grad()
def _follow(average, model, share: float) -> None:
    theirs, ours = model.state_dict(), average.state_dict()
    names = [name for name, value in ours.items() if value.is_floating_point()]
    torch._foreach_lerp_([ours[name] for name in names], [theirs[name] for name in names], 1 - share)


if __name__ == "__main__":
    main()
