"""Train the classification model from the corpus, and write it beside the pack: `make model`.

Three linear classifiers (the cell; its domain; its reach) are added into one score for each cell:
to choose a cell is to choose the domain and the reach, and far more sentences speak for each.
A fourth tells whether a text can be placed at all.
"""

import json
import math
import sys
from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from model_digest import digest
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from aiguide.core.ngrams import buckets, normalized
from aiguide.store.models import NAME, dump

DECIDABLE = "decidable"
KINDS = (DECIDABLE, "vague", "not-ai", "multiple")
LEAST_SENTENCES = 3  # what fewer sentences have teaches little about others
STRENGTH = 30.0  # inverse regularization of the three heads
KIND_STRENGTH = 10.0
LEVELS = 127
PARTS = 3
WANTED_RIGHT = 0.95  # of what is answered, on hands that the model has not seen


def main(pack: Path) -> None:
    """Train on `pack`/corpus and write `pack`/model.bin."""
    hands = [_read(file) for file in sorted((pack / "corpus").glob("*.jsonl"))]
    texts = [text for hand in hands for text, _ in hand]
    labels = np.array([label for hand in hands for _, label in hand])
    hand_of = np.array([index for index, hand in enumerate(hands) for _ in hand])
    counts, rows = _counted(texts)
    idf = _idf(counts)
    idf_bytes = np.rint(idf / idf.max() * 255).astype(np.uint8)
    features = _weighed(counts, idf_bytes * (idf.max() / 255))

    logits, truth = _unseen(features, labels, hand_of)
    temperature = _temperature(logits, truth)
    decide = _decide(logits / temperature, truth)
    cells, kinds, weights, bias = _trained(features, labels)
    step = float(np.abs(weights).max() / LEVELS)
    head: dict[str, Any] = {
        "digest": digest(pack),
        "cells": cells,
        "kinds": kinds,
        "bias": [round(float(one), 6) for one in bias],
        "idf_step": float(idf.max() / 255),
        "weight_step": step,
        "temperature": round(temperature, 3),
    }
    quantized = np.rint(weights / step).astype(np.int8)
    content = dump(head, array("I", rows), idf_bytes.tobytes(), array("b", quantized.tobytes()))
    (pack / NAME).write_bytes(content)
    print(f"{len(texts)} sentences, {len(rows)} n-grams, {len(content):,} bytes")
    print(f"temperature {temperature:.3f}; thresholds.decide could be {decide:.3f}")


def _read(file: Path) -> list[tuple[str, str]]:
    lines = (json.loads(line) for line in file.read_text(encoding="utf-8").split("\n") if line)
    return [(normalized(line["text"])[0], line["label"]) for line in lines]


def _counted(texts: Sequence[str]) -> tuple[csr_matrix, list[int]]:
    """Count n-grams, with 1 + log of the count; keep those of enough sentences, by bucket."""
    index: list[int] = []
    data: list[float] = []
    ends = [0]
    for text in texts:
        counts: dict[int, int] = {}
        for bucket, _, _ in buckets(text):
            counts[bucket] = counts.get(bucket, 0) + 1
        index += counts
        data += [1 + math.log(count) for count in counts.values()]
        ends.append(len(index))
    matrix = csr_matrix((data, index, ends), shape=(len(texts), max(index) + 1))
    sentences = np.bincount(matrix.indices, minlength=matrix.shape[1])
    rows = np.flatnonzero(sentences >= LEAST_SENTENCES)
    return matrix[:, rows].tocsr(), rows.tolist()


def _idf(counts: csr_matrix) -> Any:
    sentences = np.bincount(counts.indices, minlength=counts.shape[1])
    return np.log((1 + counts.shape[0]) / (1 + sentences)) + 1


def _weighed(counts: csr_matrix, idf: Any) -> csr_matrix:
    weighed = csr_matrix(counts.multiply(idf))
    length = np.sqrt(np.asarray(weighed.multiply(weighed).sum(axis=1)).ravel())
    length[length == 0] = 1
    return csr_matrix(weighed.multiply((1 / length)[:, None]))


def _fit(features: csr_matrix, targets: Any, strength: float, weight: str | None = None) -> Any:
    model = LogisticRegression(C=strength, max_iter=200, class_weight=weight)
    return model.fit(features, targets)


def _placed(labels: Any) -> Any:
    return np.char.find(labels.astype(str), ".") > 0


def _cells(features: csr_matrix, labels: Any) -> tuple[list[str], Any, Any]:
    """Train the three heads on sentences that can be placed, and add them for each cell."""
    heads = [
        _fit(features, targets, STRENGTH)
        for targets in (
            labels,
            np.array([label.split(".")[0] for label in labels]),
            np.array([label.split(".")[1] for label in labels]),
        )
    ]
    cells = [str(cell) for cell in heads[0].classes_]
    parts = [[cell, *cell.split(".")] for cell in cells]
    picked = [
        [list(head.classes_).index(part[i]) for part in parts] for i, head in enumerate(heads)
    ]
    weights = sum(head.coef_[pick] for head, pick in zip(heads, picked, strict=True))
    bias = sum(head.intercept_[pick] for head, pick in zip(heads, picked, strict=True))
    return cells, weights, bias


def _trained(features: csr_matrix, labels: Any) -> tuple[list[str], list[str], Any, Any]:
    """Train everything; gives cells, kinds, the weights by row and label, and the biases."""
    placed = _placed(labels)
    cells, weights, bias = _cells(features[placed], labels[placed])
    kinds = np.where(placed, DECIDABLE, labels)
    teller = _fit(features, kinds, KIND_STRENGTH, "balanced")
    order = [list(teller.classes_).index(kind) for kind in KINDS]
    weights = np.vstack([weights, teller.coef_[order]])
    bias = np.concatenate([bias, teller.intercept_[order]])
    return cells, list(KINDS), weights.T, bias


def _unseen(features: csr_matrix, labels: Any, hand_of: Any) -> tuple[Any, Any]:
    """Score sentences by a model that has not seen their hand; gives logits and the truth's index.

    The hands are dealt into a few parts, each scored by a model of the others.
    """
    placed = _placed(labels)
    part_of = hand_of % PARTS
    logits, truth = [], []
    for part in range(PARTS):
        seen, left = placed & (part_of != part), placed & (part_of == part)
        cells, weights, bias = _cells(features[seen], labels[seen])
        logits.append(features[left] @ weights.T + bias)
        truth += [cells.index(label) for label in labels[left]]
    return np.vstack(logits), np.array(truth)


def _log_shares(logits: Any) -> Any:
    highest = logits.max(axis=1, keepdims=True)
    return logits - highest - np.log(np.exp(logits - highest).sum(axis=1, keepdims=True))


def _temperature(logits: Any, truth: Any) -> float:
    """Find the temperature under which shares come nearest to being probabilities."""

    def loss(temperature: float) -> float:
        return -float(_log_shares(logits / temperature)[np.arange(len(truth)), truth].mean())

    return float(minimize_scalar(loss, bounds=(0.2, 10), method="bounded").x)


def _decide(logits: Any, truth: Any) -> float:
    """Find the least confidence from which enough of the answers are right."""
    shares = np.exp(_log_shares(logits))
    confidence, right = shares.max(axis=1), shares.argmax(axis=1) == truth
    order = np.argsort(-confidence)
    rate = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(rate >= WANTED_RIGHT)
    print(f"unseen hands: top-1 {right.mean():.3f}, answered {(enough.max() + 1) / len(order):.3f}")
    return float(confidence[order][enough.max()])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
