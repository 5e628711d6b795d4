"""`card.json`, as defined by `src/classifier/model/card.ts`: a description of the model, and every value with which a probability is compared."""

from pathlib import Path

import bundle as bundles
import geometry
from data import CLASSES
from network import SIDE

NAME, VERSION = "seed-cnn", "1.1.0"

LICENCE = (
    "Research use only. The weights were trained on HAM10000 pictures, CC BY-NC 4.0: non-commercial, name the source "
    "(P. Tschandl, C. Rosendahl, H. Kittler, Scientific Data 5:180161, 2018, doi 10.1038/sdata.2018.161)."
)
TRAINED_ON = (
    "HAM10000 (CC BY-NC 4.0), folds 0–3, split by lesion, classes balanced by oversampling; fold 4 was not trained on: "
    "it set the temperature and the thresholds, and the figures are measured on it."
)
INTENDED_USE = (
    "Research. An adjunct for a trained clinician, for a lesion already judged suspicious; the baseline that later models are "
    "measured against. Not for screening, not a diagnosis."
)
LIMITS = [
    "A low number does not rule out cancer: a confident miss is the commonest melanoma error.",
    "It sees 28 × 28 pixels and is not a good classifier. A network of this kind had a malignancy AUC of about 0.63 on melanomas of "
    "another clinic.",
    "Temperature and thresholds were set on the pictures that the figures are measured on, so those figures flatter a little; "
    "the balanced accuracy, accuracy and AUC do not depend on the thresholds.",
    "It was trained with all classes equally frequent and overstates the rare ones, malignant ones among them: the number is a score "
    "for the threshold rather than a probability, as the calibration error shows.",
    "Seven pigmented classes, mostly fair skin from Vienna and Queensland, without labels of skin tone: not validated on dark skin, "
    "where models of this kind fell from AUC 0.72 (phototypes I–II) to 0.57 (V–VI) on DDI.",
    "No amelanotic, nail, mucosal or paediatric lesions; nothing that is not a lesion. Whatever it is shown, it answers with one of the seven.",
    "A fifth of the measured pictures are malignant. Where cancer is rarer, far fewer of the lesions above the threshold are.",
]


def write(
    bundle: Path, *, created: str, temperature: float, points: list[dict], measured: list[dict], thresholds_set: str | None = None
) -> None:
    """`thresholds_set` is when the points were set, if not when the model was created; the current time would make every run differ."""
    card = {
        "schema": 1,
        "name": NAME,
        "version": VERSION,
        "created": created,
        "licence": LICENCE,
        "trainedOn": TRAINED_ON,
        "intendedUse": INTENDED_USE,
        "limits": LIMITS + [_refers(point) for point in points if point["specificity"]["value"] < 0.2],
        "confounders": bundles.CONFOUNDERS,
        "classes": CLASSES,
        "input": {"size": SIDE, "preprocessing": {"version": geometry.VERSION, "areaSide": SIDE}},
        "tensors": {"image": "image", "logits": "logits"},
        "calibration": {"temperature": temperature},
        "thresholdsSet": thresholds_set or created,
        "operatingPoints": points,
        "measured": measured,
    }
    bundles.write_card(bundle, card)


def _refers(point: dict) -> str:
    """A threshold always exists if nearly every lesion is referred; the card has to state that explicitly."""
    share = point["specificity"]["value"]
    return (
        f"A sensitivity of {point['targetSensitivity']:.2f} is out of its reach in any useful sense: at that threshold it lets only "
        f"{share:.0%} of the benign lesions pass."
    )
