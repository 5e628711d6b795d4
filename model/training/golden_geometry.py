"""Writes the golden images of the geometry and their expected results: python golden_geometry.py FOLDER

They are drawn from formulas and are lossless, so decoders cannot differ. `_exact_enough` excludes images with a pixel so close to a
rounding boundary that it would depend on the order of additions, which may differ between languages.
"""

import hashlib
import json
import sys
from pathlib import Path

import numpy as np
from PIL import Image

import geometry

SIZES = [(331, 257), (903, 605), (400, 300), (257, 331), (120, 90), (150, 150), (20, 31), (28, 28)]
TARGETS = [(28, 28), (150, 160), (150, 224)]


def draw(width: int, height: int) -> np.ndarray:
    """Ramps in red and green, a disc, a fine grating and a patch of noise; integers only."""
    y, x = np.mgrid[0:height, 0:width]
    red = x * 255 // (width - 1)
    green = y * 255 // (height - 1)
    disc = (2 * x - width) ** 2 + (2 * y - height) ** 2 < (min(width, height) * 5 // 8) ** 2
    blue = np.where(disc, 40, 190) + np.where((x // 3 + y // 2) % 2 == 0, 17, 0)
    picture = np.stack([red, green, blue], axis=-1).astype(np.uint8)
    patch = min(width, height) // 2
    patch = min(patch, 48)
    noise = np.arange(patch * patch * 3, dtype=np.uint64) * np.uint64(2654435761) >> np.uint64(13) & np.uint64(255)
    top, left = (height - patch) // 2, (width - patch) // 2
    picture[top : top + patch, left : left + patch] = noise.reshape(patch, patch, 3)
    return picture


def _exact_enough(picture: np.ndarray, area_side: int, size: int) -> bool:
    """Whether the result of either step is unchanged if the rounding boundary moves by 1e-9, except for exact halves, as for 300 → 150."""
    exact = geometry.prepare(picture, area_side, size)
    resample = geometry._resample

    def shifted(by: float):
        def run(square, source, weight):
            rows = geometry._apply(square.astype(np.float64).transpose(1, 0, 2), source, weight).transpose(1, 0, 2)
            sums = geometry._apply(rows, source, weight)
            halves = np.abs(sums * 2 - np.round(sums * 2)) == 0
            return np.clip(np.floor(sums + 0.5 + np.where(halves, 0, by)), 0, 255).astype(np.uint8)

        return run

    try:
        for by in (-1e-9, 1e-9):
            geometry._resample = shifted(by)
            if not np.array_equal(geometry.prepare(picture, area_side, size), exact):
                return False
        return True
    finally:
        geometry._resample = resample


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    cases = []
    for width, height in SIZES:
        picture = draw(width, height)
        name = f"{width}x{height}.png"
        Image.fromarray(picture).save(folder / name, optimize=True)
        for area_side, size in TARGETS:
            if not _exact_enough(picture, area_side, size):
                raise SystemExit(f"{name} {area_side} {size}: a pixel lies on a rounding boundary, draw another image")
            pixels = geometry.prepare(picture, area_side, size)
            digest = hashlib.sha256(pixels.tobytes()).hexdigest()
            cases.append({"file": name, "areaSide": area_side, "size": size, "sha256": digest})
    text = json.dumps({"preprocessing": geometry.VERSION, "cases": cases}, indent=2)
    (folder / "expected.json").write_text(text + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
