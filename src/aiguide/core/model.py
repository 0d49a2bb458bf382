"""The classification model: hashed n-grams, TF-IDF, and one linear score for each label."""

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aiguide.core.ngrams import buckets


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """A trained model.

    `rows` are the buckets that it knows, ascending; `idf` has one byte for each row, in steps of
    `idf_step`; `weights` a signed byte for each row and label, in steps of `weight_step`.
    `cells` and `kinds` are the labels: the cells, and whether a text can be placed at all.
    """

    cells: tuple[str, ...]
    kinds: tuple[str, ...]
    bias: tuple[float, ...]
    rows: Sequence[int]
    idf: Sequence[int]
    idf_step: float
    weights: Sequence[int]
    weight_step: float
    temperature: float

    @property
    def labels(self) -> tuple[str, ...]:
        """Give all labels, in the order of the weights."""
        return (*self.cells, *self.kinds)

    def row_of(self, bucket: int) -> int | None:
        """Find the row of a bucket, or None where the model does not know it."""
        row = bisect_left(self.rows, bucket)
        return row if row < len(self.rows) and self.rows[row] == bucket else None


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What a model makes of one text.

    `scores` are logits by label; `values` maps row to its TF-IDF value; `places` are the known
    n-grams as (row, start, end); `known` is the share of the text's n-grams that it knows.
    """

    scores: Mapping[str, float]
    values: Mapping[int, float]
    places: tuple[tuple[int, int, int], ...]
    known: float


def read(model: Model, plain: str) -> Reading:
    """Score a normalized text."""
    places = []
    total = 0
    counts: dict[int, int] = {}
    for bucket, start, end in buckets(plain):
        total += 1
        row = model.row_of(bucket)
        if row is not None:
            places.append((row, start, end))
            counts[row] = counts.get(row, 0) + 1
    values = _tf_idf(model, counts)
    scores = _scores(model, values)
    known = len(places) / total if total else 0.0
    return Reading(dict(zip(model.labels, scores, strict=True)), values, tuple(places), known)


def _tf_idf(model: Model, counts: Mapping[int, int]) -> dict[int, float]:
    """Weigh counts by logarithmic frequency and rarity, to unit length."""
    raw = {
        row: (1 + math.log(count)) * model.idf[row] * model.idf_step
        for row, count in counts.items()
    }
    length = math.sqrt(sum(value * value for value in raw.values())) or 1.0
    return {row: value / length for row, value in raw.items()}


def _scores(model: Model, values: Mapping[int, float]) -> list[float]:
    width = len(model.labels)
    scores = list(model.bias)
    for row, value in values.items():
        step = value * model.weight_step
        start = row * width
        for index, weight in enumerate(model.weights[start : start + width]):
            scores[index] += step * weight
    return scores


def shares(
    scores: Mapping[str, float], labels: tuple[str, ...], temperature: float
) -> dict[str, float]:
    """Turn the logits of some labels into shares that sum to 1."""
    scaled = {label: scores[label] / temperature for label in labels}
    highest = max(scaled.values())
    powers = {label: math.exp(value - highest) for label, value in scaled.items()}
    total = sum(powers.values())
    return {label: power / total for label, power in powers.items()}
