"""Preprocessing version 1: from an image to the input square of the network, pixel-identical to `src/vision/geometry.ts`.

Both are held by `test/fixtures/geometry/expected.json`. A change that moves a pixel is a new version, and a new model.
"""

import math
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

VERSION = 1


def decode(file: Path) -> np.ndarray:
    """uint8 [h, w, 3] RGB: EXIF orientation applied, alpha flattened on white, 16 bits reduced to 8."""
    with Image.open(file) as opened:
        picture = ImageOps.exif_transpose(opened)
        if picture.mode.startswith("I"):
            picture = Image.fromarray((np.asarray(picture).astype(np.uint32) >> 8).astype(np.uint8))
        if picture.has_transparency_data:
            picture = picture.convert("RGBA")
            white = Image.new("RGBA", picture.size, (255, 255, 255, 255))
            picture = Image.alpha_composite(white, picture)
        return np.asarray(picture.convert("RGB"))


def prepare(picture: np.ndarray, area_side: int, size: int) -> np.ndarray:
    """uint8 [h, w, 3] → uint8 [size, size, 3]: centre square, area reduction to `area_side`, bicubic to `size`."""
    square = centre_square(picture)
    if square.shape[0] > area_side:
        square = _resample(square, *_area_taps(square.shape[0], area_side))
    if square.shape[0] != size:
        square = _resample(square, *_bicubic_taps(square.shape[0], size))
    return square


def centre_square(picture: np.ndarray) -> np.ndarray:
    height, width = picture.shape[:2]
    side = min(width, height)
    top, left = (height - side) // 2, (width - side) // 2
    return picture[top : top + side, left : left + side]


def _area_taps(side: int, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Source pixels and weights [size, taps] of an exact box average: each source pixel is weighted by its covered fraction."""
    ratio = side / size
    start = np.arange(size) * ratio
    first = np.floor(start).astype(int)
    source = first[:, None] + np.arange(math.ceil(ratio) + 1)
    covered = np.minimum((np.arange(size) + 1)[:, None] * ratio, source + 1) - np.maximum(start[:, None], source)
    return np.minimum(source, side - 1), np.maximum(covered, 0) / ratio


def _bicubic_taps(side: int, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Source pixels and weights [size, 4] of the cubic convolution of Keys (1981) with a = -1/2; the edge pixel is repeated."""
    centre = (np.arange(size) + 0.5) * side / size - 0.5
    source = np.floor(centre).astype(int)[:, None] + np.arange(-1, 3)
    return np.clip(source, 0, side - 1), _keys(np.abs(centre[:, None] - source))


def _keys(distance: np.ndarray, a: float = -0.5) -> np.ndarray:
    d = distance
    near = ((a + 2) * d - (a + 3)) * d * d + 1
    far = ((a * d - 5 * a) * d + 8 * a) * d - 4 * a
    return np.where(d <= 1, near, np.where(d < 2, far, 0.0))


def _resample(square: np.ndarray, source: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Horizontal, then vertical, in doubles, without rounding in between."""
    rows = _apply(square.astype(np.float64).transpose(1, 0, 2), source, weight).transpose(1, 0, 2)
    return np.clip(np.floor(_apply(rows, source, weight) + 0.5), 0, 255).astype(np.uint8)


def _apply(lines: np.ndarray, source: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Weighted sums along the first axis, tap by tap, so that the order of the additions is fixed."""
    total = np.zeros((source.shape[0], *lines.shape[1:]))
    for tap in range(source.shape[1]):
        total += weight[:, tap, None, None] * lines[source[:, tap]]
    return total
