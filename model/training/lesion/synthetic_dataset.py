"""Writes a folder like that of HAM10000 with synthetic images, and those of MILK10k and ISIC 2017 beside it, for a miniature training: discs on skin, with a colour for
each class."""

import argparse
import csv
from pathlib import Path

import numpy as np
from PIL import Image

import data

WIDTH, HEIGHT, SHARP = 200, 150, 224
LESIONS = 6
"""Number of lesions of each class in each fold."""
FOLDS = (*data.TRAINING_FOLDS, data.REPORTING_FOLD)
MILK = (*(name.upper() for name in data.CLASSES), "SCCKA", "BEN_OTH")
LIKE = {"SCCKA": "akiec", "BEN_OTH": "bkl"}
"""Classes whose colour the others have."""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path)
    write(options.parse_args().folder)


def write(folder: Path) -> None:
    _ham(folder)
    _milk(folder.parent / "milk10k")
    _isic(folder.parent / "isic2017")


def _ham(folder: Path) -> None:
    for name in ("images", "images224", "masks"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(1)
    rows = []
    for number, (fold, label) in enumerate((fold, label) for fold in FOLDS for label in range(len(data.CLASSES)) for _ in range(LESIONS)):
        name = f"made_{number:04d}"
        picture, mask = _lesion(label, rng)
        Image.fromarray(picture).save(folder / "images" / f"{name}.jpg", quality=92)
        Image.fromarray(mask).save(folder / "masks" / f"{name}.png")
        if number % 2:
            _square(picture).resize((SHARP, SHARP), Image.BICUBIC).save(folder / "images224" / f"{name}.jpg", quality=95)
        metadata = {"age": "50.0", "sex": "female" if number % 2 else "male", "localization": "back", "dx_type": "histo"}
        rows.append({"image_id": name, "lesion_id": name, "group": name, "dx": data.CLASSES[label], "fold": fold, **metadata})
    _table(folder, rows)


def _milk(folder: Path, side: int = 288) -> None:
    (folder / "images").mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(2)
    rows = []
    for number, (fold, kind, turn) in enumerate((fold, kind, turn) for fold in FOLDS for kind in MILK for turn in range(3)):
        name = f"milk_{number:04d}"
        picture, _ = _lesion(data.CLASSES.index(LIKE.get(kind, kind.lower())), rng)
        _square(picture).resize((side, side), Image.BICUBIC).save(folder / "images" / f"{name}.jpg", quality=95)
        rows.append({"image_id": name, "lesion_id": name, "dx": kind, "fold": fold, "skin_tone_class": 2 * turn + 1, "age": 50, "sex": "female", "site": "trunk"})
    _table(folder, rows)


def _isic(folder: Path, side: int = 256) -> None:
    """Whole images, squeezed."""
    (folder / "images").mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(3)
    rows = []
    for number, (fold, kind, _) in enumerate((fold, kind, turn) for fold in FOLDS for kind in ("mel", "nv", "bkl") for turn in range(4)):
        name = f"isic_{number:04d}"
        picture, _ = _lesion(data.CLASSES.index(kind), rng)
        Image.fromarray(picture).resize((side, side), Image.BICUBIC).save(folder / "images" / f"{name}.jpg", quality=95)
        rows.append({"image_id": name, "melanoma": float(kind == "mel"), "fold": fold})
    _table(folder, rows)


def _square(picture: np.ndarray) -> Image.Image:
    return Image.fromarray(picture).crop(((WIDTH - HEIGHT) // 2, 0, (WIDTH + HEIGHT) // 2, HEIGHT))


def _table(folder: Path, rows: list[dict]) -> None:
    with (folder / "metadata.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def _lesion(label: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """uint8 [HEIGHT, WIDTH, 3] and [HEIGHT, WIDTH], 255 in the lesion; the corners are always skin."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    inside = np.hypot(x - WIDTH / 2 + rng.uniform(-6, 6), y - HEIGHT / 2 + rng.uniform(-6, 6)) < rng.uniform(22, 40)
    skin = np.array([222, 172, 150]) + rng.normal(0, 4, (HEIGHT, WIDTH, 3))
    colour = np.array([40 + 22 * label, 130 - 12 * label, 60 + 8 * label])
    picture = np.where(inside[..., None], colour + rng.normal(0, 8, (HEIGHT, WIDTH, 3)), skin)
    return np.clip(picture, 0, 255).astype(np.uint8), np.where(inside, 255, 0).astype(np.uint8)


if __name__ == "__main__":
    main()
