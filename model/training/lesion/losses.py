"""The losses of classes and masks."""

import torch
from torch.nn import functional as F


def class_loss(
    logits: torch.Tensor, allowed: torch.Tensor, log_prior: torch.Tensor, taught: torch.Tensor, smoothing: float, teachers: float
) -> torch.Tensor:
    """Balanced softmax (J. Ren et al., NeurIPS 2020) with the frequencies of each image's own set, so that the network need not learn the clinic: minus the
    logarithm of the summed probability of the allowed classes; in part, the cross-entropy with those frequencies (smoothing), and that with the teachers."""
    found = F.log_softmax(logits + log_prior, 1)
    label = -torch.logsumexp(found + allowed.log(), 1)
    unknown = -(log_prior.softmax(1) * found).sum(1)
    label = (1 - smoothing) * label + smoothing * unknown
    share = teachers * taught.sum(1)
    return ((1 - share) * label - teachers * (taught * found).sum(1)).mean()


def mask_loss(logits: torch.Tensor, masks: torch.Tensor, trust: torch.Tensor, lesions: int) -> torch.Tensor:
    """Cross-entropy of every pixel, plus, for the images with a lesion (the first ones), one minus the soft Dice; both weighted by `trust`."""
    pixels = F.binary_cross_entropy_with_logits(logits, masks, reduction="none").mean((1, 2, 3))
    found, true = logits[:lesions].sigmoid(), masks[:lesions]
    shared = (found * true).sum((1, 2, 3))
    dice = (2 * shared + 1) / (found.sum((1, 2, 3)) + true.sum((1, 2, 3)) + 1)
    return (trust * pixels).sum() / trust.sum() + 0.5 * (trust[:lesions] * (1 - dice)).sum() / trust[:lesions].sum()
