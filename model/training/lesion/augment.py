"""Augmentation that imitates images from clinics: position, light, sharpness, hair and camera artefacts.

Everything works on whole batches, float32 [n, 3, side, side], 0–255, on any device. Each artefact affects a fixed fraction of a
batch, on randomly selected images, so that nothing has to be read back from the device.
"""

import math
from dataclasses import dataclass

import numpy as np
import torch
from PIL import Image, ImageDraw
from torch.nn import functional as F

import sets

HAIRS = 256
"""Number of sheets of drawn hair; each hairy image gets one in any of eight orientations."""


class Chance:
    """Random numbers from one seed: `on` the device of the images, and `host` for values on which shapes depend."""

    def __init__(self, seed: int, device: torch.device | str = "cpu"):
        self.device = torch.device(device)
        self.on = torch.Generator(self.device).manual_seed(seed)
        self.host = np.random.default_rng(seed)

    def uniform(self, low: float, high: float, *shape: int) -> torch.Tensor:
        return torch.rand(shape, generator=self.on, device=self.device) * (high - low) + low

    def normal(self, *shape: int) -> torch.Tensor:
        return torch.randn(shape, generator=self.on, device=self.device)

    def integers(self, high: int, *shape: int) -> torch.Tensor:
        return torch.randint(high, shape, generator=self.on, device=self.device)

    def some(self, n: int, *shares: float) -> list[torch.Tensor]:
        """Random disjoint sets of rows, one for each share of n."""
        order = torch.randperm(n, generator=self.on, device=self.device)
        edges = [round(n * edge) for edge in np.cumsum([0, *shares])]
        return [order[low:high] for low, high in zip(edges, edges[1:])]


@dataclass(frozen=True)
class Source:
    """Images of one set and their masks: uint8 [n, s, s, 3] and uint8 [n, m, m]."""

    images: torch.Tensor
    masks: torch.Tensor
    squeezed: bool = False
    """The images are whole ones squeezed into squares: see `sets.WIDENED`. The masks are those of the centre square at the nominal widening."""


def batch(sources: list[Source], side: int, chance: Chance, hairs: torch.Tensor, skins: float = 0.0) -> tuple[torch.Tensor, torch.Tensor]:
    """Images float32 [n, 3, side, side] and masks float32 [n, 1, side/4, side/4] in 0–1, in the order of the sources.

    `hairs` comes from `drawn_hair`; the fraction `skins` of the images gets the colour of another one's skin.
    """
    placed = [_placed(one, side, chance) for one in sources]
    images, covers = (torch.cat(those) for those in zip(*placed))
    (recoloured,) = chance.some(len(images), skins)
    if len(recoloured):
        images[recoloured] = reskinned(images[recoloured], images[chance.integers(len(images), len(recoloured))])
    images = light(images, chance)
    return spoil(images, chance, hairs).clamp_(0, 255), covers


def _placed(source: Source, side: int, chance: Chance) -> tuple[torch.Tensor, torch.Tensor]:
    images = source.images.permute(0, 3, 1, 2).float()
    covers = source.masks[:, None].float() / 255
    theta = positions(len(images), chance)
    of_mask = theta
    if source.squeezed:
        widening = chance.uniform(*sets.WIDENED, len(images))
        theta, of_mask = _stretched(theta, 1 / widening), _stretched(theta, sets.NOMINAL / widening)
    # Sampled at twice the resolution and averaged in pairs if the image shrinks, to avoid aliasing.
    fine = 2 if images.shape[-1] > 1.4 * side else 1
    images = F.avg_pool2d(_warp(images, theta, side * fine), fine) if fine > 1 else _warp(images, theta, side)
    return images, F.avg_pool2d(_warp(covers, of_mask, side // 2), 2)


def _stretched(theta: torch.Tensor, factor: torch.Tensor) -> torch.Tensor:
    """The same maps into an image of which each horizontal coordinate is multiplied by `factor` [n]."""
    return torch.stack([theta[:, 0] * factor[:, None], theta[:, 1]], 1)


def reskinned(images: torch.Tensor, others: torch.Tensor) -> torch.Tensor:
    """`images` with a gain for each channel that gives their edges, mostly skin, the median colour of the edges of `others`."""
    ours, theirs = (_edge(some).flatten(2).median(2).values[..., None, None].clamp(min=8) for some in (images, others))
    return images * (theirs / ours).clamp(0.55, 1.8)


def _edge(images: torch.Tensor) -> torch.Tensor:
    """float [n, 3, 4, w]: thin strips near the four edges, inside a round field's dark corners."""
    side = images.shape[-1]
    near, low, high = side // 12, side // 4, side - side // 4
    strips = [images[:, :, near, low:high], images[:, :, -near, low:high], images[:, :, low:high, near], images[:, :, low:high, -near]]
    return torch.stack(strips, 2)


def positions(n: int, chance: Chance) -> torch.Tensor:
    """Affine maps [n, 2, 3] from output to source, both −1…1: any rotation, optional reflection, and a crop of 0.45 to slightly more than all of the
    area."""
    free = chance.uniform(0, 1, n) < 0.6
    angle = torch.where(free, chance.uniform(0, 2 * math.pi, n), chance.integers(4, n) * (math.pi / 2))
    scale = chance.uniform(0.45, 1.1, n).sqrt()
    aspect = chance.uniform(-0.12, 0.12, n).exp()
    hand = chance.integers(2, n) * 2 - 1
    shift = chance.uniform(-1, 1, n, 2) * (1 - scale).clamp(min=0.03)[:, None]
    across, down = scale * aspect * hand, scale / aspect
    cos, sin = angle.cos(), angle.sin()
    rows = torch.stack([across * cos, -down * sin, shift[:, 0], across * sin, down * cos, shift[:, 1]], 1)
    return rows.reshape(n, 2, 3)


def _warp(images: torch.Tensor, theta: torch.Tensor, side: int) -> torch.Tensor:
    grid = F.affine_grid(theta, [len(images), 1, side, side], align_corners=False)
    return F.grid_sample(images, grid, mode="bilinear", padding_mode="reflection", align_corners=False)


def light(images: torch.Tensor, chance: Chance) -> torch.Tensor:
    """Illuminant, brightness, contrast, saturation and gamma, different for each image."""
    n = len(images)

    def draw(low: float, high: float, channels: int = 1) -> torch.Tensor:
        return chance.uniform(low, high, n, channels, 1, 1)

    grey = images.mean(1, keepdim=True)
    images = grey + (images - grey) * draw(0.75, 1.3)
    mean = images.mean((1, 2, 3), keepdim=True)
    images = mean + (images - mean) * draw(0.8, 1.25)
    images = images * draw(0.82, 1.18) * draw(0.87, 1.13, 3)
    return 255 * (images.clamp(0, 255) / 255) ** draw(-0.22, 0.22).exp()


def spoil(images: torch.Tensor, chance: Chance, hairs: torch.Tensor) -> torch.Tensor:
    """Hair, dark rim, covered patches; then blur, loss of resolution or oversharpening; noise; JPEG."""
    n = len(images)
    images = images.clone()

    def change(rows: torch.Tensor, fault) -> None:
        if len(rows):
            images[rows] = fault(images[rows])

    (hairy,), (rimmed,), (covered,) = chance.some(n, 0.15), chance.some(n, 0.2), chance.some(n, 0.25)
    change(hairy, lambda some: _hair(some, chance, hairs))
    change(rimmed, lambda some: _rim(some, chance))
    change(covered, lambda some: _cover(some, chance))
    blurred, *coarse, sharpened = chance.some(n, 0.2, *[0.05] * 4, 0.1)
    change(blurred, lambda some: blur(some, chance.uniform(0.4, 1.8, len(some)) * some.shape[-1] / 160))
    for rows in coarse:
        change(rows, lambda some: _coarse(some, chance.host.uniform(0.45, 0.95)))
    change(sharpened, lambda some: some + 0.7 * (some - blur(some, some.new_ones(len(some)))))
    (noisy,), (packed,) = chance.some(n, 0.25), chance.some(n, 0.25)
    change(noisy, lambda some: some + chance.normal(*some.shape) * chance.uniform(1, 7, len(some), 1, 1, 1))
    change(packed, lambda some: jpeg(some, chance.uniform(40, 96, len(some))))
    return images


def blur(images: torch.Tensor, sigma: torch.Tensor, reach: int = 6) -> torch.Tensor:
    """Gaussian blur with a sigma [n] in pixels for each image, truncated after `reach`."""
    n, channels, height, width = images.shape
    taps = torch.exp(-(torch.arange(-reach, reach + 1, device=images.device) ** 2) / (2 * sigma[:, None] ** 2))
    taps = (taps / taps.sum(1, keepdim=True)).repeat_interleave(channels, 0)[:, None, None]
    lines = F.pad(images, [reach] * 4, mode="reflect").reshape(1, n * channels, height + 2 * reach, width + 2 * reach)
    lines = F.conv2d(F.conv2d(lines, taps, groups=n * channels), taps.transpose(2, 3), groups=n * channels)
    return lines.reshape(n, channels, height, width)


def _coarse(images: torch.Tensor, share: float) -> torch.Tensor:
    side = images.shape[-1]
    small = F.interpolate(images, size=(int(side * share),) * 2, mode="area")
    return F.interpolate(small, size=(side, side), mode="bicubic", align_corners=False)


def drawn_hair(side: int, rng: np.random.Generator) -> torch.Tensor:
    """float32 [HAIRS, 1, side, side], 0–1: the covered fraction of each pixel."""
    return torch.from_numpy(np.stack([_sheet(side, rng) for _ in range(HAIRS)]))[:, None]


def _sheet(side: int, rng: np.random.Generator) -> np.ndarray:
    sheet = Image.new("L", (2 * side, 2 * side))
    pen = ImageDraw.Draw(sheet)
    for _ in range(rng.integers(2, 14)):
        start, end = rng.uniform(-0.1, 1.1, (2, 2))
        bend = (start + end) / 2 + rng.normal(0, 0.15, 2)
        at = np.linspace(0, 1, 24)[:, None]
        path = ((1 - at) ** 2 * start + 2 * at * (1 - at) * bend + at**2 * end) * 2 * side
        pen.line([tuple(point) for point in path], fill=int(rng.uniform(120, 240)), width=int(rng.integers(1, 5)))
    return np.asarray(sheet.resize((side, side), Image.BOX)).astype(np.float32) / 255


def _hair(images: torch.Tensor, chance: Chance, hairs: torch.Tensor) -> torch.Tensor:
    n = len(images)
    covers = hairs[chance.integers(len(hairs), n)]
    covers = torch.where(chance.uniform(0, 1, n, 1, 1, 1) < 0.5, covers.flip(3), covers)
    covers = torch.where(chance.uniform(0, 1, n, 1, 1, 1) < 0.5, covers.flip(2), covers)
    covers = torch.where(chance.uniform(0, 1, n, 1, 1, 1) < 0.5, covers.transpose(2, 3), covers)
    colour = chance.uniform(10, 90, n, 1, 1, 1) * images.new_tensor([1.0, 0.85, 0.75]).view(3, 1, 1)
    return images * (1 - covers) + colour * covers


def _rim(images: torch.Tensor, chance: Chance) -> torch.Tensor:
    """Dark corners: a soft vignette for half of the images, the hard black edge of a round field for the others."""
    n = len(images)
    line = torch.linspace(-1, 1, images.shape[-1], device=images.device)
    distance = torch.hypot(line - chance.uniform(-0.1, 0.1, n, 1, 1, 1), line[:, None] - chance.uniform(-0.1, 0.1, n, 1, 1, 1))
    soft = 1 - chance.uniform(0.1, 0.5, n, 1, 1, 1) * (distance / 1.4).clamp(0, 1) ** 2
    hard = ((chance.uniform(1.0, 1.3, n, 1, 1, 1) - distance) / chance.uniform(0.02, 0.15, n, 1, 1, 1)).clamp(0, 1)
    return images * torch.where(chance.uniform(0, 1, n, 1, 1, 1) < 0.5, soft, hard)


def _cover(images: torch.Tensor, chance: Chance) -> torch.Tensor:
    """One to three uniform patches."""
    n, side = len(images), images.shape[-1]
    line = torch.arange(side, device=images.device)
    count = chance.integers(3, n, 1, 1, 1)
    for number in range(3):
        height, width = chance.uniform(0.06, 0.22, 2, n, 1, 1, 1) * side
        top, left = chance.uniform(0, 1, n, 1, 1, 1) * (side - height), chance.uniform(0, 1, n, 1, 1, 1) * (side - width)
        down, across = line[:, None], line
        inside = (down >= top) & (down < top + height) & (across >= left) & (across < left + width) & (number <= count)
        images = torch.where(inside, chance.uniform(40, 220, n, 3, 1, 1), images)
    return images


def jpeg(images: torch.Tensor, quality: torch.Tensor) -> torch.Tensor:
    """Baseline JPEG compression of images whose side is a multiple of 16, at qualities [n] of 1–100: chroma at half the side, blocks of eight, and
    the quantisation tables of ITU-T T.81, annex K, scaled as by the Independent JPEG Group."""
    n = len(images)
    scale = torch.where(quality < 50, 5000 / quality, 200 - 2 * quality).view(n, 1, 1, 1, 1)
    to = images.new_tensor([[0.299, 0.587, 0.114], [-0.168736, -0.331264, 0.5], [0.5, -0.418688, -0.081312]])
    back = images.new_tensor([[1, 0, 1.402], [1, -0.344136, -0.714136], [1, 1.772, 0]])
    luma, *colour = torch.einsum("ij,njhw->inhw", to, images.clamp(0, 255))
    luma = _quantised(luma - 128, scale, LUMA) + 128
    colour = [_quantised(F.avg_pool2d(one[:, None], 2)[:, 0], scale, COLOUR) for one in colour]
    colour = [F.interpolate(one[:, None], scale_factor=2, mode="bilinear", align_corners=False)[:, 0] for one in colour]
    return torch.einsum("ij,jnhw->nihw", back, torch.stack([luma, *colour])).clamp(0, 255)


def _quantised(plane: torch.Tensor, scale: torch.Tensor, table: list[int]) -> torch.Tensor:
    n, height, width = plane.shape
    frequency, place = torch.arange(8.0, device=plane.device)[:, None], torch.arange(8.0, device=plane.device)
    cosines = 0.5 * torch.cos((2 * place + 1) * frequency * math.pi / 16)
    cosines[0] *= 0.5**0.5
    steps = torch.floor((plane.new_tensor(table).view(8, 8) * scale + 50) / 100).clamp(1, 255)
    blocks = plane.reshape(n, height // 8, 8, width // 8, 8).transpose(2, 3)
    kept = torch.round(cosines @ blocks @ cosines.T / steps) * steps
    return (cosines.T @ kept @ cosines).transpose(2, 3).reshape(n, height, width)


LUMA = [
    *(16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62),
    *(18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99),
]
COLOUR = [
    *(17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99, 99, 99, 99, 99, 99),
    *([99] * 32),
]
