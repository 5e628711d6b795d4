"""HAM10000 as used for training the lesion networks: every image as a 224-pixel square, soft (from 200 × 150) and, if available, sharp
(from `images224`); masks; and images without a lesion. Run as a program it decodes them, once for all trainings at the same time."""

import argparse
import hashlib
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from PIL import Image

import data
import geometry
import negatives

SIDE = 224
PATCHES = 3000
"""Number of patches of bare skin used as negatives."""
DRAWN = 1000
"""Number of drawn negatives."""


@dataclass(frozen=True)
class Pictures:
    soft: np.ndarray
    """uint8 [n, 224, 224, 3]: the centre 150 pixels, enlarged."""
    sharp: np.ndarray
    """uint8 [m, 224, 224, 3]: the centre square at full resolution."""
    sharp_at: np.ndarray
    """int [n]: row in `sharp`, −1 if there is none."""
    masks: np.ndarray
    """uint8 [n, 224, 224]: 255 lesion, 0 skin."""
    patches: np.ndarray
    """uint8 [PATCHES, 224, 224, 3]: bare skin, enlarged."""
    patch_folds: np.ndarray
    drawn: np.ndarray
    """uint8 [DRAWN, 224, 224, 3]: not skin."""


def load(folder: Path, cache: Path, ids: list[str], folds: np.ndarray) -> Pictures:
    """Decoded once, in the order of `ids`; the pixels are cached in `cache`."""
    state = hashlib.sha256(f"{geometry.VERSION} {SIDE} {PATCHES} {DRAWN} {','.join(ids)}".encode()).hexdigest()[:12]
    file = cache / f"lesion-{state}"
    if not file.exists():
        partial = cache / f"lesion-{state}.partial"
        partial.mkdir(parents=True, exist_ok=True)
        for name, array in _decode(folder, ids, folds).items():
            np.save(partial / f"{name}.npy", array)
        partial.rename(file)
    return Pictures(**{name: np.load(file / f"{name}.npy", mmap_mode="c") for name in Pictures.__annotations__})


def _decode(folder: Path, ids: list[str], folds: np.ndarray) -> dict[str, np.ndarray]:
    sharp_ids = [one for one in ids if (folder / "images224" / f"{one}.jpg").exists()]
    row = {one: number for number, one in enumerate(sharp_ids)}
    fold_of = dict(zip(ids, folds))
    # Not forked: the copy lacks the threads of PyTorch and onnxruntime, and could wait for them forever.
    with ProcessPoolExecutor(mp_context=multiprocessing.get_context("spawn")) as pool:

        def each(make, of) -> list:
            return list(pool.map(partial(make, folder), of, chunksize=32))

        patches = [patch for found in each(_bare_skin, ids) for patch in found]
        chosen = [patches[at] for at in np.random.default_rng(3).permutation(len(patches))[:PATCHES]]
        return {
            "soft": np.stack(each(_soft, ids)),
            "sharp": np.stack(each(_sharp, sharp_ids)),
            "sharp_at": np.array([row.get(one, -1) for one in ids]),
            "masks": np.stack(each(_mask, ids)),
            "patches": np.stack([geometry.prepare(patch, SIDE, SIDE) for _, patch in chosen]),
            "patch_folds": np.array([fold_of[one] for one, _ in chosen]),
            "drawn": np.stack(list(pool.map(_drawn, range(DRAWN), chunksize=32))),
        }


def _soft(folder: Path, one: str) -> np.ndarray:
    return geometry.prepare(geometry.decode(folder / "images" / f"{one}.jpg"), SIDE, SIDE)


def _sharp(folder: Path, one: str) -> np.ndarray:
    return geometry.decode(folder / "images224" / f"{one}.jpg")


def _mask(folder: Path, one: str) -> np.ndarray:
    square = geometry.centre_square(np.asarray(Image.open(folder / "masks" / f"{one}.png").convert("L"))[..., None])
    return np.asarray(Image.fromarray(square[..., 0]).resize((SIDE, SIDE), Image.BILINEAR))


def _drawn(seed: int) -> np.ndarray:
    return negatives.drawn(np.random.default_rng([4, seed]), SIDE)


def _bare_skin(folder: Path, one: str, side: int = 64, clearance: int = 6) -> list[tuple[str, np.ndarray]]:
    """The corner squares of an image that do not overlap its mask."""
    mask = np.asarray(Image.open(folder / "masks" / f"{one}.png").convert("L")) > 127
    picture = None
    found = []
    for top in (0, mask.shape[0] - side):
        for left in (0, mask.shape[1] - side):
            y, x = slice(max(top - clearance, 0), top + side + clearance), slice(max(left - clearance, 0), left + side + clearance)
            if not mask[y, x].any():
                picture = geometry.decode(folder / "images" / f"{one}.jpg") if picture is None else picture
                found.append((one, picture[top : top + side, left : left + side].copy()))
    return found


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--work", type=Path, required=True)
    arguments = options.parse_args()
    table = data.table(arguments.data)
    load(arguments.data, arguments.work, list(table.ids), table.folds)


if __name__ == "__main__":
    main()
