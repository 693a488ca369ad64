"""The forward of one picture per line of input; answers each with its milliseconds as JSON.

Arguments: width, picture height, picture width, threads, and the way of working: eager, folded (norms folded into the
convolutions by hand) or frozen (TorchScript, optimised for inference). Without it, it tells which is fastest.
"""

import json
import sys
import time
import warnings

import torch
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval
from unet import UNet

warnings.filterwarnings("ignore")
width, height, across, threads = map(int, sys.argv[1:5])
torch.set_num_threads(threads)
torch.manual_seed(0)
x = torch.randn(1, 1, height, across).to(memory_format=torch.channels_last)


class Prediction(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = UNet(width, norm=nn.BatchNorm2d, heads=1)

    def forward(self, x):
        logits = self.net(x)[0]
        return torch.sigmoid(logits[:, :1]), torch.softmax(logits[:, 1:], 1)


def fold(module):
    for name, child in module.named_children():
        if isinstance(child, nn.Sequential) and len(child) == 3 and isinstance(child[1], nn.BatchNorm2d):
            setattr(module, name, nn.Sequential(fuse_conv_bn_eval(child[0], child[1]), child[2]))
        else:
            fold(child)


def prepare(mode):
    model = Prediction().eval().to(memory_format=torch.channels_last)
    if mode == "folded":
        fold(model)
        model = model.to(memory_format=torch.channels_last)
    if mode == "frozen":
        traced = torch.jit.trace(model, x)
        model = torch.jit.optimize_for_inference(torch.jit.freeze(traced))
    return model


def timed(model):
    begin = time.perf_counter()
    with torch.inference_mode():
        model(x)
    return (time.perf_counter() - begin) * 1e3


def peak_mb():
    with open("/proc/self/status") as status:
        line = next(line for line in status if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def answer(value):
    print(json.dumps(value), flush=True)


if len(sys.argv) < 6:
    trials = []
    for mode in ("eager", "folded", "frozen"):
        try:
            model = prepare(mode)
            for _ in range(3):
                timed(model)
            trials.append((min(timed(model) for _ in range(4)), mode))
        except (RuntimeError, AttributeError) as error:
            print(f"{mode} does not work here: {error}", file=sys.stderr)
    answer({"mode": min(trials)[1], "torch": torch.__version__})
    sys.exit()
model = prepare(sys.argv[5])
answer({"ready": True})
for _ in sys.stdin:
    answer({"ms": timed(model), "peakMb": peak_mb()})
