"""Images without a lesion, as negatives for the mask decoder: bare skin, and drawn images that do not show skin."""

import numpy as np
from PIL import Image, ImageDraw


def drawn(rng: np.random.Generator, side: int) -> np.ndarray:
    kind = rng.integers(6)
    if kind == 0:
        return _gradient(rng, side)
    if kind == 1:
        return _clouds(rng, side)
    if kind == 2:
        return _page(rng, side)
    if kind == 3:
        return _shapes(rng, side)
    if kind == 4:
        return rng.integers(0, 256, (side, side, 3)).astype(np.uint8)
    return _stripes(rng, side)


def _gradient(rng: np.random.Generator, side: int) -> np.ndarray:
    """A uniform surface under uneven light."""
    y, x = np.mgrid[0:side, 0:side] / side
    slope = rng.normal(0, 50, 2)
    colour = rng.uniform(0, 255, 3) + (slope[0] * (x - 0.5) + slope[1] * (y - 0.5))[..., None]
    return np.clip(colour + rng.normal(0, rng.uniform(0, 8), (side, side, 3)), 0, 255).astype(np.uint8)


def _clouds(rng: np.random.Generator, side: int) -> np.ndarray:
    """Noise at several scales, in two colours."""
    total = np.zeros((side, side))
    for power in range(1, 7):
        small = Image.fromarray(rng.random((2**power, 2**power)).astype(np.float32))
        total += np.asarray(small.resize((side, side), Image.BICUBIC)) * rng.uniform(0.3, 1) / 1.4**power
    total = (total - total.min()) / max(np.ptp(total), 1e-6)
    low, high = rng.uniform(0, 255, (2, 3))
    return np.clip(low + (high - low) * total[..., None], 0, 255).astype(np.uint8)


def _page(rng: np.random.Generator, side: int) -> np.ndarray:
    """Lines of dark marks on light paper, or inverted, like text or a screen."""
    paper, ink = (235, 30) if rng.random() < 0.6 else (25, 220)
    sheet = Image.new("RGB", (side, side), (paper,) * 3)
    pen = ImageDraw.Draw(sheet)
    height = int(rng.integers(4, 22))
    for top in range(int(rng.integers(0, height)), side, int(height * rng.uniform(1.3, 2))):
        left = int(rng.integers(0, 30))
        while left < side:
            width = int(rng.uniform(0.3, 3) * height)
            if rng.random() < 0.8:
                pen.rectangle([left, top, left + width, top + height - 1], fill=(ink + int(rng.integers(-20, 20)),) * 3)
            left += width + max(1, height // 3)
    return np.asarray(sheet.rotate(float(rng.uniform(-20, 20)), fillcolor=(paper,) * 3))


def _shapes(rng: np.random.Generator, side: int) -> np.ndarray:
    """Many coloured shapes with hard edges."""
    sheet = Image.new("RGB", (side, side), tuple(int(one) for one in rng.integers(0, 256, 3)))
    pen = ImageDraw.Draw(sheet)
    for _ in range(rng.integers(12, 60)):
        x, y = rng.uniform(-0.1, 1, 2) * side
        width, height = rng.uniform(0.04, 0.4, 2) * side
        box, fill = [x, y, x + width, y + height], tuple(int(one) for one in rng.integers(0, 256, 3))
        (pen.rectangle if rng.random() < 0.7 else pen.ellipse)(box, fill=fill)
    return np.asarray(sheet)


def _stripes(rng: np.random.Generator, side: int) -> np.ndarray:
    """Fabric, grids, tiles."""
    y, x = np.mgrid[0:side, 0:side]
    angle, period = rng.uniform(0, np.pi), rng.uniform(3, 40)
    wave = np.sin(2 * np.pi * (x * np.cos(angle) + y * np.sin(angle)) / period)
    if rng.random() < 0.5:
        wave = wave * np.sin(2 * np.pi * (y * np.cos(angle) - x * np.sin(angle)) / rng.uniform(3, 40))
    low, high = rng.uniform(0, 255, (2, 3))
    return np.clip((low + high) / 2 + (high - low) / 2 * wave[..., None], 0, 255).astype(np.uint8)
