"""What a clinic does to a picture before the network sees it: position, light, sharpness, hair, and the camera's own faults.

Everything works on float32 [n, 3, side, side], 0–255, and draws from one numpy generator, so a batch is repeatable.
"""

import io
import math

import numpy as np
import torch
from PIL import Image, ImageDraw
from torch.nn import functional as F


def batch(pictures: np.ndarray, masks: np.ndarray, side: int, rng: np.random.Generator) -> tuple[torch.Tensor, torch.Tensor]:
    """uint8 [n, s, s, 3] and [n, s, s] → pictures float32 [n, 3, side, side] and masks float32 [n, 1, side/4, side/4] in 0–1."""
    images = torch.from_numpy(np.ascontiguousarray(pictures)).permute(0, 3, 1, 2).float()
    covers = torch.from_numpy(np.ascontiguousarray(masks))[:, None].float() / 255
    theta = positions(len(images), rng)
    # Twice as fine and then averaged in pairs where the picture shrinks, so that nothing aliases.
    fine = 2 if images.shape[-1] > 1.4 * side else 1
    images = F.avg_pool2d(_warp(images, theta, side * fine), fine) if fine > 1 else _warp(images, theta, side)
    covers = F.avg_pool2d(_warp(covers, theta, side // 2), 2)
    images = light(images, rng)
    for index in range(len(images)):
        images[index] = spoil(images[index], rng)
    return images.clamp_(0, 255), covers


def positions(n: int, rng: np.random.Generator) -> torch.Tensor:
    """Affine maps [n, 2, 3] from the output to the source, both −1…1: any turn, either hand, a crop of 0.45 to a little more than all of the
    area."""
    free = rng.random(n) < 0.6
    angle = np.where(free, rng.uniform(0, 2 * math.pi, n), rng.integers(0, 4, n) * math.pi / 2)
    scale = np.sqrt(rng.uniform(0.45, 1.1, n))
    aspect = np.exp(rng.uniform(-0.12, 0.12, n))
    hand = np.where(rng.random(n) < 0.5, 1.0, -1.0)
    shift = rng.uniform(-1, 1, (n, 2)) * np.maximum(1 - scale, 0.03)[:, None]
    across, down = scale * aspect * hand, scale / aspect
    cos, sin = np.cos(angle), np.sin(angle)
    rows = np.stack([across * cos, -down * sin, shift[:, 0], across * sin, down * cos, shift[:, 1]], 1)
    return torch.from_numpy(rows.reshape(n, 2, 3).astype(np.float32))


def _warp(images: torch.Tensor, theta: torch.Tensor, side: int) -> torch.Tensor:
    grid = F.affine_grid(theta, [len(images), 1, side, side], align_corners=False)
    return F.grid_sample(images, grid, mode="bilinear", padding_mode="reflection", align_corners=False)


def light(images: torch.Tensor, rng: np.random.Generator) -> torch.Tensor:
    """Illuminant, brightness, contrast, saturation and gamma, each picture its own."""
    n = len(images)

    def draw(low: float, high: float, channels: int = 1) -> torch.Tensor:
        return torch.from_numpy(rng.uniform(low, high, (n, channels, 1, 1)).astype(np.float32))

    grey = images.mean(1, keepdim=True)
    images = grey + (images - grey) * draw(0.75, 1.3)
    mean = images.mean((1, 2, 3), keepdim=True)
    images = mean + (images - mean) * draw(0.8, 1.25)
    images = images * draw(0.82, 1.18) * draw(0.87, 1.13, 3)
    return 255 * (images.clamp(0, 255) / 255) ** torch.exp(draw(-0.22, 0.22))


def spoil(image: torch.Tensor, rng: np.random.Generator) -> torch.Tensor:
    """Each fault with its own chance: hair, dark rim, covered patches, blur, loss of resolution, noise, JPEG."""
    side = image.shape[-1]
    if rng.random() < 0.15:
        image = _hair(image, rng)
    if rng.random() < 0.2:
        image = _rim(image, rng)
    if rng.random() < 0.25:
        image = image.clone()
        for _ in range(rng.integers(1, 4)):
            height, width = (int(one) for one in rng.uniform(0.06, 0.22, 2) * side)
            top, left = rng.integers(0, side - height), rng.integers(0, side - width)
            image[:, top : top + height, left : left + width] = torch.from_numpy(rng.uniform(40, 220, (3, 1, 1)).astype(np.float32))
    kind = rng.random()
    if kind < 0.2:
        image = blur(image, rng.uniform(0.4, 1.8) * side / 160)
    elif kind < 0.4:
        small = int(side * rng.uniform(0.45, 0.95))
        image = F.interpolate(image[None], size=(small, small), mode="area")
        image = F.interpolate(image, size=(side, side), mode="bicubic", align_corners=False)[0]
    elif kind < 0.5:
        image = image + 0.7 * (image - blur(image, 1.0))
    if rng.random() < 0.25:
        image = image + torch.from_numpy(rng.normal(0, rng.uniform(1, 7), image.shape).astype(np.float32))
    if rng.random() < 0.25:
        image = _jpeg(image, int(rng.integers(40, 96)))
    return image


def blur(image: torch.Tensor, sigma: float) -> torch.Tensor:
    """Gaussian; float32 [3, side, side]."""
    reach = max(1, math.ceil(2.5 * sigma))
    taps = torch.exp(-(torch.arange(-reach, reach + 1).float() ** 2) / (2 * sigma * sigma))
    taps = (taps / taps.sum()).expand(3, 1, 1, -1)
    padded = F.pad(image[None], (reach, reach, reach, reach), mode="reflect")
    return F.conv2d(F.conv2d(padded, taps, groups=3), taps.transpose(2, 3), groups=3)[0]


def _hair(image: torch.Tensor, rng: np.random.Generator) -> torch.Tensor:
    side = image.shape[-1]
    sheet = Image.new("L", (2 * side, 2 * side))
    pen = ImageDraw.Draw(sheet)
    for _ in range(rng.integers(2, 14)):
        start, end = rng.uniform(-0.1, 1.1, (2, 2))
        bend = (start + end) / 2 + rng.normal(0, 0.15, 2)
        at = np.linspace(0, 1, 24)[:, None]
        path = ((1 - at) ** 2 * start + 2 * at * (1 - at) * bend + at**2 * end) * 2 * side
        pen.line([tuple(point) for point in path], fill=int(rng.uniform(120, 240)), width=int(rng.integers(1, 5)))
    cover = torch.from_numpy(np.asarray(sheet.resize((side, side), Image.BOX)).astype(np.float32))[None] / 255
    colour = torch.from_numpy(rng.uniform(10, 90) * np.array([1.0, 0.85, 0.75], np.float32)).view(3, 1, 1)
    return image * (1 - cover) + colour * cover


def _rim(image: torch.Tensor, rng: np.random.Generator) -> torch.Tensor:
    """Darkness towards the corners, from a soft vignette to the hard black edge of a round field."""
    line = torch.linspace(-1, 1, image.shape[-1])
    centre = rng.uniform(-0.1, 0.1, 2)
    distance = torch.hypot(line[None] - float(centre[0]), line[:, None] - float(centre[1]))
    if rng.random() < 0.5:
        return image * (1 - rng.uniform(0.1, 0.5) * (distance / 1.4).clamp(0, 1) ** 2)
    softness = rng.uniform(0.02, 0.15)
    return image * ((rng.uniform(1.0, 1.3) - distance) / softness).clamp(0, 1)


def _jpeg(image: torch.Tensor, quality: int) -> torch.Tensor:
    pixels = image.clamp(0, 255).round().to(torch.uint8).permute(1, 2, 0).numpy()
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "JPEG", quality=quality)
    return torch.from_numpy(np.asarray(Image.open(file)).astype(np.float32)).permute(2, 0, 1)
