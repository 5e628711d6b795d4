"""The eight orientations of a square, in the order of `src/classifier/model/tta.ts`: the inputs of the network, and how its maps are restored."""

import numpy as np

COUNT = 1
"""Number of orientations of each image that the shipped model uses."""


def _transpose(a: np.ndarray) -> np.ndarray:
    return a.swapaxes(1, 2)


def _anti(a: np.ndarray) -> np.ndarray:
    return a[:, ::-1, ::-1].swapaxes(1, 2)


def _turn(times: int):
    return lambda a: np.rot90(a, times, axes=(1, 2))


_POSITIONS = (
    (lambda a: a, lambda a: a),
    (_turn(2), _turn(2)),
    (lambda a: a[:, :, ::-1], lambda a: a[:, :, ::-1]),
    (lambda a: a[:, ::-1], lambda a: a[:, ::-1]),
    (_transpose, _transpose),
    (_anti, _anti),
    (_turn(1), _turn(3)),
    (_turn(3), _turn(1)),
)
"""Each orientation and its inverse."""


def averaged(run, pictures: np.ndarray, count: int) -> dict[str, np.ndarray]:
    """The mean over the first `count` orientations of uint8 [n, side, side, 3]; maps and masks are restored first.

    `run` returns the outputs of a graph for images in one orientation.
    """
    total: dict[str, np.ndarray] = {}
    for place, back in _POSITIONS[:count]:
        for name, value in run(np.ascontiguousarray(place(pictures))).items():
            value = back(value) if name in ("map", "mask") else value
            total[name] = total.get(name, 0) + value.astype(np.float64)
    return {name: value / count for name, value in total.items()}
