"""seed-cnn: the 28 × 28 network of the website from which this project started."""

import torch
from torch import nn

SIDE = 28


class SeedCnn(nn.Module):
    """uint8 [n, 28, 28, 3] RGB → float32 [n, 7] logits. Every convolution except the first is unpadded, so the last map is 1 × 1."""

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            *_conv(3, 16, padding=1),
            nn.MaxPool2d(2),
            nn.BatchNorm2d(16),
            *_conv(16, 32),
            *_conv(32, 64),
            nn.MaxPool2d(2),
            nn.BatchNorm2d(64),
            *_conv(64, 128),
            *_conv(128, 256),
            nn.Flatten(),
            nn.Dropout(0.2),
            *_dense(256, 256),
            nn.Dropout(0.2),
            *_dense(256, 128),
            *_dense(128, 64),
            nn.Dropout(0.2),
            *_dense(64, 32),
            nn.Linear(32, 7),
        )

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        return self.layers(image.permute(0, 3, 1, 2).float() / 255)


def _conv(inputs: int, outputs: int, padding: int = 0) -> list[nn.Module]:
    return [nn.Conv2d(inputs, outputs, 3, padding=padding), nn.ReLU()]


def _dense(inputs: int, outputs: int) -> list[nn.Module]:
    return [nn.Linear(inputs, outputs), nn.ReLU(), nn.BatchNorm1d(outputs)]


def load_weights(file) -> SeedCnn:
    network = SeedCnn()
    network.load_state_dict(torch.load(file, weights_only=True)["weights"])
    return network.eval()


@torch.no_grad()
def logits_of(network: SeedCnn, pictures) -> torch.Tensor:
    """Logits [n, 7] for uint8 images [n, 28, 28, 3] (numpy)."""
    return torch.cat([network(torch.from_numpy(part)) for part in _batches(pictures, 512)])


def _batches(pictures, size: int):
    return (pictures[start : start + size] for start in range(0, len(pictures), size))
