"""Trains the lake detector: persons, tents, boats and animals of 8 to 100 px, in slices.

    python train_detector.py --slices slices --photos photos --start yolox_nano.onnx --out lake-detector.onnx
"""

import argparse
import random
import time
from pathlib import Path

import numpy as np
import onnx
import torch
from torch.nn import functional as F

from augment import tint, uniform
from detector import Detector, Exported
from export_onnx import halve
from lake_slices import Lesson, Source, compose, read_photos, read_slices

INPUT = 416


def main() -> None:
    options = parse()
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    slices = [one for folder in options.slices for one in read_slices(folder)]
    photos = [one for folder in options.photos for one in read_photos(folder, 4, options.seed)]
    print(f"{len(slices)} slices with {sum(len(one.things) for one in slices)} things, {len(photos)} windows of photographs")
    detector = Detector()
    detector.learn(options.start)
    began = time.time()
    trained = train(detector, slices, photos, options)
    print(f"trained for {(time.time() - began) / 60:.1f} min, {torch.get_num_threads()} threads")
    export(trained, options.out)


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--slices", type=Path, nargs="+", required=True, help="folders of `rivage simulate-slices`")
    parser.add_argument("--photos", type=Path, nargs="*", default=[], help="folders of photographs without tents")
    parser.add_argument("--start", type=Path, required=True, help="yolox_nano.onnx")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=3000)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--taught-rate", type=float, default=0.1, help="share of the rate for YOLOX's weights; 0 keeps them")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1, help="more than free cores make it many times slower")
    return parser.parse_args()


def train(detector: Detector, slices: list[Source], photos: list[Source], options) -> torch.nn.Module:
    """Gives the mean of the weights of late steps."""
    detector = detector.to(memory_format=torch.channels_last)
    new, taught = [*detector.head.parameters()], [*detector.features.parameters(), *detector.join.parameters()]
    for weights in taught:
        weights.requires_grad_(options.taught_rate > 0)
    rates = [options.rate, options.rate * options.taught_rate]
    groups = [{"params": part, "lr": rate} for part, rate in zip((new, taught), rates)]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, rates, options.steps, pct_start=0.1)
    keep = torch.optim.swa_utils.get_ema_multi_avg_fn(0.995)
    mean = torch.optim.swa_utils.AveragedModel(detector, multi_avg_fn=keep, use_buffers=True)
    draw, generator = random.Random(options.seed), torch.Generator().manual_seed(options.seed)
    began, losses = time.time(), []
    for step in range(options.steps):
        lessons = [compose(slices, photos, draw) for _ in range(options.batch)]
        shown = weather(stacked(lessons, "picture").permute(0, 3, 1, 2).float() / 255, generator)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            middles, sides = detector(shown.to(memory_format=torch.channels_last))
        loss = torch.stack([loss_of_middles(middles.float(), lessons), loss_of_sides(sides.float(), lessons)])
        optimiser.zero_grad()
        loss.sum().backward()
        for group in groups:
            torch.nn.utils.clip_grad_norm_(group["params"], 10)
        optimiser.step()
        schedule.step()
        mean.update_parameters(detector)
        losses.append(loss.detach().numpy())
        if step % 50 == 49:
            left = (time.time() - began) / (step + 1) * (options.steps - step - 1)
            late = np.round(np.mean(losses[-50:], 0), 3)
            print(f"step {step + 1} of {options.steps}, loss of middles and sides {late}, {left / 60:.1f} min left", flush=True)
    return mean.module.eval()


def stacked(lessons: list[Lesson], name: str) -> torch.Tensor:
    return torch.from_numpy(np.stack([getattr(one, name) for one in lessons]))


def weather(x: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
    """(n, 3, SIDE, SIDE), RGB 0–1 → BGR 0–255: light, colour and noise drawn anew."""
    x = tint(x, generator)
    noise = uniform(generator, len(x), 0, 1) ** 2 * 0.05
    x = x + torch.randn(x.shape, generator=generator) * noise[:, None, None, None]
    return x.clamp(0, 1).flip(1) * 255


def loss_of_middles(logits: torch.Tensor, lessons: list[Lesson]) -> torch.Tensor:
    """Focal loss a thing. Source: Zhou, Wang & Krähenbühl, Objects as Points, 2019, equation 1."""
    middles, counts = stacked(lessons, "middles"), stacked(lessons, "counts")
    said = logits.sigmoid()
    hit = (middles == 1) * (1 - said) ** 2 * F.logsigmoid(logits)
    rest = (1 - middles) ** 4 * said**2 * F.logsigmoid(-logits)
    return -((hit + rest) * counts).sum() / (middles == 1).sum().clamp(min=1)


def loss_of_sides(logarithms: torch.Tensor, lessons: list[Lesson]) -> torch.Tensor:
    """Five times 1 − generalised IoU, weighted by nearness to middles. Source: Rezatofighi et al. 2019."""
    sides, near = stacked(lessons, "sides"), stacked(lessons, "near")
    said = logarithms.clamp(-3, 6).exp()
    area = lambda one: (one[:, 0] + one[:, 2]) * (one[:, 1] + one[:, 3])
    both = area(torch.minimum(said, sides))
    union = area(said) + area(sides) - both
    around = area(torch.maximum(said, sides))
    worth = both / union - (around - union) / around
    return 5 * ((1 - worth) * near).sum() / near.sum().clamp(min=1)


def export(detector: torch.nn.Module, file: Path) -> None:
    """Input "input": (1, 3, INPUT, INPUT), BGR 0–255. Outputs "middles" and "sides": what the decoder `centernet` reads."""
    names = {"input_names": ["input"], "output_names": ["middles", "sides"]}
    torch.onnx.export(
        Exported(detector).eval(), (torch.zeros(1, 3, INPUT, INPUT),), str(file), opset_version=17, dynamo=False, **names
    )
    model = onnx.load(file)
    halve(model.graph)
    onnx.checker.check_model(model)
    onnx.save(model, file)
    print(f"{file}: {file.stat().st_size} bytes")


if __name__ == "__main__":
    main()
