"""`card.json` of lesion-pair, as defined by `src/classifier/model/card.ts`: a description of the model, and every value with which a probability is compared."""

from pathlib import Path

import bundle as bundles
import geometry
from data import CLASSES

NAME, VERSION = "lesion-pair", "0.3.0"

SOURCES = {
    "ham10000": "HAM10000 pictures and masks, CC BY-NC 4.0 and CC BY-NC-SA 4.0 (P. Tschandl, C. Rosendahl, H. Kittler, Scientific Data 5:180161, 2018, "
    "doi 10.1038/sdata.2018.161; P. Tschandl et al., Nature Medicine 26, 2020)",
    "milk10k": "MILK10k, CC BY-NC (challenge.isic-archive.com/landing/milk10k)",
    "isic2017": "ISIC 2017 (N. C. F. Codella et al., arXiv:1710.05006)",
}
LICENCE = (
    "Research use only, non-commercial, name the sources. The weights were trained on {}. They started from ImageNet weights of EfficientNet-Lite1 and "
    "-Lite2 (Apache-2.0)."
)
NAMES = {"ham10000": "HAM10000", "milk10k": "MILK10k", "isic2017": "ISIC 2017"}
TRAINED_ON = (
    "{}: folds 0–3, split by lesion, one picture a lesion and pass. Two networks, whose outputs are averaged; half of the target of their classes is the "
    "mean of eight networks that each left one of these folds out. Fold 4 was not trained on: that of HAM10000 set calibration, thresholds and limits, and "
    "the figures are measured on it."
)
INTENDED_USE = "Research. An adjunct for a trained clinician, for a lesion already judged suspicious. Not for screening, not a diagnosis."
LIMITS = [
    "A low number does not rule out cancer: a confident miss is the commonest melanoma error.",
    "Calibration, thresholds and limits were set on the pictures that the figures are measured on, so those figures flatter a "
    "little; balanced accuracy, accuracy, AUC and Dice hardly depend on them.",
    "Seven pigmented classes, mostly fair skin from Vienna and Queensland, without labels of skin tone: not validated on dark skin, "
    "where models of this kind fell from AUC 0.72 (phototypes I–II) to 0.57 (V–VI) on DDI.",
    "No amelanotic, nail, mucosal or paediatric lesions.",
    "Another clinic’s pictures move the figures by far more than their intervals say.",
    "All seven probabilities are calibrated for pictures of which a fifth are malignant, as in HAM10000. A clinic with another share states it; "
    "where cancer is rarer, far fewer of the lesions above the threshold are malignant.",
    "What is no skin at all is mostly refused, not always.",
]


def write(
    bundle: Path, *, trained_on: list[str], created: str, side: int, views: int, calibration, reference, points, refusal, measured, reliability, drift, thresholds_set: str | None = None
) -> None:
    """`thresholds_set` is when the points were set, if not when the model was created; the current time would make every run differ."""
    bundles.write_card(
        bundle,
        {
            "schema": 1,
            "name": NAME,
            "version": VERSION,
            "created": created,
            "licence": LICENCE.format("; ".join(SOURCES[name] for name in trained_on)),
            "trainedOn": TRAINED_ON.format(", ".join(NAMES[name] for name in trained_on)),
            "intendedUse": INTENDED_USE,
            "limits": LIMITS,
            "confounders": bundles.CONFOUNDERS,
            "classes": CLASSES,
            "input": {"size": side, "preprocessing": {"version": geometry.VERSION, "areaSide": side}},
            "tensors": {"image": "image", "logits": "logits", "map": "map", "features": "features", "mask": "mask"},
            "views": views,
            "calibration": {"temperature": calibration.temperature, "classBias": calibration.class_bias},
            "reference": reference,
            "presence": {"evidence": refusal.limits.evidence, "share": refusal.limits.share},
            "likeness": {
                "file": "likeness.bin",
                "components": len(refusal.like.components),
                "features": len(refusal.like.mean),
                "limit": refusal.limits.distance,
            },
            "conformal": refusal.conformal,
            "thresholdsSet": thresholds_set or created,
            "operatingPoints": points,
            "measured": measured,
            **({"reliability": reliability} if reliability["malignancy"] else {}),
            "drift": drift,
        },
    )
