"""Checkpoints from which an interrupted training resumes, written atomically."""

import json
from dataclasses import asdict
from pathlib import Path

import torch


def load(file: Path, recipe) -> dict | None:
    """The state that `save` wrote for exactly this recipe; `None` if there is none."""
    if not file.exists():
        return None
    saved = torch.load(file, weights_only=True, map_location="cpu")
    return saved if saved["recipe"] == json.dumps(asdict(recipe)) else None


def save(file: Path, recipe, **state) -> None:
    """Writes a temporary file and renames it, so that an interruption leaves the previous checkpoint."""
    partial = file.with_suffix(".partial")
    torch.save({"recipe": json.dumps(asdict(recipe)), **state}, partial)
    partial.rename(file)
