"""Trains the networks of lesion-pair: on three of the folds 0–3 to predict the fourth, or, for the shipped networks, on all four with those
fold models as teachers. Fold 4 is never used for training.

The recipe is fixed beforehand and the moving average of the weights is used. The randomness of an epoch depends only on the seed and its
number, so on a CPU an interrupted run ends with the same weights as an uninterrupted one. A GPU is used if there is one.
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
import network
import pictures as lesion_pictures


@dataclass(frozen=True)
class Recipe:
    encoder: str = "lite1"
    phases: tuple[tuple[int, int], ...] = ((8, 128), (10, 160), (12, 192))
    """(epochs, side in pixels), in order."""
    batch: int = 64
    negatives: int = 4
    """Images without a lesion added to every batch, only for the mask."""
    learning_rate: float = 8.5e-4
    detailed: float = 0.5
    """Probability of using the sharp version of an image that has one."""
    fresh_rate: float = 3.0
    """Factor of the learning rate of head and decoder, which are initialised at random."""
    weight_decay: float = 0.02
    warm_up: float = 0.5
    smoothing: float = 0.05
    teachers: float = 0.5
    """Weight of the teachers in the targets of the classes, if there are teachers; the label has the rest."""
    prior: float = 1.0
    """Power of the class frequencies added to the logits in the loss: with 1 the bare logits are those of equally frequent classes."""
    average: float = 0.996
    parts: int = 1
    """Parts of a batch that are processed in parallel, by one CPU thread each."""
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
    """The training set; `at` are rows of the images."""

    at: np.ndarray
    labels: np.ndarray
    groups: np.ndarray
    patches: np.ndarray
    teachers: np.ndarray | None = None
    """float [n, 7]: probabilities with the true frequencies of the classes."""

    def one_per_lesion(self, rng: np.random.Generator) -> np.ndarray:
        """A shuffled epoch: one image of each lesion, as indices into `at`."""
        order = rng.permutation(len(self.at))
        _, first = np.unique(self.groups[order], return_index=True)
        return rng.permutation(order[first])

    def targets(self, recipe: Recipe) -> np.ndarray:
        """float32 [n, 7]: the targets of the classes."""
        smooth = np.eye(network.CLASSES)[self.labels] * (1 - recipe.smoothing) + recipe.smoothing / network.CLASSES
        if self.teachers is not None:
            smooth = (1 - recipe.teachers) * smooth + recipe.teachers * self.teachers
        return smooth.astype(np.float32)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--work", type=Path, required=True)
    options.add_argument("--hold-out", type=int, choices=data.TRAINING_FOLDS, help="train without this fold")
    options.add_argument("--encoder", choices=network.WIDTHS, help="train only this one; without this option: all, one after the other")
    options.add_argument("--teachers", type=Path, help="file written by `distill_targets.py`")
    options.add_argument("--phases", help="epochs:side, separated by commas")
    options.add_argument("--parts", type=int, default=1, help="parts of a batch that are processed in parallel, by one thread each")
    arguments = options.parse_args()
    # Two threads that share one operation have about 70 % of the throughput of two with separate operations.
    torch.set_num_threads(1)

    folds = tuple(fold for fold in data.TRAINING_FOLDS if fold != arguments.hold_out)
    given = {"folds": folds, "parts": 1 if network.device().type == "cuda" else arguments.parts}
    if arguments.phases:
        given["phases"] = tuple(tuple(int(part) for part in phase.split(":")) for phase in arguments.phases.split(","))
    table = data.table(arguments.data)
    pictures = lesion_pictures.load(arguments.data, arguments.work, list(table.ids), table.folds)
    (at,) = np.nonzero(np.isin(table.folds, folds))
    (patches,) = np.nonzero(np.isin(pictures.patch_folds, folds))
    taught = arguments.teachers and np.load(arguments.teachers)["probabilities"][at]
    rows = Rows(at, table.labels[at], table.groups[at], patches, taught)
    for encoder in [arguments.encoder] if arguments.encoder else network.WIDTHS:
        train(pictures, rows, Recipe(encoder=encoder, **given), checkpoint(arguments.work, encoder, arguments.hold_out))


def checkpoint(work: Path, encoder: str, hold_out: int | None) -> Path:
    return work / (f"lesion-{encoder}.pt" if hold_out is None else f"lesion-{encoder}-without-{hold_out}.pt")


def train(pictures: lesion_pictures.Pictures, rows: Rows, recipe: Recipe, checkpoint: Path) -> network.Lesion:
    """The averaged weights after the last epoch, which are also in `checkpoint` under "average"."""
    device = network.device()
    torch.backends.cudnn.benchmark = True
    torch.manual_seed(recipe.seed)
    model = network.pretrained(recipe.encoder).to(device, memory_format=torch.channels_last)
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
    stock = Stock.of(pictures, device)
    recordings: dict = {}
    log_prior = recipe.prior * torch.from_numpy(figures.log_prior(rows).astype(np.float32)).to(device)
    for epoch in range(first, recipe.epochs):
        began = time.monotonic()
        losses = _epoch(model, average, optimizer, stock, rows, recipe, epoch, log_prior, recordings)
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
            f"{checkpoint.stem}: epoch {epoch + 1}/{recipe.epochs} at {recipe.side(epoch)} px: classes {losses[0]:.3f}, mask {losses[1]:.3f}, "
            f"right {losses[2]:.3f}, {took:.1f} s",
            flush=True,
        )
    return average


@dataclass(frozen=True)
class Stock:
    """The images on the device of the network; for each array see `pictures.Pictures`."""

    soft: torch.Tensor
    sharp: torch.Tensor
    sharp_at: np.ndarray
    masks: torch.Tensor
    patches: torch.Tensor
    drawn: torch.Tensor
    hairs: torch.Tensor

    @staticmethod
    def of(pictures: lesion_pictures.Pictures, device: torch.device) -> "Stock":
        moved = {name: torch.from_numpy(getattr(pictures, name)).to(device) for name in ("soft", "sharp", "masks", "patches", "drawn")}
        hairs = augment.drawn_hair(lesion_pictures.SIDE, np.random.default_rng(5)).to(device)
        return Stock(**moved, sharp_at=np.asarray(pictures.sharp_at), hairs=hairs)


def _epoch(model, average, optimizer, stock: Stock, rows: Rows, recipe: Recipe, epoch: int, log_prior, recordings: dict) -> list[float]:
    device = log_prior.device
    parts = _parts(model, recipe, epoch, device)
    targets, labels = torch.from_numpy(rows.targets(recipe)).to(device), torch.from_numpy(rows.labels).to(device)
    order = rows.one_per_lesion(np.random.default_rng([recipe.seed, epoch]))
    hairs = F.interpolate(stock.hairs, size=(recipe.side(epoch),) * 2, mode="area")
    steps = len(order) // recipe.batch
    totals = torch.zeros(3, device=device)
    followed = _floating(average), _floating(model)
    batches = _batches(stock, rows, recipe, epoch, order, hairs)
    with ThreadPoolExecutor(recipe.parts, initializer=torch.set_num_threads, initargs=(1,)) as threads:
        # A GPU works asynchronously; on a CPU the next batch is prepared while this one is processed.
        for step, (images, masks, chosen) in enumerate(batches if device.type == "cuda" else _ahead(batches)):
            _set_rate(optimizer, recipe, epoch + step / steps)
            shares = [slice(number, None, recipe.parts) for number in range(recipe.parts)]
            given = [(images[mine], masks[mine], targets[chosen[mine]], labels[chosen[mine]], log_prior) for mine in shares]
            if device.type == "cuda":
                side = recipe.side(epoch)
                if side not in recordings:
                    recordings[side] = _recorded(model, *given[0])
                answers = [recordings[side](*given[0])]
            else:
                answers = [one.result() for one in [threads.submit(_work, part, *its) for part, its in zip(parts, given)]]
            gradients, values = zip(*answers)
            for parameter, *its in zip(model.parameters(), *gradients):
                parameter.grad = torch.stack(its).mean(0) if len(its) > 1 else its[0]
            torch.nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            optimizer.step()
            done = epoch * steps + step
            torch._foreach_lerp_(*followed, 1 - min(recipe.average, (done + 1) / (done + 10)))
            totals += torch.stack(values).mean(0)
    return (totals / steps).tolist()


def _floating(model) -> list[torch.Tensor]:
    return [value for value in model.state_dict().values() if value.is_floating_point()]


def _parts(model, recipe: Recipe, epoch: int, device: torch.device) -> list:
    """The network and, for further CPU threads, copies that share its weights; each has its own random numbers. The BatchNorm statistics are those of
    the first."""
    if recipe.batch % recipe.parts or recipe.negatives % recipe.parts:
        raise ValueError(f"a batch of {recipe.batch} images and {recipe.negatives} without a lesion cannot be split into {recipe.parts} equal parts")
    shared = {id(one): one for one in model.parameters()}
    parts = [model, *[copy.deepcopy(model, dict(shared)) for _ in range(1, recipe.parts)]]
    for number, part in enumerate(parts):
        part.train()
        seed = (recipe.seed * 1000 + epoch) * 100 + number
        # A CUDA graph uses the device's own generator.
        chance = None if device.type == "cuda" else torch.Generator().manual_seed(seed)
        torch.manual_seed(seed)
        for module in part.modules():
            if isinstance(module, network.Drop):
                module.chance = chance
    return parts


def _work(part, images, masks, targets, labels, log_prior) -> tuple[tuple[torch.Tensor, ...], torch.Tensor]:
    """The gradients of one part, and the values printed: losses of classes and mask, accuracy. The images with lesions come first."""
    with torch.autocast(images.device.type, torch.bfloat16, enabled=images.is_cuda):
        logits, _, _, mask = part(images.contiguous(memory_format=torch.channels_last))
    logits = logits[: len(targets)]
    classes = F.cross_entropy(logits + log_prior, targets)
    cover = mask_loss(mask.float(), masks, len(targets))
    gradients = torch.autograd.grad(classes + cover, list(part.parameters()))
    right = (logits.argmax(1) == labels).float().mean()
    return gradients, torch.stack([classes.detach(), cover.detach(), right])


def _recorded(model, *example: torch.Tensor):
    """`_work` as a CUDA graph: launched one by one from Python, the thousand kernels of a step take longer to launch than to run."""
    given = [one.clone() for one in example]
    aside = torch.cuda.Stream()
    aside.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(aside):
        for _ in range(3):
            _work(model, *given)
    torch.cuda.current_stream().wait_stream(aside)
    recording = torch.cuda.CUDAGraph()
    with torch.cuda.graph(recording):
        answer = _work(model, *given)

    def play(*fresh: torch.Tensor):
        for mine, theirs in zip(given, fresh):
            mine.copy_(theirs)
        recording.replay()
        return answer

    return play


def mask_loss(logits: torch.Tensor, masks: torch.Tensor, lesions: int) -> torch.Tensor:
    """Cross-entropy of every pixel, plus, for the images with a lesion (the first ones), one minus the soft Dice."""
    pixels = F.binary_cross_entropy_with_logits(logits, masks)
    found, true = logits[:lesions].sigmoid(), masks[:lesions]
    shared = (found * true).sum((1, 2, 3))
    dice = (2 * shared + 1) / (found.sum((1, 2, 3)) + true.sum((1, 2, 3)) + 1)
    return pixels + 0.5 * (1 - dice).mean()


def _batches(stock: Stock, rows: Rows, recipe: Recipe, epoch: int, order: np.ndarray, hairs: torch.Tensor):
    device = stock.soft.device
    chance = augment.Chance(recipe.seed * 1000 + epoch, device)

    def there(index) -> torch.Tensor:
        return torch.from_numpy(np.asarray(index)).to(device)

    for start in range(0, len(order) // recipe.batch * recipe.batch, recipe.batch):
        chosen = order[start : start + recipe.batch]
        at = rows.at[chosen]
        sharp = stock.sharp_at[at]
        (detailed,) = np.nonzero((sharp >= 0) & (chance.host.random(len(at)) < recipe.detailed))
        images = stock.soft[there(at)]
        images[there(detailed)] = stock.sharp[there(sharp[detailed])]
        bare = chance.host.binomial(recipe.negatives, 0.5)
        skin = stock.patches[there(chance.host.choice(rows.patches, bare))]
        drawn = stock.drawn[there(chance.host.integers(len(stock.drawn), size=recipe.negatives - bare))]
        masks = F.pad(stock.masks[there(at)], (0, 0, 0, 0, 0, recipe.negatives))
        augmented = augment.batch(torch.cat([images, skin, drawn]), masks, recipe.side(epoch), chance, hairs)
        yield *augmented, there(chosen)


def _ahead(batches, depth: int = 3):
    """The same batches, prepared by another thread while the network processes the previous ones."""
    waiting: queue.Queue = queue.Queue(depth)

    def fill() -> None:
        try:
            for one in batches:
                waiting.put(one)
            waiting.put(None)
        except BaseException as error:  # passed on to the waiting thread
            waiting.put(error)

    threading.Thread(target=fill, daemon=True).start()
    while (one := waiting.get()) is not None:
        if isinstance(one, BaseException):
            raise one
        yield one


def _set_rate(optimizer, recipe: Recipe, epoch: float) -> None:
    """Linear warm-up, then cosine decay to a hundredth."""
    progress = max(0.0, epoch - recipe.warm_up) / (recipe.epochs - recipe.warm_up)
    rate = min(1.0, (epoch + 0.01) / recipe.warm_up) * (0.01 + 0.99 * (1 + math.cos(math.pi * progress)) / 2)
    for group in optimizer.param_groups:
        group["lr"] = recipe.learning_rate * rate * group["pace"]


if __name__ == "__main__":
    main()
