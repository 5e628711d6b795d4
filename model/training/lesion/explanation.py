"""How good the outline and the heat map are: Dice against the true masks; where the map's highest point lies, and how much of it."""

from pathlib import Path

import numpy as np
from PIL import Image

import data
import figures
import geometry
import measures


def true_masks(folder: Path, ids) -> np.ndarray:
    """bool [n, 150, 150]: the centre square of each mask."""
    opened = (np.asarray(Image.open(folder / "masks" / f"{one}.png").convert("L"))[..., None] for one in ids)
    return np.stack([geometry.centre_square(mask)[..., 0] > 127 for mask in opened])


def enlarged(values: np.ndarray, side: int) -> np.ndarray:
    """float32 [n, side, side] from [n, s, s], bilinear."""
    return np.stack([np.asarray(Image.fromarray(one.astype(np.float32)).resize((side, side), Image.BILINEAR)) for one in values])


def heat(activation: np.ndarray, shown: np.ndarray, above: np.ndarray) -> np.ndarray:
    """[n, h, h] from maps [n, h, h, 7]: what spoke for the statement, the first-order part of each place in the log-odds of malignancy."""
    malignant = measures.malignancy_of(shown)[:, None]
    weight = -shown / np.maximum(1 - malignant, 1e-6)
    weight[:, data.MALIGNANT] = (shown / np.maximum(malignant, 1e-6))[:, data.MALIGNANT]
    spoken = (activation * weight[:, None, None]).sum(-1) * np.where(above, 1, -1)[:, None, None]
    return np.maximum(spoken, 0)


def rows(answers: dict, shown: np.ndarray, points: list[dict], masks: np.ndarray, bootstrap, on: str) -> list[dict]:
    side = masks.shape[1]
    found = enlarged(answers["mask"], side) >= 0.5
    dice = 2 * (found & masks).sum((1, 2)) / np.maximum(found.sum((1, 2)) + masks.sum((1, 2)), 1)
    above = measures.malignancy_of(shown) >= figures.default(points)["threshold"]
    warm = enlarged(heat(answers["map"], shown, above), side)
    named = enlarged(np.take_along_axis(answers["map"], shown.argmax(1)[:, None, None, None], 3)[..., 0], side)

    def row(name: str, values: np.ndarray) -> dict:
        return {"name": name, "on": on, **bootstrap.mean(values)}

    return [
        row("lesion mask, mean Dice", dice),
        row("share of masks with a Dice below 0.5", (dice < 0.5).astype(float)),
        row("activation map of the named class: highest point inside the lesion", highest_inside(named, masks)),
        row("heat map of the statement: highest point inside the lesion", highest_inside(warm, masks)),
        row("activation map of the named class: share of its positive part inside the lesion", part_inside(named, masks)),
    ]


def highest_inside(maps: np.ndarray, masks: np.ndarray) -> np.ndarray:
    """The pointing game (Zhang et al., IJCV 126, 2018): 1 where the highest point lies in the mask."""
    at = maps.reshape(len(maps), -1).argmax(1)
    return masks.reshape(len(masks), -1)[np.arange(len(maps)), at].astype(float)


def part_inside(maps: np.ndarray, masks: np.ndarray) -> np.ndarray:
    positive = np.maximum(maps, 0)
    return (positive * masks).sum((1, 2)) / np.maximum(positive.sum((1, 2)), 1e-9)
