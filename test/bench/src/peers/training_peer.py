"""One PyTorch training, a step per line of input; answers each with its milliseconds as JSON.

Arguments: width, images, side, threads. Before the first step it tries its own ways of working (the batch whole or group
by group, fused AdamW or not) and keeps the fastest.
"""

import json
import sys
import time

import torch
from unet import GROUP, UNet, group_loss

width, images, side, threads = map(int, sys.argv[1:5])
torch.set_num_threads(threads)
torch.manual_seed(0)

TYPES = 3
channels_last = torch.channels_last
x = torch.randn(images, 1, side, side).to(memory_format=channels_last)
weight = torch.ones(images, 1, side, side)
foreground = (torch.rand(images, 1, side, side) < 0.4).float()
types = torch.eye(TYPES)[torch.randint(0, TYPES, (images, side, side))].permute(0, 3, 1, 2).contiguous()


class Training:
    def __init__(self, whole, fused):
        self.whole = whole
        self.net = UNet(width, types=TYPES).to(memory_format=channels_last)
        self.parameters = list(self.net.parameters())
        self.optimiser = torch.optim.AdamW(self.parameters, lr=1e-3, weight_decay=1e-2, fused=fused)
        self.average = [p.detach().clone() for p in self.parameters]
        self.steps = 0

    def step(self):
        begin = time.perf_counter()
        self.optimiser.zero_grad(set_to_none=True)
        groups = [slice(i, i + GROUP) for i in range(0, images, GROUP)]
        if self.whole:
            heads = self.net(x)
            loss = sum(group_loss([h[g] for h in heads], weight[g], foreground[g], types[g]) for g in groups)
            loss = loss / len(groups)
            loss.backward()
        else:
            loss = 0
            for g in groups:
                part = group_loss(self.net(x[g]), weight[g], foreground[g], types[g]) / len(groups)
                part.backward()
                loss += part.detach()
        torch.nn.utils.clip_grad_norm_(self.parameters, 1.0)
        self.optimiser.step()
        self.steps += 1
        decay = min(0.999, (1 + self.steps) / (10 + self.steps))
        with torch.no_grad():
            torch._foreach_lerp_(self.average, self.parameters, 1 - decay)
        value = loss.item()
        return (time.perf_counter() - begin) * 1e3, value


def fastest():
    modes = [(whole, fused) for whole in ((True, False) if images > GROUP else (True,)) for fused in (True, False)]
    trials = []
    for mode in modes:
        training = Training(*mode)
        times = [training.step()[0] for _ in range(4)]
        trials.append((min(times[1:]), mode))
    return min(trials)[1]


def peak_mb():
    with open("/proc/self/status") as status:
        line = next(line for line in status if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def answer(value):
    print(json.dumps(value), flush=True)


mode = tuple(flag == "1" for flag in sys.argv[5:7]) if len(sys.argv) > 5 else None
if mode is None:
    # Only tells the mode: the trials' memory must not count as the training's.
    whole, fused = fastest()
    answer({"whole": whole, "fused": fused, "torch": torch.__version__})
    sys.exit()
training = Training(*mode)
answer({"ready": True})
for _ in sys.stdin:
    milliseconds, loss = training.step()
    answer({"ms": milliseconds, "loss": loss, "peakMb": peak_mb()})
