"""Measures networks on every set: `ask` writes their outputs, `report` their figures, with paired differences from another network's on each set and on the mean of the sets.

The order of malignancy is that of the kiosk, which does not know the set: at the frequencies of the classes in HAM10000. Calibration is measured at each
set's own frequencies, taken from its training folds. Balanced accuracy is at equal frequencies, of the images whose label is one class. A set that was
left out of training, named by `--left-out`, is measured on all its folds, the others on the fold given.
"""

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

import bundle as bundles
import calibration
import clinics
import data
import export
import measures
import network
import out_of_fold
import probabilities
import sets

REPLICAS = 500
SENSITIVITY = 0.95
TONES = {"skin tone 0–2": ("0", "1", "2"), "skin tone 3": ("3",), "skin tone 4–5": ("4", "5")}
"""As MILK10k numbers them: 0 very dark, 5 very light."""
MEL, NV = data.CLASSES.index("mel"), data.CLASSES.index("nv")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--work", type=Path, required=True)
    options.add_argument("--name", required=True, help="of the outputs: NAME-answers.npz, NAME-figures.json")
    options.add_argument("--checkpoint", type=Path, nargs="+", help="networks whose outputs are averaged; without this option and --bundle: only report")
    options.add_argument("--bundle", type=Path, nargs="?", const=clinics.BUNDLE, help="a bundle instead (default: the committed one)")
    options.add_argument("--side", type=int, default=network.SIDE)
    options.add_argument("--fold", type=int, default=data.REPORTING_FOLD)
    options.add_argument("--left-out", choices=sets.NAMES, default=[], action="append")
    options.add_argument("--against", default=[], action="append", help="name of other outputs")
    arguments = options.parse_args()
    labelled = sets.load(arguments.data)
    if arguments.checkpoint or arguments.bundle:
        ask(arguments, labelled)
    read = read_answers(arguments.work, arguments.name, labelled)
    found = report(read)
    for other in arguments.against:
        found[f"less {other}"] = differences(read, read_answers(arguments.work, other, labelled))
    (arguments.work / f"{arguments.name}-figures.json").write_text(json.dumps(found, indent=1))
    show(found)


@dataclass(frozen=True)
class Answers:
    part: sets.Labelled
    logits: np.ndarray
    evidence: np.ndarray
    log_prior: np.ndarray
    """float [7]: the frequencies in the images of the set"""
    reference: np.ndarray
    """float [7]: those in HAM10000"""

    @property
    def malignancy(self) -> np.ndarray:
        return measures.malignancy_of(measures.softmax(self.logits + self.reference))

    def where(self, chosen: np.ndarray) -> "Answers":
        return Answers(self.part.where(chosen), self.logits[chosen], self.evidence[chosen], self.log_prior, self.reference)


def ask(arguments, labelled: list[sets.Labelled]) -> None:
    if arguments.bundle:
        run, side = bundles.onnx_graph(arguments.bundle, ("logits", "mask")), bundles.side(arguments.bundle)
    else:
        run, side = out_of_fold.graph_of(export.load(arguments.checkpoint), arguments), arguments.side
    written = {}
    for one in labelled:
        part = one if one.name in arguments.left_out else one.where(one.folds == arguments.fold)
        answers = run(clinics.prepared(part, side, arguments.work))
        written |= {f"{one.name} ids": part.ids, f"{one.name} logits": answers["logits"].astype(np.float32)}
        written |= {f"{one.name} evidence": calibration.evidence(answers["mask"]).astype(np.float32)}
    np.savez(arguments.work / f"{arguments.name}-answers.npz", **written)


def read_answers(work: Path, name: str, labelled: list[sets.Labelled]) -> dict[str, Answers]:
    stored = np.load(work / f"{name}-answers.npz")
    found = {}
    for one in labelled:
        if f"{one.name} ids" not in stored:
            continue
        row = {image: at for at, image in enumerate(one.ids)}
        at = np.array([row[image] for image in stored[f"{one.name} ids"]])
        chosen = np.zeros(len(one.ids), bool)
        chosen[at] = True
        order = np.argsort(at)
        outputs = (stored[f"{one.name} {kind}"][order] for kind in ("logits", "evidence"))
        found[one.name] = Answers(one.where(chosen), *outputs, frequencies(one), frequencies(labelled[0]))
    return found


def frequencies(labelled: sets.Labelled) -> np.ndarray:
    return sets.log_prior(labelled.where(labelled.folds != data.REPORTING_FOLD), of_images=True)


def measures_of(answers: Answers) -> dict:
    """The measures of a set: name → function of indices of its images; each is a column of the figures."""
    scores, malignant, certain, labels = answers.malignancy, answers.part.malignant, answers.part.certain, answers.part.labels

    def auc_of(chosen: np.ndarray):
        return lambda at: measures.auc(scores[at[chosen[at]]], malignant[at[chosen[at]]])

    found = {
        "malignancy AUC": auc_of(np.ones(len(scores), bool)),
        f"specificity at sensitivity {SENSITIVITY}": lambda at: specificity_at(scores[at], malignant[at]),
    }
    if len(set(labels[certain])) == len(data.CLASSES):
        found["balanced accuracy, equal prevalence"] = lambda at: measures.balanced_accuracy(answers.logits[at[certain[at]]], labels[at[certain[at]]])
    if answers.part.name == "milk10k":
        kind = np.array([row["dx"] for row in answers.part.rows])
        found["SCC against benign AUC"] = auc_of((kind == "SCCKA") | ~malignant)
        tones = np.array([row["skin_tone_class"] for row in answers.part.rows])
        found |= {name: auc_of(np.isin(tones, those)) for name, those in TONES.items()}
    if answers.part.name != "isic2017":
        found["melanoma against naevus AUC"] = auc_of(certain & np.isin(labels, (MEL, NV)))
    return found


def specificity_at(scores: np.ndarray, malignant: np.ndarray) -> float:
    """With the largest threshold that has the sensitivity on these images; NaN without both kinds."""
    if malignant.all() or not malignant.any():
        return float("nan")
    threshold = np.quantile(scores[malignant], 1 - SENSITIVITY, method="lower")
    return float((scores[~malignant] < threshold).mean())


def report(read: dict[str, Answers]) -> dict:
    calibrated = crossed(read)
    found = {}
    for name, answers in read.items():
        bootstrap = measures.Bootstrap(answers.part.groups, replicas=REPLICAS)
        rows = {measure: bootstrap.interval_of(of) for measure, of in measures_of(answers).items()}
        rows |= calibration_rows(bootstrap, answers, calibrated[name])
        rows["evidence of a lesion as the shipped bundle requires"] = {"value": round(float((answers.evidence >= _shipped_evidence()).mean()), 4)}
        found[name] = {"images": len(answers.part.ids), "lesions": len(set(answers.part.groups)), **rows}
    return found


def _shipped_evidence() -> float:
    return json.loads((clinics.BUNDLE / "card.json").read_text())["presence"]["evidence"]


def calibration_rows(bootstrap: measures.Bootstrap, answers: Answers, shown: np.ndarray) -> dict[str, dict]:
    allowed, malignant = answers.part.allowed, answers.part.malignant
    rows = {
        "calibration error of malignancy": bootstrap.interval_of(
            lambda at: probabilities.error(measures.malignancy_of(shown[at]), malignant[at])
        )
    }
    if answers.part.name == "isic2017":  # which tells no classes apart but melanoma and the others
        return rows
    return rows | {
        "class-wise calibration error, mean": bootstrap.interval_of(lambda at: float(probabilities.class_errors(shown[at], allowed[at]).mean())),
        "class-wise calibration error, largest": bootstrap.interval_of(lambda at: float(probabilities.class_errors(shown[at], allowed[at]).max())),
        "top-class calibration error": bootstrap.interval_of(lambda at: probabilities.top_error(shown[at], allowed[at])),
    }


def crossed(read: dict[str, Answers]) -> dict[str, np.ndarray]:
    """Calibrated probabilities at each set's own frequencies: each half of the lesions with the calibration fitted on the other half of all sets together."""
    halves = {name: np.unique(answers.part.groups, return_inverse=True)[1] for name, answers in read.items()}
    halves = {name: np.random.default_rng(2).permutation(lesion.max() + 1)[lesion] % 2 for name, lesion in halves.items()}
    found = {name: np.empty(answers.logits.shape) for name, answers in read.items()}
    for half in (0, 1):
        fitted = fit({name: answers.where(halves[name] != half) for name, answers in read.items()})
        for name, answers in read.items():
            mine = halves[name] == half
            found[name][mine] = fitted.probabilities(answers.logits[mine], answers.log_prior)
    return found


def fit(read: dict[str, Answers]) -> probabilities.Calibrated:
    """One calibration for all sets, each with its own frequencies and the same total weight."""
    total = sum(len(one.logits) for one in read.values())
    return probabilities.fit(
        np.concatenate([one.logits for one in read.values()]),
        np.concatenate([one.part.allowed for one in read.values()]),
        np.concatenate([np.tile(one.log_prior, (len(one.logits), 1)) for one in read.values()]),
        np.concatenate([np.full(len(one.logits), total / len(read) / len(one.logits)) for one in read.values()]),
    )


def differences(ours: dict[str, Answers], theirs: dict[str, Answers]) -> dict:
    """Paired differences by lesion on the images that both have answered, on each set and on the mean of the sets."""
    found, means = {}, {}
    for name in ours:
        if name not in theirs:
            continue
        both = set(ours[name].part.ids) & set(theirs[name].part.ids)
        mine, other = (one.where(np.isin(one.part.ids, list(both))) for one in (ours[name], theirs[name]))
        if not both:
            continue
        bootstrap = measures.Bootstrap(mine.part.groups, replicas=REPLICAS)
        everything = np.arange(len(mine.part.ids))
        found[name] = {}
        for (measure, of), (_, their) in zip(measures_of(mine).items(), measures_of(other).items()):
            replicas = bootstrap.replicas(of) - bootstrap.replicas(their)
            found[name][measure] = _interval(of(everything) - their(everything), replicas)
            means.setdefault(measure, []).append((of(everything) - their(everything), replicas))
    found["mean of the sets"] = {
        measure: _interval(np.mean([value for value, _ in those]), np.mean([replicas for _, replicas in those], 0))
        for measure, those in means.items()
        if len(those) == len(found)
    }
    return found


def _interval(value: float, replicas: np.ndarray) -> dict[str, float]:
    low, high = np.nanpercentile(replicas, [2.5, 97.5])
    return {"value": round(float(value), 4), "low": round(float(low), 4), "high": round(float(high), 4)}


def show(found: dict, on: str = "") -> None:
    for name, value in found.items():
        if isinstance(value, dict) and "value" in value:
            print(f"{on} | {name} | {value['value']:.3f}" + (f" ({value['low']:.3f} to {value['high']:.3f})" if "low" in value else ""))
        elif isinstance(value, dict):
            show(value, f"{on}, {name}".strip(", "))


if __name__ == "__main__":
    main()
