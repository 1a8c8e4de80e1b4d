"""Trains the check: which crop shows a tent, a person, a boat, an animal, or nothing of these.

    python train_check.py --slices slices --photos photos --proposals proposals.json --backbone mobilenet_v2_1.0_224_quant.tflite --out shore-check.onnx
"""

import argparse
import json
import random
import time
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import nn
from torch.nn import functional as F

from augment import augment, plain
from backbone import Backbone
from crops import CLASSES, NO_TENT, NOTHING, crops_of_photos, crops_of_slices, read_proposals
from export_onnx import export
from oddities import oddity
from score import recall_at_false_rates

TENT = CLASSES.index("tent")
# How often each class is shown; the last: crops of which only that is known that they show no tent.
SHARES = (0.22, 0.1, 0.06, 0.05, 0.32, 0.25)


class Check(nn.Module):
    """(n, 3, INPUT, INPUT), RGB −1 to 1 → (n, classes) logits."""

    def __init__(self):
        super().__init__()
        self.backbone = Backbone()
        self.drop = nn.Dropout(0.2)
        self.last = nn.Linear(Backbone.channels * 2, len(CLASSES))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        seen = self.backbone(x)
        side = seen.shape[-1]
        third = side // 3
        middle = seen[:, :, third : side - third, third : side - third]
        return self.last(self.drop(torch.cat([seen.mean((2, 3)), middle.mean((2, 3))], 1)))


def main() -> None:
    options = parse()
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    generator = torch.Generator().manual_seed(options.seed)
    crops, labels = gather(options)
    held = np.random.default_rng(options.seed).random(len(labels)) < 0.1
    check = Check().to(memory_format=torch.channels_last)
    check.backbone.learn(options.backbone)
    began = time.time()
    trained = train(check, (crops, labels, ~held), options, generator)
    print(f"trained for {(time.time() - began) / 60:.1f} min on {(~held).sum()} crops, {torch.get_num_threads()} threads")
    export(trained, options.out)
    scores = probabilities(trained, crops[held])
    print("crops held out:", json.dumps(recall_at_false_rates(scores[:, 0], labels[held] == 0)))


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--slices", type=Path, nargs="+", required=True, help="folders of `rivage simulate-slices`")
    parser.add_argument("--photos", type=Path, nargs="*", default=[], help="folders of photographs without tents")
    parser.add_argument("--proposals", type=Path, nargs="*", default=[], help="`rivage detect --proposals --json` of the slices")
    parser.add_argument("--backbone", type=Path, required=True, help="mobilenet_v2_1.0_224_quant.tflite")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--oddities", type=int, default=12000, help="drawn pictures of nothing")
    parser.add_argument("--pieces", type=int, default=800, help="random pieces of each photograph")
    parser.add_argument("--steps", type=int, default=1500)
    parser.add_argument("--batch", type=int, default=96)
    parser.add_argument("--rate", type=float, default=6e-4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1, help="more than free cores make it many times slower")
    return parser.parse_args()


def gather(options: argparse.Namespace) -> tuple[np.ndarray, np.ndarray]:
    proposals = read_proposals(options.proposals)
    parts = [crops_of_slices(folder, proposals, options.seed) for folder in options.slices]
    parts += [crops_of_photos(folder, options.pieces, options.seed) for folder in options.photos]
    parts.append(oddities([part[0][part[1] == NOTHING] for part in parts], options.oddities, options.seed))
    crops, labels = np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts])
    print({name: int((labels == at).sum()) for at, name in enumerate((*CLASSES, "no tent"))})
    return crops, labels


def oddities(grounds: list[np.ndarray], count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    draw = random.Random(seed)
    pick = lambda: Image.fromarray(draw.choice(draw.choice(grounds)))
    return np.stack([oddity(pick(), draw) for _ in range(count)]), np.full(count, NOTHING)


def train(check: Check, known: tuple[np.ndarray, np.ndarray, np.ndarray], options, generator: torch.Generator) -> Check:
    """Trains in place; gives the mean of the weights of late steps. Half-way, what was taken for a tent gets more weight."""
    crops, labels, taught = known
    weights = taught * np.array([SHARES[label] for label in labels]) / np.bincount(labels)[labels]
    groups = [
        {"params": check.backbone.parameters(), "lr": options.rate},
        {"params": check.last.parameters(), "lr": 5 * options.rate},
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, [g["lr"] for g in groups], options.steps, pct_start=0.1)
    mean = torch.optim.swa_utils.AveragedModel(check, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.995))
    check.train()
    began, losses = time.time(), []
    for step in range(options.steps):
        if step == options.steps // 2:
            weights = harder(weights, labels, probabilities(check.eval(), crops)[:, TENT])
            check.train()
        chosen = torch.multinomial(torch.from_numpy(weights), options.batch, True, generator=generator).numpy()
        batch = torch.from_numpy(crops[chosen]).permute(0, 3, 1, 2).float() / 255
        shown = augment(batch, generator).to(memory_format=torch.channels_last)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits = check(shown)
        loss = loss_of(logits.float(), torch.from_numpy(labels[chosen]))
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
        mean.update_parameters(check)
        losses.append(loss.item())
        if step % 50 == 49:
            left = (time.time() - began) / (step + 1) * (options.steps - step - 1)
            print(f"step {step + 1} of {options.steps}, loss {np.mean(losses[-50:]):.3f}, {left / 60:.1f} min left", flush=True)
    return mean.module.eval()


def loss_of(logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """Cross entropy; of a crop that shows no tent, of all other classes together."""
    chances = F.log_softmax(logits, 1)
    others = torch.cat([chances[:, :TENT], chances[:, TENT + 1 :]], 1).logsumexp(1, keepdim=True)
    return F.nll_loss(torch.cat([chances, others], 1), labels)


def harder(weights: np.ndarray, labels: np.ndarray, tent: np.ndarray) -> np.ndarray:
    """Shows what is no tent the oftener the more it is taken for one; each class as often as before."""
    harder = weights * np.where(labels == TENT, 1, 0.1 + tent)
    for label in range(NO_TENT + 1):
        own = labels == label
        harder[own] *= weights[own].sum() / harder[own].sum()
    return harder


@torch.no_grad()
def probabilities(check: Check, crops: np.ndarray) -> np.ndarray:
    """(n, classes)."""
    batches = (torch.from_numpy(crops[at : at + 256]).permute(0, 3, 1, 2).float() / 255 for at in range(0, len(crops), 256))
    return torch.cat([check(plain(batch)).softmax(1) for batch in batches]).numpy()


if __name__ == "__main__":
    main()
