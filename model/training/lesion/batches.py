"""Batches of all sets: which lesions, their labels, masks and frequencies, augmented. Every batch depends only on the recipe's seed and the number of its step."""

import dataclasses
import queue
import threading
from dataclasses import dataclass

import numpy as np
import torch
from torch.nn import functional as F

import augment
import clinics
import network
import pictures as lesion_pictures
import sets
from recipe import Recipe


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


def batches(stock: Stock, rows: dict[str, Rows], recipe: Recipe, first: int, device: torch.device):
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


def ahead(batches, depth: int = 3):
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
