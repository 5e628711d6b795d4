"""Images without a lesion, for measuring how many are rejected: bare skin, drawn images, the phantom's scenes, and photographs from PyPI
packages. Run as a program it creates them, once for all processes that use them at the same time."""

import argparse
import io
import subprocess
from pathlib import Path

import numpy as np
from PIL import Image

import geometry
import negatives
import network

DRAWN = 200
CROPS = 6
PHANTOM = Path(__file__).resolve().parents[3] / "dist" / "camera" / "programs" / "phantom" / "main.js"
PHANTOM_SEEDS = 20


def load(side: int, patches: np.ndarray, cache: Path) -> dict[str, np.ndarray]:
    """uint8 [n, side, side, 3] by kind. `patches`: bare skin not used for training; all others are created once and cached in `cache`."""
    return {"bare skin of HAM10000": _prepared(patches, side), **kept(side, cache)}


def kept(side: int, cache: Path) -> dict[str, np.ndarray]:
    file = cache / f"lesion-strangers-{side}.npz"
    if not file.exists():
        partial = file.with_suffix(".partial.npz")
        np.savez(partial, **_made(side))
        partial.rename(file)
    return dict(np.load(file))


def _made(side: int) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(99)
    kinds = {
        "drawn surfaces, noise, text and shapes": _prepared((negatives.drawn(rng, 224) for _ in range(DRAWN)), side),
        "photographs of other things": _prepared(_photographs(rng), side),
    }
    if not PHANTOM.exists():
        print("the phantom's scenes were not measured: build the kiosk first (npm run build)")
        return kinds
    for scene in ("no-lesion", "not-skin"):
        kinds[f"phantom: {scene}"] = _prepared((phantom_frame(scene, seed) for seed in range(1, PHANTOM_SEEDS + 1)), side)
    return kinds


def _prepared(pictures, side: int) -> np.ndarray:
    return np.stack([geometry.prepare(picture, side, side) for picture in pictures])


def phantom_frame(scene: str, seed: int) -> np.ndarray:
    """uint8 [720, 960, 3]: one frame of the simulated dermatoscope."""
    program = ["node", str(PHANTOM), f"--scene={scene}", f"--seed={seed}", "--frames=1"]
    frame = subprocess.run(program, check=True, capture_output=True).stdout
    return np.asarray(Image.open(io.BytesIO(frame)).convert("RGB"))


def _photographs(rng: np.random.Generator):
    """The centre square and random squares of every colour photograph in scikit-image and scikit-learn."""
    import skimage
    import sklearn

    files = [
        *sorted((Path(skimage.__file__).parent / "data").glob("*.*")),
        *sorted((Path(sklearn.__file__).parent / "datasets" / "images").glob("*.jpg")),
    ]
    for file in files:
        try:
            with Image.open(file) as opened:
                picture = np.asarray(opened.convert("RGB"))
        except OSError:
            continue  # not an image
        if min(picture.shape[:2]) < 100:
            continue
        yield picture
        for _ in range(CROPS):
            square = int(min(picture.shape[:2]) * rng.uniform(0.3, 0.9))
            top, left = rng.integers(0, picture.shape[0] - square + 1), rng.integers(0, picture.shape[1] - square + 1)
            yield picture[top : top + square, left : left + square]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--work", type=Path, required=True)
    options.add_argument("--side", type=int, default=network.SIDE)
    arguments = options.parse_args()
    kept(arguments.side, arguments.work)


if __name__ == "__main__":
    main()
