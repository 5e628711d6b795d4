"""Training that can be interrupted at any moment: what a run needs to go on, written whole or not at all."""

import json
from dataclasses import asdict
from pathlib import Path

import torch


def load(file: Path, recipe) -> dict | None:
    """What `save` wrote of this very recipe; nothing when there is none."""
    if not file.exists():
        return None
    saved = torch.load(file, weights_only=True, map_location="cpu")
    return saved if saved["recipe"] == json.dumps(asdict(recipe)) else None


def save(file: Path, recipe, **state) -> None:
    """Written beside and renamed, so that an interruption leaves the previous one."""
    partial = file.with_suffix(".partial")
    torch.save({"recipe": json.dumps(asdict(recipe)), **state}, partial)
    partial.rename(file)
