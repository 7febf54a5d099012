"""Results that torch gives without complaint and that are seldom meant."""

from __future__ import annotations

import math

from groundup.shapes.question import Shape


def accident(a: Shape, b: Shape, result: Shape) -> str:
    """The warning where broadcasting stretched both tensors, as (n,) with (n, 1); or nothing."""
    cells = math.prod(result)
    if cells <= max(math.prod(a), math.prod(b)) or not cells:
        return ""
    all_met = cells == math.prod(a) * math.prod(b)
    met = "every cell of a met every cell of b" if all_met else "each cell met several of the other"
    return (
        f"PyTorch accepts it, but look: {math.prod(a):,} cells and {math.prod(b):,} cells became "
        f"{cells:,}. Both tensors were stretched, so {met}. If you meant cell by cell, the shapes "
        "must be equal."
    )


def which_way(a: Shape, b: Shape) -> str:
    """The warning where the smaller tensor would fit along another dimension too; or nothing.

    (n, n) with (n,): the vector may be a row, as torch takes it, or a column whose ``keepdim`` was
    forgotten. Torch sees no difference.
    """
    (large, big), (small, name) = sorted([(a, "a"), (b, "b")], key=lambda one: -len(one[0]))
    places = places_of(large, small)
    if len(places) < 2:
        return ""
    sizes = f"Dimensions {', '.join(map(str, places[:-1]))} and {places[-1]} of {big}"
    of = "both" if len(places) == 2 else "all"
    return (
        f"{sizes} are {of} {small[0]:,} long, so {name} fits in more than one way. PyTorch aligns "
        f"from the right: {name} lies along the last dimension{'s' * (len(small) > 1)}, and is "
        f"repeated along dimension 0. If {name} is a sum or mean of {big} over another dimension, "
        "that is wrong, and no error says so. Keep that dimension with keepdim=True, or say which "
        "way it lies."
    )


def places_of(large: Shape, small: Shape) -> list[int]:
    """The dimensions of ``large`` whose loss would leave ``small``, if torch takes it as it is."""
    if (
        not small
        or 0 in small
        or len(small) != len(large) - 1
        or small != large[1:]
        or large[0] < 2
    ):
        return []
    return [dim for dim in range(len(large)) if (*large[:dim], *large[dim + 1 :]) == small]


def keeps_examples(a: Shape, result: Shape) -> bool:
    """Whether a reshape from ``a`` to ``result`` leaves what its rows hold together.

    A row of the result must begin where one of a's dimensions begins: (16, 784) to (32, 392) cuts
    each picture in two. A tensor of one dimension has no examples to mix.
    """
    if len(a) < 2 or not result or not math.prod(a):
        return True
    rows = {math.prod(a[dim:]) for dim in range(len(a) + 1)}
    return math.prod(result[1:]) in rows


def mixed_examples(a: Shape, wanted: Shape, result: Shape) -> str:
    """The warning where a leading −1, meant for the batch, came out as another number of rows."""
    meant = len(wanted) > 1 and wanted[0] == -1
    if not meant or keeps_examples(a, result):
        return ""
    row, example = math.prod(result[1:]), math.prod(a[1:])
    cut = "rows begin in the middle of one"
    if row % example == 0:
        cut = f"each row holds {row // example:,} of them"
    return (
        f"It fits, but look: {a[0]:,} example{'s' * (a[0] != 1)} became {result[0]:,} rows. A row "
        f"of {result} holds {row:,} numbers and an example {example:,}, so {cut}. Write the "
        "batch's size in front and let −1 be the rest."
    )
