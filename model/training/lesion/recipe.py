"""The recipe of the training of the lesion networks."""

from dataclasses import dataclass

import data


@dataclass(frozen=True)
class Recipe:
    encoder: str = "lite1"
    phases: tuple[tuple[int, int], ...] = ((1500, 128), (1900, 160), (2200, 192))
    """(steps, side in pixels), in order."""
    batch: int = 64
    shares: tuple[tuple[str, float], ...] = (("ham10000", 0.5), ("milk10k", 0.34), ("isic2017", 0.16))
    """Share of each set in every batch; those of sets that are not trained on are divided among the others."""
    negatives: int = 4
    """Images without a lesion added to every batch, only for the mask."""
    learning_rate: float = 8.5e-4
    detailed: float = 0.5
    """Probability of using the sharp version of an image that has one."""
    fresh_rate: float = 3.0
    """Factor of the learning rate of head and decoder, for those initialised at random."""
    weight_decay: float = 0.02
    warm_up: int = 50
    """Steps."""
    smoothing: float = 0.05
    """Weight of the set's frequencies of the classes in the targets: an image says no more than that."""
    teachers: float = 0.5
    """Weight of the teachers in the targets of the classes, if there are teachers; the label has the rest."""
    prior: float = 1.0
    """Power of each set's class frequencies added to the logits in the loss: with 1 the bare logits are those of equally frequent classes."""
    skins: float = 0.25
    """Fraction of the images that get the colour of another image's skin."""
    trust: float = 0.5
    """Weight of a predicted mask, where an annotated one has 1."""
    average: float = 0.996
    parts: int = 1
    """Parts of a batch that are processed in parallel, by one CPU thread each."""
    start: str = "imagenet"
    """Or the hash of the bundle with whose networks the training starts."""
    seed: int = 20
    folds: tuple[int, ...] = data.TRAINING_FOLDS

    @property
    def steps(self) -> int:
        return sum(steps for steps, _ in self.phases)

    def side(self, step: int) -> int:
        for steps, side in self.phases:
            if step < steps:
                return side
            step -= steps
        return self.phases[-1][1]

    def counts(self, names: list[str]) -> dict[str, int]:
        """Images of each set in a batch."""
        shares = {name: share for name, share in self.shares if name in names}
        exact = {name: self.batch * share / sum(shares.values()) for name, share in shares.items()}
        counts = {name: int(one) for name, one in exact.items()}
        for name in sorted(exact, key=lambda one: counts[one] - exact[one])[: self.batch - sum(counts.values())]:
            counts[name] += 1
        return counts
