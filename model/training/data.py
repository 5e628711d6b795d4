"""HAM10000 as stored in the data folder: metadata.csv beside images/."""

import csv
import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

import geometry

CLASSES = ["akiec", "bcc", "bkl", "df", "mel", "nv", "vasc"]
MALIGNANT = [CLASSES.index(name) for name in ("mel", "bcc", "akiec")]
BENIGN = [index for index in range(len(CLASSES)) if index not in MALIGNANT]
TRAINING_FOLDS = (0, 1, 2, 3)
REPORTING_FOLD = 4
"""Never used for training: temperature and operating points are set on it, and every figure of the card is measured on it."""


@dataclass(frozen=True)
class Dataset:
    pictures: np.ndarray
    """uint8 [n, side, side, 3] RGB"""
    labels: np.ndarray
    """int [n], indices into CLASSES"""
    groups: np.ndarray
    """str [n], the lesion: the unit of the bootstrap and of the split into folds"""
    folds: np.ndarray
    ids: np.ndarray
    rows: list[dict[str, str]]
    """The metadata as text, with age, sex and site."""

    def where(self, chosen: np.ndarray) -> "Dataset":
        (index,) = np.nonzero(chosen)
        rows = [self.rows[i] for i in index]
        return Dataset(
            self.pictures[index], self.labels[index], self.groups[index], self.folds[index], self.ids[index], rows
        )


def table(folder: Path) -> Dataset:
    """Everything but the pixels."""
    rows = _rows(folder)
    return _dataset(np.empty((len(rows), 0)), rows)


def _rows(folder: Path) -> list[dict[str, str]]:
    return list(csv.DictReader((folder / "metadata.csv").read_text().splitlines()))


def load(folder: Path, side: int, cache: Path) -> Dataset:
    """Everything, prepared for a network of `side` pixels. Decoded once; the pixels are cached in `cache`."""
    text = (folder / "metadata.csv").read_text()
    rows = _rows(folder)
    state = hashlib.sha256(f"{geometry.VERSION} {side} {text}".encode()).hexdigest()[:12]
    file = cache / f"pictures-{state}.npy"
    if not file.exists():
        cache.mkdir(parents=True, exist_ok=True)
        partial = file.with_suffix(".partial.npy")
        np.save(partial, _decode_all(folder, [row["image_id"] for row in rows], side))
        partial.rename(file)
    return _dataset(np.load(file), rows)


def _dataset(pictures: np.ndarray, rows: list[dict[str, str]]) -> Dataset:
    return Dataset(
        pictures=pictures,
        labels=np.array([CLASSES.index(row["dx"]) for row in rows]),
        groups=np.array([row["group"] for row in rows]),
        folds=np.array([int(row["fold"]) for row in rows]),
        ids=np.array([row["image_id"] for row in rows]),
        rows=rows,
    )


def _decode_all(folder: Path, ids: list[str], side: int) -> np.ndarray:
    def one(image_id: str) -> np.ndarray:
        return geometry.prepare(geometry.decode(folder / "images" / f"{image_id}.jpg"), side, side)

    with ThreadPoolExecutor(2) as pool:
        return np.stack(list(pool.map(one, ids)))
