"""Trains the networks of lesion-pair on all sets: without one of the folds 0–3 of each to predict it, or, for the shipped networks, on all four with those fold
models as teachers. Fold 4 of every set is never used for training. With `--without SET` a whole set is left out, to measure what a new clinic may expect.

The recipe is fixed beforehand and the moving average of the weights is used. The randomness of a step depends only on the seed and its number, so on a CPU an
interrupted run ends with the same weights as an uninterrupted one. A GPU is used if there is one.
"""

import argparse
import copy
import dataclasses
import hashlib
import json
import math
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import torch

import checkpoints
import clinics
import data
import network
import pictures as lesion_pictures
import sets
import warm_start
from batches import Batch, Rows, Stock, ahead, batches
from losses import class_loss, mask_loss
from recipe import Recipe

SAVE_AFTER = 180.0
"""Seconds of training between two checkpoints: the most that an interruption loses."""
STOP = threading.Event()
"""Set by SIGINT and SIGTERM: the training saves its state after the current step and ends."""
REPORT = 50
"""Steps between two lines of the log."""
STATISTICS = 384
"""Number of images for the statistics of a warm start."""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, required=True, help="folder of HAM10000, with those of the other sets beside it")
    options.add_argument("--work", type=Path, required=True)
    options.add_argument("--hold-out", type=int, choices=data.TRAINING_FOLDS, help="train without this fold of every set")
    options.add_argument("--without", choices=sets.NAMES, default=[], action="append", help="train without this set")
    options.add_argument("--encoder", choices=network.WIDTHS, help="train only this one; without this option: all, one after the other")
    options.add_argument("--teachers", type=Path, help="file written by `distill_targets.py`")
    options.add_argument(
        "--start", type=Path, nargs="?", const=clinics.BUNDLE, help="train the networks of this bundle further (default: the committed one), not ImageNet weights"
    )
    options.add_argument("--phases", help="steps:side, separated by commas")
    options.add_argument("--recipe", type=json.loads, default={}, help="JSON object of further fields of the recipe")
    options.add_argument("--name", help="of the checkpoint, if not that of the shipped pair or of a fold")
    options.add_argument("--parts", type=int, default=1, help="parts of a batch that are processed in parallel, by one thread each")
    arguments = options.parse_args()
    # Two threads that share one operation have about 70 % of the throughput of two with separate operations.
    torch.set_num_threads(1)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: STOP.set())

    folds = tuple(fold for fold in data.TRAINING_FOLDS if fold != arguments.hold_out)
    given = {**arguments.recipe, "folds": folds, "parts": 1 if network.device().type == "cuda" else arguments.parts}
    if arguments.phases:
        given["phases"] = tuple(tuple(int(part) for part in phase.split(":")) for phase in arguments.phases.split(","))
    if arguments.start:
        given["start"] = hashlib.sha256((arguments.start / "model.onnx").read_bytes()).hexdigest()
    labelled = {one.name: one for one in sets.load(arguments.data)}
    ham = labelled["ham10000"]
    pictures = lesion_pictures.load(arguments.data, arguments.work, list(ham.ids), ham.folds)
    trained = {name: one for name, one in labelled.items() if name not in arguments.without}
    given["shares"] = tuple((name, share) for name, share in arguments.recipe.get("shares", Recipe.shares) if name in trained)
    others = {name: clinics.load(one, arguments.work) for name, one in trained.items() if name != "ham10000"}
    taught = dict(np.load(arguments.teachers)) if arguments.teachers else {}
    rows = {name: Rows.of(one, folds, taught.get(name)) for name, one in trained.items()}
    for encoder in [arguments.encoder] if arguments.encoder else network.WIDTHS:
        recipe = Recipe(encoder=encoder, **given)
        file = arguments.work / f"{arguments.name}-{encoder}.pt" if arguments.name else checkpoint(arguments.work, encoder, arguments.hold_out)
        train(Stock.of(pictures, others, folds, network.device()), rows, recipe, file, arguments.start)


def checkpoint(work: Path, encoder: str, hold_out: int | None) -> Path:
    return work / (f"lesion-{encoder}.pt" if hold_out is None else f"lesion-{encoder}-without-{hold_out}.pt")


def train(
    stock: Stock, rows: dict[str, Rows], recipe: Recipe, checkpoint: Path, start: Path | None = None, save_after: float = SAVE_AFTER
) -> network.Lesion:
    """The averaged weights after the last step, which are also in `checkpoint` under "average"."""
    device = network.device()
    torch.backends.cudnn.benchmark = True
    torch.manual_seed(recipe.seed)
    saved = checkpoints.load(checkpoint, recipe)
    if start and not saved:
        model = warm_start.from_bundle(start, recipe.encoder, _some(stock, rows, recipe))
    else:
        model = network.pretrained(recipe.encoder)
    model = model.to(device, memory_format=torch.channels_last)
    optimizer = _optimizer(model, recipe)
    average = copy.deepcopy(model)
    first = 0
    if saved:
        model.load_state_dict(saved["weights"])
        average.load_state_dict(saved["average"])
        optimizer.load_state_dict(saved["optimizer"])
        first = saved["steps"]

    def save(steps: int) -> None:
        state = {"weights": model.state_dict(), "average": average.state_dict(), "optimizer": optimizer.state_dict()}
        checkpoints.save(checkpoint, recipe, steps=steps, **state)

    parts, recordings = _parts(model, recipe), {}
    followed = _floating(average), _floating(model)
    totals, counted = torch.zeros(3, device=device), 0
    began = saved_at = time.monotonic()
    coming = batches(stock, rows, recipe, first, device)
    with ThreadPoolExecutor(recipe.parts, initializer=torch.set_num_threads, initargs=(1,)) as threads:
        # A GPU works asynchronously; on a CPU the next batch is prepared while this one is processed.
        for step, batch in enumerate(coming if device.type == "cuda" else ahead(coming), first):
            _set_rate(optimizer, recipe, step)
            _seed(parts, recipe, step, device)
            answers = _answers(parts, batch, recipe, threads, recordings)
            _update(model, optimizer, [gradients for gradients, _ in answers])
            torch._foreach_lerp_(*followed, 1 - min(recipe.average, (step + 1) / (step + 10)))
            totals, counted = totals + torch.stack([values for _, values in answers]).mean(0), counted + 1
            if (step + 1) % REPORT == 0 or step + 1 == recipe.steps:
                classes, mask, right = (totals / counted).tolist()
                took = (time.monotonic() - began) / counted
                print(
                    f"{time.strftime('%H:%M:%S')} {checkpoint.stem}: step {step + 1}/{recipe.steps} at {recipe.side(step)} px: "
                    f"classes {classes:.3f}, mask {mask:.3f}, right {right:.3f}, {took:.2f} s a step",
                    flush=True,
                )
                totals, counted, began = torch.zeros(3, device=device), 0, time.monotonic()
            if STOP.is_set() or time.monotonic() - saved_at >= save_after:
                save(step + 1)
                saved_at = time.monotonic()
            if STOP.is_set():
                raise SystemExit(f"{checkpoint.stem}: stopped after step {step + 1}")
    save(recipe.steps)
    return average


def _some(stock: Stock, rows: dict[str, Rows], recipe: Recipe) -> np.ndarray:
    """uint8 [n, side, side, 3]: augmented training images."""
    coming = batches(stock, rows, dataclasses.replace(recipe, seed=recipe.seed + 1), 0, stock.soft.device)
    images = torch.cat([next(coming).images for _ in range(-(-STATISTICS // recipe.batch))])
    return images.round().byte().permute(0, 2, 3, 1).cpu().numpy()


def _optimizer(model: network.Lesion, recipe: Recipe) -> torch.optim.Optimizer:
    fresh = [*model.classes.parameters(), *model.decoder.parameters()]
    known = {id(one) for one in fresh}
    encoder = [one for one in model.parameters() if id(one) not in known]
    groups = [{"params": encoder, "pace": 1.0}, {"params": fresh, "pace": recipe.fresh_rate if recipe.start == "imagenet" else 1.0}]
    return torch.optim.AdamW(groups, lr=recipe.learning_rate, weight_decay=recipe.weight_decay)


def _floating(model) -> list[torch.Tensor]:
    return [value for value in model.state_dict().values() if value.is_floating_point()]


def _parts(model, recipe: Recipe) -> list:
    """The network and, for further CPU threads, copies that share its weights; each has its own random numbers. The BatchNorm statistics are those of
    the first."""
    if recipe.batch % recipe.parts or recipe.negatives % recipe.parts:
        raise ValueError(f"a batch of {recipe.batch} images and {recipe.negatives} without a lesion cannot be split into {recipe.parts} equal parts")
    shared = {id(one): one for one in model.parameters()}
    parts = [model, *[copy.deepcopy(model, dict(shared)) for _ in range(1, recipe.parts)]]
    for part in parts:
        part.train()
        # A CUDA graph uses the device's own generator.
        chance = None if next(part.parameters()).is_cuda else torch.Generator()
        for module in part.modules():
            if isinstance(module, network.Drop):
                module.chance = chance
    return parts


def _seed(parts: list, recipe: Recipe, step: int, device: torch.device) -> None:
    if device.type == "cpu":
        for number, part in enumerate(parts):
            part.dropout.chance.manual_seed((recipe.seed * 1_000_000 + step) * 100 + number)


def _answers(parts: list, batch: Batch, recipe: Recipe, threads: ThreadPoolExecutor, recordings: dict) -> list:
    """Gradients and printed values of each part."""
    if batch.images.is_cuda:
        side = batch.images.shape[-1]
        if side not in recordings:
            recordings[side] = _recorded(parts[0], recipe, *batch.tensors())
        return [recordings[side](*batch.tensors())]
    given = [[one[number :: recipe.parts] for one in batch.tensors()] for number in range(recipe.parts)]
    return [one.result() for one in [threads.submit(_work, part, recipe, *its) for part, its in zip(parts, given)]]


def _update(model, optimizer, gradients: list) -> None:
    for parameter, *its in zip(model.parameters(), *gradients):
        parameter.grad = torch.stack(its).mean(0) if len(its) > 1 else its[0]
    torch.nn.utils.clip_grad_norm_(model.parameters(), 5.0)
    optimizer.step()


def _work(part, recipe: Recipe, images, masks, trust, allowed, log_prior, taught) -> tuple[tuple[torch.Tensor, ...], torch.Tensor]:
    """The gradients of one part, and the values printed: losses of classes and mask, and how often the first class is allowed."""
    with torch.autocast(images.device.type, torch.bfloat16, enabled=images.is_cuda):
        logits, _, _, mask = part(images.contiguous(memory_format=torch.channels_last))
    logits = logits[: len(allowed)]
    classes = class_loss(logits, allowed, log_prior, taught, recipe.smoothing, recipe.teachers)
    cover = mask_loss(mask.float(), masks, trust, len(allowed))
    gradients = torch.autograd.grad(classes + cover, list(part.parameters()))
    right = allowed.gather(1, logits.argmax(1, keepdim=True)).mean()
    return gradients, torch.stack([classes.detach(), cover.detach(), right])


def _recorded(model, recipe: Recipe, *example: torch.Tensor):
    """`_work` as a CUDA graph: launched one by one from Python, the thousand kernels of a step take longer to launch than to run."""
    given = [one.clone() for one in example]
    aside = torch.cuda.Stream()
    aside.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(aside):
        for _ in range(3):
            _work(model, recipe, *given)
    torch.cuda.current_stream().wait_stream(aside)
    recording = torch.cuda.CUDAGraph()
    with torch.cuda.graph(recording):
        answer = _work(model, recipe, *given)

    def play(*fresh: torch.Tensor):
        for mine, theirs in zip(given, fresh):
            mine.copy_(theirs)
        recording.replay()
        return answer

    return play


def _set_rate(optimizer, recipe: Recipe, step: int) -> None:
    """Linear warm-up, then cosine decay to a hundredth."""
    progress = max(0, step - recipe.warm_up) / (recipe.steps - recipe.warm_up)
    rate = min(1.0, (step + 1) / recipe.warm_up) * (0.01 + 0.99 * (1 + math.cos(math.pi * progress)) / 2)
    for group in optimizer.param_groups:
        group["lr"] = recipe.learning_rate * rate * group["pace"]


if __name__ == "__main__":
    main()
