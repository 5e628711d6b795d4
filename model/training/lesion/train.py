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
import queue
import signal
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
import clinics
import data
import network
import pictures as lesion_pictures
import sets
import warm_start

SAVE_AFTER = 180.0
"""Seconds of training between two checkpoints: the most that an interruption loses."""
STOP = threading.Event()
"""Set by SIGINT and SIGTERM: the training saves its state after the current step and ends."""
REPORT = 50
"""Steps between two lines of the log."""
STATISTICS = 384
"""Number of images for the statistics of a warm start."""


@dataclass(frozen=True)
class Recipe:
    encoder: str = "lite1"
    phases: tuple[tuple[int, int], ...] = ((1500, 128), (1900, 160), (2200, 192))
    """(steps, side in pixels), in order."""
    batch: int = 64
    shares: tuple[tuple[str, float], ...] = (("ham10000", 0.5), ("milk10k", 0.34), ("isic2017", 0.16))
    """Share of each set in every batch; those of sets that are not trained on are divided among the others."""
    negatives: int = 4
    """Images without a lesion added to every batch, only for the mask."""
    learning_rate: float = 8.5e-4
    detailed: float = 0.5
    """Probability of using the sharp version of an image that has one."""
    fresh_rate: float = 3.0
    """Factor of the learning rate of head and decoder, for those initialised at random."""
    weight_decay: float = 0.02
    warm_up: int = 50
    """Steps."""
    smoothing: float = 0.05
    """Weight of the set's frequencies of the classes in the targets: an image says no more than that."""
    teachers: float = 0.5
    """Weight of the teachers in the targets of the classes, if there are teachers; the label has the rest."""
    prior: float = 1.0
    """Power of each set's class frequencies added to the logits in the loss: with 1 the bare logits are those of equally frequent classes."""
    skins: float = 0.25
    """Fraction of the images that get the colour of another image's skin."""
    trust: float = 0.5
    """Weight of a predicted mask, where an annotated one has 1."""
    average: float = 0.996
    parts: int = 1
    """Parts of a batch that are processed in parallel, by one CPU thread each."""
    start: str = "imagenet"
    """Or the hash of the bundle with whose networks the training starts."""
    seed: int = 20
    folds: tuple[int, ...] = data.TRAINING_FOLDS

    @property
    def steps(self) -> int:
        return sum(steps for steps, _ in self.phases)

    def side(self, step: int) -> int:
        for steps, side in self.phases:
            if step < steps:
                return side
            step -= steps
        return self.phases[-1][1]

    def counts(self, names: list[str]) -> dict[str, int]:
        """Images of each set in a batch."""
        shares = {name: share for name, share in self.shares if name in names}
        exact = {name: self.batch * share / sum(shares.values()) for name, share in shares.items()}
        counts = {name: int(one) for name, one in exact.items()}
        for name in sorted(exact, key=lambda one: counts[one] - exact[one])[: self.batch - sum(counts.values())]:
            counts[name] += 1
        return counts


@dataclass(frozen=True)
class Rows:
    """The training images of one set; `at` are rows of its pictures."""

    at: np.ndarray
    allowed: np.ndarray
    """bool [n, 7]"""
    groups: np.ndarray
    log_prior: np.ndarray
    """float [7]"""
    taught: np.ndarray | None = None
    """float [n, 7]: the teachers' probabilities with the set's frequencies of the classes."""

    @staticmethod
    def of(labelled: sets.Labelled, folds: tuple[int, ...], taught: np.ndarray | None = None) -> "Rows":
        chosen = np.isin(labelled.folds, folds)
        part = labelled.where(chosen)
        return Rows(np.nonzero(chosen)[0], part.allowed, part.groups, sets.log_prior(part), None if taught is None else taught[chosen])

    def one_per_lesion(self, rng: np.random.Generator) -> np.ndarray:
        """A shuffled pass: one image of each lesion, as indices into `at`."""
        order = rng.permutation(len(self.at))
        _, first = np.unique(self.groups[order], return_index=True)
        return rng.permutation(order[first])


class Stream:
    """Endless passes over the lesions of a set; any place of it is found without going through the previous ones."""

    def __init__(self, rows: Rows, *seed: int):
        self._rows, self._seed = rows, seed
        self._passes: dict[int, np.ndarray] = {}
        self._length = len(np.unique(rows.groups))

    def __call__(self, first: int, count: int) -> np.ndarray:
        return np.array([self._pass(place // self._length)[place % self._length] for place in range(first, first + count)])

    def _pass(self, number: int) -> np.ndarray:
        if number not in self._passes:
            self._passes = {old: those for old, those in self._passes.items() if old == number - 1}
            self._passes[number] = self._rows.one_per_lesion(np.random.default_rng([*self._seed, number]))
        return self._passes[number]


@dataclass(frozen=True)
class Stock:
    """The images on the device of the network; for each array see `pictures.Pictures` and `clinics.Pictures`."""

    soft: torch.Tensor
    sharp: torch.Tensor
    sharp_at: np.ndarray
    masks: torch.Tensor
    patches: torch.Tensor
    patches_at: np.ndarray
    """Rows of the patches of the training folds."""
    drawn: torch.Tensor
    hairs: torch.Tensor
    clinics: dict[str, tuple[torch.Tensor, torch.Tensor, np.ndarray]]
    """Images, masks and which of the masks are usable, by set."""

    @staticmethod
    def of(pictures: lesion_pictures.Pictures, others: dict[str, clinics.Pictures], folds: tuple[int, ...], device: torch.device) -> "Stock":
        moved = {name: torch.from_numpy(getattr(pictures, name)).to(device) for name in ("soft", "sharp", "masks", "patches", "drawn")}
        return Stock(
            **moved,
            sharp_at=np.asarray(pictures.sharp_at),
            patches_at=np.nonzero(np.isin(pictures.patch_folds, folds))[0],
            hairs=augment.drawn_hair(lesion_pictures.SIDE, np.random.default_rng(5)).to(device),
            clinics={
                name: (torch.from_numpy(one.images).to(device), torch.from_numpy(one.masks).to(device), np.asarray(one.usable))
                for name, one in others.items()
            },
        )


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
    batches = _batches(stock, rows, recipe, first, device)
    with ThreadPoolExecutor(recipe.parts, initializer=torch.set_num_threads, initargs=(1,)) as threads:
        # A GPU works asynchronously; on a CPU the next batch is prepared while this one is processed.
        for step, batch in enumerate(batches if device.type == "cuda" else _ahead(batches), first):
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
    batches = _batches(stock, rows, dataclasses.replace(recipe, seed=recipe.seed + 1), 0, stock.soft.device)
    images = torch.cat([next(batches).images for _ in range(-(-STATISTICS // recipe.batch))])
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


@dataclass(frozen=True)
class Batch:
    """The images with a lesion come first; the others have only a mask."""

    images: torch.Tensor
    masks: torch.Tensor
    trust: torch.Tensor
    """float [n]: weight of each mask"""
    allowed: torch.Tensor
    """float [lesions, 7]: 1 or 0"""
    log_prior: torch.Tensor
    """float [lesions, 7]: the frequencies in each image's set, to the power of the recipe"""
    taught: torch.Tensor
    """float [lesions, 7]: the teachers' probabilities, or zeros"""

    def tensors(self) -> list[torch.Tensor]:
        return [getattr(self, one.name) for one in dataclasses.fields(self)]


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


def class_loss(
    logits: torch.Tensor, allowed: torch.Tensor, log_prior: torch.Tensor, taught: torch.Tensor, smoothing: float, teachers: float
) -> torch.Tensor:
    """Balanced softmax (J. Ren et al., NeurIPS 2020) with the frequencies of each image's own set, so that the network need not learn the clinic: minus the
    logarithm of the summed probability of the allowed classes; in part, the cross-entropy with those frequencies (smoothing), and that with the teachers."""
    found = F.log_softmax(logits + log_prior, 1)
    label = -torch.logsumexp(found + allowed.log(), 1)
    unknown = -(log_prior.softmax(1) * found).sum(1)
    label = (1 - smoothing) * label + smoothing * unknown
    share = teachers * taught.sum(1)
    return ((1 - share) * label - teachers * (taught * found).sum(1)).mean()


def mask_loss(logits: torch.Tensor, masks: torch.Tensor, trust: torch.Tensor, lesions: int) -> torch.Tensor:
    """Cross-entropy of every pixel, plus, for the images with a lesion (the first ones), one minus the soft Dice; both weighted by `trust`."""
    pixels = F.binary_cross_entropy_with_logits(logits, masks, reduction="none").mean((1, 2, 3))
    found, true = logits[:lesions].sigmoid(), masks[:lesions]
    shared = (found * true).sum((1, 2, 3))
    dice = (2 * shared + 1) / (found.sum((1, 2, 3)) + true.sum((1, 2, 3)) + 1)
    return (trust * pixels).sum() / trust.sum() + 0.5 * (trust[:lesions] * (1 - dice)).sum() / trust[:lesions].sum()


def _batches(stock: Stock, rows: dict[str, Rows], recipe: Recipe, first: int, device: torch.device):
    counts = recipe.counts(list(rows))
    streams = {name: Stream(rows[name], recipe.seed, number) for number, name in enumerate(counts)}
    fixed = {name: _on(device, np.float32, recipe.prior * rows[name].log_prior) for name in counts}
    for step in range(first, recipe.steps):
        chance = augment.Chance(recipe.seed * 1_000_000 + step, device)
        side = recipe.side(step)
        chosen = {name: streams[name](step * count, count) for name, count in counts.items()}
        sources, trust = zip(*[_source(stock, name, rows[name].at[at], recipe, chance) for name, at in chosen.items()])
        hairs = F.interpolate(stock.hairs, size=(side, side), mode="area")
        images, masks = augment.batch([*sources, _without_lesion(stock, recipe, chance)], side, chance, hairs, recipe.skins)
        taught = [np.zeros((len(at), network.CLASSES)) if rows[name].taught is None else rows[name].taught[at] for name, at in chosen.items()]
        yield Batch(
            images,
            masks,
            _on(device, np.float32, np.concatenate([*trust, np.ones(recipe.negatives)])),
            _on(device, np.float32, np.concatenate([rows[name].allowed[at] for name, at in chosen.items()])),
            torch.cat([fixed[name].expand(count, -1) for name, count in counts.items()]),
            _on(device, np.float32, np.concatenate(taught)),
        )


def _on(device: torch.device, kind: type, values) -> torch.Tensor:
    return torch.from_numpy(np.asarray(values, kind)).to(device)


def _source(stock: Stock, name: str, at: np.ndarray, recipe: Recipe, chance: augment.Chance) -> tuple[augment.Source, np.ndarray]:
    """Images of a set, and the weights of their masks."""
    there = torch.from_numpy(at).to(stock.soft.device)
    if name in stock.clinics:
        images, masks, usable = stock.clinics[name]
        return augment.Source(images[there], masks[there], name == "isic2017"), np.where(usable[at], recipe.trust, 0)
    sharp = stock.sharp_at[at]
    (detailed,) = np.nonzero((sharp >= 0) & (chance.host.random(len(at)) < recipe.detailed))
    images = stock.soft[there]
    images[torch.from_numpy(detailed).to(there.device)] = stock.sharp[torch.from_numpy(sharp[detailed]).to(there.device)]
    return augment.Source(images, stock.masks[there]), np.ones(len(at))


def _without_lesion(stock: Stock, recipe: Recipe, chance: augment.Chance) -> augment.Source:
    """Bare skin and drawn images, with empty masks."""
    bare = chance.host.binomial(recipe.negatives, 0.5)
    skin = torch.from_numpy(chance.host.choice(stock.patches_at, bare)).to(stock.patches.device)
    drawn = torch.from_numpy(chance.host.integers(len(stock.drawn), size=recipe.negatives - bare)).to(stock.patches.device)
    images = torch.cat([stock.patches[skin], stock.drawn[drawn]])
    return augment.Source(images, torch.zeros(images.shape[:3], dtype=torch.uint8, device=images.device))


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


def _set_rate(optimizer, recipe: Recipe, step: int) -> None:
    """Linear warm-up, then cosine decay to a hundredth."""
    progress = max(0, step - recipe.warm_up) / (recipe.steps - recipe.warm_up)
    rate = min(1.0, (step + 1) / recipe.warm_up) * (0.01 + 0.99 * (1 + math.cos(math.pi * progress)) / 2)
    for group in optimizer.param_groups:
        group["lr"] = recipe.learning_rate * rate * group["pace"]


if __name__ == "__main__":
    main()
