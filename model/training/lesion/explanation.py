"""Quality of the outline and the heat map: Dice with the true masks, and how much of the map, and whether its maximum, lies in the lesion."""

import copy
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from scipy.stats import rankdata

import figures
import geometry
import graphs
import measures
import network


def true_masks(folder: Path, ids) -> np.ndarray:
    """bool [n, 150, 150]: the centre square of each true mask."""
    opened = (np.asarray(Image.open(folder / "masks" / f"{one}.png").convert("L"))[..., None] for one in ids)
    return np.stack([geometry.centre_square(mask)[..., 0] > 127 for mask in opened])


def enlarged(values: np.ndarray, side: int) -> np.ndarray:
    """float32 [n, side, side] from [n, s, s], bilinear."""
    return np.stack([np.asarray(Image.fromarray(one.astype(np.float32)).resize((side, side), Image.BILINEAR)) for one in values])


def heat(activation: np.ndarray, slopes: np.ndarray, above: np.ndarray) -> np.ndarray:
    """[n, h, h] from maps [n, h, h, 7]: support for the statement, the first-order contribution of each position to the log-odds of malignancy."""
    spoken = (activation * slopes[:, None, None]).sum(-1) * np.where(above, 1, -1)[:, None, None]
    return np.maximum(spoken, 0)


def rows(answers: dict, shown: np.ndarray, slopes: np.ndarray, points: list[dict], masks: np.ndarray, bootstrap, on: str) -> list[dict]:
    side = masks.shape[1]
    found = enlarged(answers["mask"], side) >= 0.5
    dice = 2 * (found & masks).sum((1, 2)) / np.maximum(found.sum((1, 2)) + masks.sum((1, 2)), 1)
    above = measures.malignancy_of(shown) >= figures.default(points)["threshold"]
    warm = enlarged(heat(answers["map"], slopes, above), side)
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


def against_random(model: network.Ensemble, images: np.ndarray, calibrated, threshold: float, masks: np.ndarray, bootstrap, on: str) -> list[dict]:
    """The heat map of a network with random weights: a map that explains the network has to depend on its weights.

    J. Adebayo et al., "Sanity checks for saliency maps", NeurIPS 31 (2018). One view.
    """
    trained = _heat_of(model, images, calibrated, threshold)
    rows = []
    for what, other in (("classes", _with_random_classes(model)), ("all layers", _random(model))):
        random = _heat_of(other, images, calibrated, threshold)
        alike = np.array([_rank_correlation(one, two) for one, two in zip(trained, random)])
        inside = highest_inside(enlarged(random, masks.shape[1]), masks)
        rows.append({"name": f"heat map against that of random weights in {what}: mean rank correlation", "on": on, **bootstrap.mean(alike)})
        rows.append({"name": f"heat map of random weights in {what}: highest point inside the lesion", "on": on, **bootstrap.mean(inside)})
    return rows


def _heat_of(model: network.Ensemble, images: np.ndarray, calibrated, threshold: float) -> np.ndarray:
    outputs = graphs.outputs_of(model, images)
    above = measures.malignancy_of(calibrated.probabilities(outputs["logits"])) >= threshold
    return heat(outputs["map"], calibrated.slopes(outputs["logits"]), above)


def _with_random_classes(model: network.Ensemble) -> network.Ensemble:
    other = copy.deepcopy(model)
    torch.manual_seed(0)
    for member in other.members:
        torch.nn.init.normal_(member.classes.weight, 0, float(member.classes.weight.detach().std()))
    return other


def _random(model: network.Ensemble) -> network.Ensemble:
    torch.manual_seed(0)
    return network.Ensemble([network.Lesion(member.encoder) for member in model.members]).eval()


def _rank_correlation(one: np.ndarray, two: np.ndarray) -> float:
    """Spearman's correlation; 0 if either map is constant."""
    ranks = [rankdata(values.ravel()) for values in (one, two)]
    if min(np.ptp(values) for values in ranks) == 0:
        return 0.0
    return float(np.corrcoef(*ranks)[0, 1])


def highest_inside(maps: np.ndarray, masks: np.ndarray) -> np.ndarray:
    """The pointing game (Zhang et al., IJCV 126, 2018): 1 if the maximum lies in the mask."""
    at = maps.reshape(len(maps), -1).argmax(1)
    return masks.reshape(len(masks), -1)[np.arange(len(maps)), at].astype(float)


def part_inside(maps: np.ndarray, masks: np.ndarray) -> np.ndarray:
    positive = np.maximum(maps, 0)
    return (positive * masks).sum((1, 2)) / np.maximum(positive.sum((1, 2)), 1e-9)
