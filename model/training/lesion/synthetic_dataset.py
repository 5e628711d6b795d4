"""Writes a folder like that of HAM10000 with synthetic images, for a miniature training: discs on skin, with a colour for each class."""

import argparse
import csv
from pathlib import Path

import numpy as np
from PIL import Image

import data

WIDTH, HEIGHT, SHARP = 200, 150, 224
LESIONS = 6
"""Number of lesions of each class in each fold."""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path)
    write(options.parse_args().folder)


def write(folder: Path) -> None:
    for name in ("images", "images224", "masks"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(1)
    folds = (*data.TRAINING_FOLDS, data.REPORTING_FOLD)
    rows = []
    for number, (fold, label) in enumerate((fold, label) for fold in folds for label in range(len(data.CLASSES)) for _ in range(LESIONS)):
        name = f"made_{number:04d}"
        picture, mask = _lesion(label, rng)
        centre = Image.fromarray(picture).crop(((WIDTH - HEIGHT) // 2, 0, (WIDTH + HEIGHT) // 2, HEIGHT))
        Image.fromarray(picture).save(folder / "images" / f"{name}.jpg", quality=92)
        Image.fromarray(mask).save(folder / "masks" / f"{name}.png")
        if number % 2:
            centre.resize((SHARP, SHARP), Image.BICUBIC).save(folder / "images224" / f"{name}.jpg", quality=95)
        metadata = {"age": "50.0", "sex": "female" if number % 2 else "male", "localization": "back", "dx_type": "histo"}
        rows.append({"image_id": name, "lesion_id": name, "group": name, "dx": data.CLASSES[label], "fold": fold, **metadata})
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
