"""Writes the averaged weights of every checkpoint in a folder as they are shipped, in half precision and without the state of the optimiser: a seventh of
the size, to be carried from a GPU. `export.py` and every other program that only uses those weights reads them as it reads a checkpoint."""

import argparse
from pathlib import Path

import torch

import export


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--work", type=Path, required=True)
    options.add_argument("--out", type=Path, required=True)
    arguments = options.parse_args()
    for checkpoint in sorted(arguments.work.glob("*.pt")):
        write(checkpoint, arguments.out / checkpoint.name)


def write(checkpoint: Path, file: Path) -> None:
    saved = torch.load(checkpoint, weights_only=True, map_location="cpu")
    (model,) = export.load([checkpoint]).members
    # Already rounded to half precision; the rest is single precision in a bundle too.
    average = {name: value.half() if value.dim() == 4 else value for name, value in model.state_dict().items()}
    torch.save({"recipe": saved["recipe"], "steps": saved["steps"], "average": average}, file)


if __name__ == "__main__":
    main()
