"""Pictures of the sets beside HAM10000, which have no masks: every image as a 256-pixel square, and a mask predicted by the decoder of a bundle. Run as a program it
makes them, once for all trainings at the same time; with `--sheets` it also draws the masks on samples, to be judged by eye.
"""

import argparse
import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

import bundle as bundles
import calibration
import data
import geometry
import sets

SIDE = 256
LEAST_EVIDENCE = 0.5
"""A predicted mask with less evidence of a lesion is not used for training."""
BUNDLE = Path(__file__).resolve().parents[2] / "bundles" / "lesion-pair"
COLUMNS, ROWS, TILE = 10, 10, 144
"""Layout of a sheet."""


@dataclass(frozen=True)
class Pictures:
    images: np.ndarray
    """uint8 [n, 256, 256, 3]; of a squeezed set, the squeezed whole image."""
    masks: np.ndarray
    """uint8 [n, s, s]: predicted probability of lesion × 255; of a squeezed set, of the centre square at the nominal widening."""
    usable: np.ndarray
    """bool [n]: the mask may be used."""


def load(labelled: sets.Labelled, cache: Path, bundle: Path = BUNDLE) -> Pictures:
    """Decoded once, in the order of the set; cached in `cache`."""
    weights = hashlib.sha256((bundle / "model.onnx").read_bytes()).hexdigest()
    state = hashlib.sha256(f"{geometry.VERSION} {SIDE} {weights} {','.join(labelled.ids)}".encode()).hexdigest()[:12]
    folder = cache / f"{labelled.name}-{state}"
    if not folder.exists():
        partial = cache / f"{labelled.name}-{state}.partial"
        partial.mkdir(parents=True, exist_ok=True)
        with ThreadPoolExecutor(2) as pool:
            images = np.stack(list(pool.map(lambda one: _decoded(labelled.folder, one), labelled.ids)))
        masks = predicted(squares(images, labelled.squeezed), bundle)
        np.save(partial / "images.npy", images)
        np.save(partial / "masks.npy", np.round(masks * 255).astype(np.uint8))
        np.save(partial / "usable.npy", calibration.evidence(masks) >= LEAST_EVIDENCE)
        partial.rename(folder)
    return Pictures(**{name: np.load(folder / f"{name}.npy", mmap_mode="c") for name in Pictures.__annotations__})


def _decoded(folder: Path, one: str) -> np.ndarray:
    return geometry.prepare(geometry.decode(folder / "images" / f"{one}.jpg"), SIDE, SIDE)


def squares(images: np.ndarray, squeezed: bool, widening: float = sets.NOMINAL) -> np.ndarray:
    """The centre squares of whole images; unchanged unless the set is squeezed."""
    return np.stack([widened(one, widening) for one in images]) if squeezed else images


def widened(image: np.ndarray, widening: float) -> np.ndarray:
    """uint8 [s, s, 3] → the centre square of the image at `widening` times its width, at the same size."""
    side = image.shape[0]
    wide = Image.fromarray(image).resize((round(side * widening), side), Image.BICUBIC)
    return np.ascontiguousarray(geometry.centre_square(np.asarray(wide)))


def prepared(labelled: sets.Labelled, side: int, cache: Path) -> np.ndarray:
    """uint8 [n, side, side, 3]: the images of a set, or of a part of it, as the device prepares them; cached in `cache`."""
    state = hashlib.sha256(f"{geometry.VERSION} {side} {','.join(labelled.ids)}".encode()).hexdigest()[:12]
    file = cache / f"prepared-{labelled.name}-{state}.npy"
    if not file.exists():
        partial = file.with_suffix(f".{os.getpid()}.npy")
        np.save(partial, np.stack([_prepared(labelled, one, side) for one in labelled.ids]))
        partial.rename(file)
    return np.load(file, mmap_mode="c")


def _prepared(labelled: sets.Labelled, one: str, side: int) -> np.ndarray:
    image = geometry.decode(labelled.folder / "images" / f"{one}.jpg")
    return geometry.prepare(widened(image, sets.NOMINAL) if labelled.squeezed else image, side, side)


def predicted(images: np.ndarray, bundle: Path, batch: int = 16) -> np.ndarray:
    """float [n, s, s]: the mask of the bundle's decoder."""
    run = bundles.onnx_graph(bundle, ("mask",))
    side = bundles.side(bundle)
    prepared = (np.stack([geometry.prepare(one, side, side) for one in images[at : at + batch]]) for at in range(0, len(images), batch))
    return np.concatenate([run(some)["mask"] for some in prepared])


def sheets(labelled: sets.Labelled, pictures: Pictures, folder: Path, count: int = COLUMNS * ROWS) -> None:
    """Outlines of the predicted masks on `count` random images of the training folds; grey where a mask is not used."""
    (candidates,) = np.nonzero(labelled.folds != data.REPORTING_FOLD)
    chosen = np.random.default_rng(1).permutation(candidates)[:count]
    sheet = Image.new("RGB", (COLUMNS * TILE, -(-len(chosen) // COLUMNS) * TILE))
    for number, at in enumerate(chosen):
        image = squares(pictures.images[at : at + 1], labelled.squeezed)[0]
        tile = np.array(Image.fromarray(image).resize((TILE, TILE), Image.BOX))
        inside = np.asarray(Image.fromarray(np.array(pictures.masks[at])).resize((TILE, TILE), Image.BILINEAR)) >= 128
        edge = inside & ~(np.roll(inside, 1, 0) & np.roll(inside, -1, 0) & np.roll(inside, 1, 1) & np.roll(inside, -1, 1))
        tile[edge] = (0, 255, 0) if pictures.usable[at] else (128, 128, 128)
        place = (number % COLUMNS * TILE, number // COLUMNS * TILE)
        sheet.paste(Image.fromarray(tile), place)
        ImageDraw.Draw(sheet).text((place[0] + 2, place[1] + 2), str(number), fill=(255, 255, 255))
    sheet.save(folder / f"masks-{labelled.name}.png")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, required=True, help="folder of HAM10000, with the others beside it")
    options.add_argument("--work", type=Path, required=True)
    options.add_argument("--sheets", action="store_true")
    arguments = options.parse_args()
    for labelled in sets.load(arguments.data)[1:]:
        pictures = load(labelled, arguments.work)
        print(f"{labelled.name}: {len(labelled.ids)} images, {pictures.usable.mean():.3f} with a usable mask")
        if arguments.sheets:
            sheets(labelled, pictures, arguments.work)


if __name__ == "__main__":
    main()
