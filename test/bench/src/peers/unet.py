"""The network and the loss of packages/nn in PyTorch, as fast as PyTorch runs them on a CPU."""

import torch
import torch.nn.functional as F
from torch import nn

GROUP = 4


class GroupedBatchNorm(nn.BatchNorm2d):
    """Batch norm over fixed groups of images: what keeps lanes independent on the other side."""

    def __init__(self, channels):
        super().__init__(channels, track_running_stats=False)

    def forward(self, x):
        if x.shape[0] <= GROUP:
            return super().forward(x)
        return torch.cat([super(GroupedBatchNorm, self).forward(part) for part in x.split(GROUP)])


def unit(inputs, outputs, norm):
    convolution = nn.Conv2d(inputs, outputs, 3, padding=1, bias=False)
    return nn.Sequential(convolution, norm(outputs), nn.ReLU(inplace=True))


class UNet(nn.Module):
    def __init__(self, width, input_channels=1, types=3, levels=4, norm=GroupedBatchNorm, heads=3):
        super().__init__()
        channels = [width * 2**level for level in range(levels)]
        self.encoder = nn.ModuleList()
        inputs = input_channels
        for outputs in channels:
            self.encoder.append(nn.Sequential(unit(inputs, outputs, norm), unit(outputs, outputs, norm)))
            inputs = outputs
        self.up = nn.ModuleList()
        self.decoder = nn.ModuleList()
        for outputs in reversed(channels[:-1]):
            self.up.append(unit(2 * outputs, outputs, norm))
            self.decoder.append(nn.Sequential(unit(2 * outputs, outputs, norm), unit(outputs, outputs, norm)))
        self.heads = nn.ModuleList(nn.Conv2d(channels[i], 1 + types, 1) for i in range(heads))

    def forward(self, x):
        skips = []
        for level, block in enumerate(self.encoder):
            x = block(x if level == 0 else F.max_pool2d(x, 2))
            skips.append(x)
        features = [skips.pop()]
        for up, block in zip(self.up, self.decoder):
            x = up(F.interpolate(x, scale_factor=2, mode="nearest"))
            x = block(torch.cat([x, skips.pop()], 1))
            features.insert(0, x)
        return [head(feature) for head, feature in zip(self.heads, features)]


def group_loss(heads, weight, foreground, types):
    """Mean loss over one group: cross-entropies and soft Dice of every head."""
    weighted = weight * foreground
    targets = (weight, weighted, weighted * types)
    total = 0
    for logits, factor in zip(heads, (1, 0.5, 0.25)):
        total = total + factor * head_loss(logits, *targets)
        targets = tuple(F.avg_pool2d(target, 2) for target in targets)
    return total


def head_loss(logits, weight, foreground, types):
    present, kinds = logits[:, :1], logits[:, 1:]
    binary = (F.softplus(present) * weight - foreground * present).sum() / (weight.sum() + 1e-6)
    log_probabilities = F.log_softmax(kinds, 1)
    categorical = -(types * log_probabilities).sum() / (foreground.sum() + 1e-6)
    scores = torch.cat(
        [
            dice_terms(torch.sigmoid(present), weight, foreground),
            dice_terms(log_probabilities.exp(), foreground, types),
        ],
        2,
    )
    losses, present_classes = scores
    dice = (losses.sum(1) / present_classes.sum(1).clamp(min=1)).mean()
    return binary + categorical + dice


def dice_terms(probabilities, weight, weighted):
    """[2, N, classes]: the losses of the classes that an image has (0 elsewhere), and which those are."""
    target = weighted.sum((2, 3))
    predicted = (probabilities * weight).sum((2, 3))
    common = (probabilities * weighted).sum((2, 3))
    has = (target > 0).float()
    return torch.stack([has * (1 - (2 * common + 1) / (predicted + target + 1)), has])
