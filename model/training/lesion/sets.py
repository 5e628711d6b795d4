"""The training sets and what their labels allow: HAM10000, MILK10k and ISIC 2017, each from a folder with `metadata.csv` and `images/`.

A label is a set of classes. `BCC` allows one of the seven. A squamous-cell carcinoma is none of them, so that it allows every malignant one; a *no* of ISIC 2017
is a naevus or a seborrhoeic keratosis. The loss, calibration and metrics of `allowed` labels sum the probabilities of the allowed classes.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

import data

NAMES = ("ham10000", "milk10k", "isic2017")
MILK = {"SCCKA": data.MALIGNANT, "MAL_OTH": data.MALIGNANT, "BEN_OTH": data.BENIGN, "INF": data.BENIGN}
"""Labels of MILK10k that are none of the seven classes; the others are the classes in capitals."""
ISIC = {"1": [data.CLASSES.index("mel")], "0": [data.CLASSES.index("nv"), data.CLASSES.index("bkl")]}
"""Allowed classes by `melanoma`."""
ISIC_BENIGN = {data.CLASSES.index("nv"): 1372, data.CLASSES.index("bkl"): 254}
"""Naevi and seborrhoeic keratoses among the 2,000 training images of the challenge (N. C. F. Codella et al., arXiv:1710.05006, 2018)."""
WIDENED = (4 / 3, 3 / 2)
"""ISIC 2017 is stored squeezed into a square. Which of the two aspect ratios an image had is unknown."""
NOMINAL = 2**0.5
"""A widening between the two, for images that are not augmented."""


@dataclass(frozen=True)
class Labelled:
    """A set without its pixels."""

    name: str
    folder: Path
    ids: np.ndarray
    allowed: np.ndarray
    """bool [n, 7]"""
    groups: np.ndarray
    """str [n]: the lesion"""
    folds: np.ndarray
    rows: list[dict[str, str]]

    @property
    def malignant(self) -> np.ndarray:
        """bool [n]: no label allows both malignant and benign classes."""
        return self.allowed[:, data.MALIGNANT].any(1)

    @property
    def certain(self) -> np.ndarray:
        """bool [n]: the label is one class."""
        return self.allowed.sum(1) == 1

    @property
    def labels(self) -> np.ndarray:
        """int [n]: the class of a certain label; of another, the first it allows."""
        return self.allowed.argmax(1)

    @property
    def squeezed(self) -> bool:
        return self.name == "isic2017"

    def where(self, chosen: np.ndarray) -> "Labelled":
        (at,) = np.nonzero(chosen)
        rows = [self.rows[one] for one in at]
        return Labelled(self.name, self.folder, self.ids[at], self.allowed[at], self.groups[at], self.folds[at], rows)


def load(ham10000: Path) -> list[Labelled]:
    """HAM10000 from its folder, and those of the other sets whose folders are beside it."""
    others = [ham10000.parent / name for name in NAMES[1:]]
    return [_ham(ham10000), *[_READERS[folder.name](folder) for folder in others if (folder / "metadata.csv").exists()]]


def _ham(folder: Path) -> Labelled:
    table = data.table(folder)
    return Labelled("ham10000", folder, table.ids, np.eye(len(data.CLASSES), dtype=bool)[table.labels], table.groups, table.folds, table.rows)


def _milk(folder: Path) -> Labelled:
    rows = _read(folder)
    return _labelled("milk10k", folder, rows, [MILK.get(row["dx"]) or [data.CLASSES.index(row["dx"].lower())] for row in rows], "lesion_id")


def _isic(folder: Path) -> Labelled:
    rows = _read(folder)
    return _labelled("isic2017", folder, rows, [ISIC[f"{float(row['melanoma']):.0f}"] for row in rows], "image_id")


_READERS = {"milk10k": _milk, "isic2017": _isic}


def _read(folder: Path) -> list[dict[str, str]]:
    return list(csv.DictReader((folder / "metadata.csv").read_text().splitlines()))


def _labelled(name: str, folder: Path, rows: list[dict[str, str]], classes: list[list[int]], group: str) -> Labelled:
    allowed = np.stack([allowing(those) for those in classes])
    column = {key: np.array([row[key] for row in rows]) for key in ("image_id", group, "fold")}
    return Labelled(name, folder, column["image_id"], allowed, column[group], column["fold"].astype(int), rows)


def allowing(classes: list[int]) -> np.ndarray:
    """bool [7]"""
    return np.isin(np.arange(len(data.CLASSES)), classes)


def log_prior(labelled: Labelled, of_images: bool = False) -> np.ndarray:
    """float [7]: logarithm of each class's share of the lesions, or of the images.

    A label that allows several classes is divided among them in proportion to the certain labels, or for ISIC 2017 as published. Half a case is added to
    every class: one that the set does not contain keeps a finite, small share.
    """
    _, first = np.unique(labelled.groups, return_index=True)
    allowed = labelled.allowed if of_images else labelled.allowed[first]
    alone = allowed[allowed.sum(1) == 1].sum(0).astype(float)
    known = alone + 0.5
    if labelled.squeezed:
        for label, count in ISIC_BENIGN.items():
            known[label] = count
    counts = alone + 0.5
    for row in allowed[allowed.sum(1) > 1]:
        counts += np.where(row, known, 0) / known[row].sum()
    return np.log(counts / counts.sum())
