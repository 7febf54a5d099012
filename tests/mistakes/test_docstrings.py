"""What the first line of a mistake says it is about is what its text computes with.

Where the line says what a learner wants, the mended text is asked; else the wrong one.
"""

import pytest
import torch
from torch import nn

from groundup.engine.text import docstring
from groundup.mistakes.gallery import mistake
from tests.mistakes.made import mended, wrong

# fmt: off
# What stands in the docstring, and what must then be so of the run's variables.
WANTED = {
    "backward_on_vector": ("two losses at once", lambda v: v.losses.shape == (2,)),
    "integer_parameter": ("at 1, 2 and 3", lambda v: v.w.tolist() == [1, 2, 3]),
    "item_of_many": ("three examples", lambda v: v.x.numel() == 3),
    "never_zeroed": ("Twenty steps downhill on w², from w = 3", lambda v: v._ + 1 == 20),
    "step_too_long": ("A hundred steps downhill on 30 w²", lambda v: v._ + 1 == 100),
    "two_steps": ("Twenty passes", lambda v: v._ + 1 == 20),
    "zero_before_step": ("Twenty steps", lambda v: v._ + 1 == 20),
    "update_makes_constant": ("Two steps downhill", lambda v: v.epoch + 1 == 2),
    "update_makes_new": ("Two steps downhill", lambda v: v.epoch + 1 == 2),
    "target_shape": ("y = 2x + 1", lambda v: v.y_true.flatten().equal(2 * v.x.flatten() + 1)),
    "targets_by_hand": ("y = 2x + 1", lambda v: v.y_true.flatten().equal(2 * v.x.flatten() + 1)),
    "unused_parameter": ("the loss never met", lambda v: v.gradients[0] == 8 * v.w + 4),
    "batch_in_view": ("four pictures", lambda v: len(v.maps) == 4),
    "embedding_index": ("vocabulary of ten", lambda v: v.words.shape == (3,)),
    "other_shapes": ("ten classes apart", lambda v: v.trained[-1].out_features == 10),
    "same_batch": ("batches of eight examples", lambda v: v.loader.batch_size == 8),
}
# fmt: on
MADE = {
    "class_out_of_range": (
        "three classes, whose labels are 1, 2 and 3",
        lambda v: v.model.out_features == 3 and v.labels.tolist() == [1, 2, 3],
    ),
    "converted_parameter": ("to float64", lambda v: v.w.dtype == torch.float64),
    "double_data": (
        "float64 (NumPy's habit) by a weight in float32 (PyTorch's habit)",
        lambda v: (v.x.dtype, v.w.dtype) == (torch.float64, torch.float32),
    ),
    "embedding_index": ("in a vocabulary of ten", lambda v: v.vectors.num_embeddings == 10),
    "half_a_model": (
        "a list of hidden layers, and one last layer",
        lambda v: type(v.model.hidden) is list and len(list(v.model.children())) == 1,
    ),
    "other_shapes": ("one that tells three apart", lambda v: v.model[-1].out_features == 3),
    "scaled_parameter": (
        "random numbers, times 0.1",
        lambda v: v.w.equal(torch.randn(3, generator=torch.Generator().manual_seed(0)) * 0.1),
    ),
    "square_root_of_zero": ("already reached", lambda v: v.w.equal(v.target)),
    "update_tracked": ("One step downhill", lambda v: v.w.grad == 2 * v.w),
    "wrong_target_shape": (
        "shape (N,) for outputs of shape (N, 1)",
        lambda v: (v.y.shape, v.model(v.X).shape) == ((50,), (50, 1)),
    ),
}


@pytest.mark.parametrize(("name", "left", "told"), [
    *((name, mended, told) for name, told in WANTED.items()),
    *((name, wrong, told) for name, told in MADE.items()),
])  # fmt: skip
def test_what_a_mistakes_docstring_counts_is_what_its_text_has(name, left, told):
    words, holds = told
    assert words in docstring(mistake(name).lesson.source)
    assert holds(left(name))


def test_a_wrapper_keeps_its_model_under_a_name_that_its_weights_get_too():
    saved = nn.DataParallel(nn.Linear(2, 1)).state_dict()
    assert set(saved) == set(wrong("other_names").saved)
