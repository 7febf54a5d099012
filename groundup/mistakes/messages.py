"""Which of PyTorch's messages are known here, in the wordings of many releases.

These patterns only recognise; what is shown of an error is always what the installed PyTorch says
when the mistake is made. Each form names the mistakes of the gallery that lead to the message, and
what the message tells (``a`` and ``b`` are mostly shapes); what other pages teach about a kind
stands in one table, ``groundup.ui.mistakes.places``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Reading:
    """A message that was recognised: its kind, what it tells, and the mistakes behind it."""

    kind: str
    details: dict[str, str] = field(default_factory=dict)
    mistakes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Form:
    """One wording: ``kind``, the pattern, and the gallery's mistakes that lead to it."""

    kind: str
    pattern: re.Pattern[str]
    mistakes: tuple[str, ...] = ()


def _form(kind: str, pattern: str, *mistakes: str) -> Form:
    return Form(kind, re.compile(pattern, re.IGNORECASE), mistakes)


_SHAPES = (
    _form(
        "matmul",
        r"mat1 and mat2 shapes cannot be multiplied \((?P<a>\d+x\d+) and (?P<b>\d+x\d+)\)",
    ),
    _form("matmul", r"size mismatch, m1: \[(?P<a>\d+ x \d+)\], m2: \[(?P<b>\d+ x \d+)\]"),
    _form(
        "elementwise",
        r"size of tensor a \((?P<a>\d+)\) must match the size of tensor b \((?P<b>\d+)\)"
        r" at non-singleton dimension (?P<dim>\d)",
    ),
    _form(
        "expand",
        r"expanded size of the tensor \((?P<x>\d+)\) must match the existing size \((?P<y>\d+)\)"
        r" at non-singleton dimension (?P<dim>\d)"
        r"(?:\. Target sizes: \[(?P<a>[\d, ]+)\]\. Tensor sizes: \[(?P<b>[\d, ]+)\])?",
    ),
    _form(
        "elementwise_numpy",
        r"operands could not be broadcast together with shapes"
        r" \((?P<a>[\d, ]+)\) ?\((?P<b>[\d, ]+)\)",
    ),
    _form(
        "new_sizes", r"shape '\[(?P<numbers>[-\d, ]+)\]' is invalid for input of size (?P<a>\d+)"
    ),
    _form("view_order", r"view size is not compatible with input tensor"),
    _form(
        "cat",
        r"Sizes of tensors must match except in dimension (?P<dim>\d)\."
        r" Expected size (?P<a>\d+) but got size (?P<b>\d+)",
    ),
    _form(
        "cat",
        r"Sizes of tensors must match except in dimension (?P<dim>\d)\."
        r" Got (?P<a>\d+) and (?P<b>\d+) in dimension",
    ),
    _form(
        "stack",
        r"stack expects each tensor to be equal size,"
        r" but got \[(?P<a>[\d, ]*)\] at entry \d+ and \[(?P<b>[\d, ]*)\] at entry",
    ),
    _form(
        "dim",
        r"dimension out of range \(expected to be in range of \[-(?P<ndim>\d{1,4}), \d+\],"
        r" but got (?P<dim>-?\d+)\)",
    ),
    _form(
        "permute",
        r"input\.dim\(\) = (?P<ndim>\d{1,4}) is not equal to len\(dims\) = (?P<count>\d{1,4})",
    ),
    _form("permute", r"number of dims don't match in permute"),
    _form(
        "ragged",
        r"expected sequence of length (?P<a>\d{1,9}) at dim (?P<dim>\d+) \(got (?P<b>\d{1,9})\)",
    ),
    _form(
        "target_size",
        r"using a target size \(torch\.Size\(\[(?P<b>[\d, ]*)\]\)\) that is different to"
        r" (?:the )?input size \(torch\.Size\(\[(?P<a>[\d, ]*)\]\)\)",
        *("wrong_target_shape", "target_shape", "targets_by_hand"),
    ),
)

_FLOATS = r"(?:torch\.)?(?:cuda\.)?(?:Double|Float|Half|BFloat16|float64|float32)(?:Tensor)?"
_DEVICES_AND_DTYPES = (
    _form("device", r"Input type \(torch\.(?:cuda|mps)\.\w+\) and \w+ type \(torch\.\w+\) should"),
    _form("device", r"Input type \(torch\.\w+\) and \w+ type \(torch\.(?:cuda|mps)\.\w+\) should"),
    _form("device", r"Expected all tensors to be on the same device|is not on the expected device"),
    _form("device", r"Expected object of (?:backend|device type) \w+ but got"),
    _form("device", r"can't convert (?:cuda(?::\d+)? device type|CUDA) tensor to numpy"),
    _form("device", r"Torch not compiled with CUDA enabled|Found no NVIDIA driver on your system"),
    _form("device", r"Attempting to deserialize object on a CUDA device"),
    _form(
        "memory",
        r"(?:CUDA|MPS backend|HIP) out of (?:the )?memory|CUDA error: out of memory"
        r"|DefaultCPUAllocator: (?:can't|not enough)",
    ),
    _form("class_dtype", r"expected scalar type Long but found \w+", "float_classes"),
    _form("class_dtype", r"expected target dtype to be Long", "float_classes"),
    _form(
        "class_dtype",
        r"Expected object of scalar type Long but got scalar type \w+ for argument #2 'target'",
        "float_classes",
    ),
    _form(
        "class_dtype", r"nll_loss\w*\W{1,2} not implemented for '(?:Int|Float)'", "float_classes"
    ),
    _form("dtype", r"(?:m1 and m2|mat1 and mat2) (?:to|must) have the same dtype", "double_data"),
    _form("dtype", rf"expected (?:scalar type|dtype) {_FLOATS} but (?:found|got)", "double_data"),
    _form("dtype", r"Expected object of (?:scalar )?type \S+ but (?:got|found)", "double_data"),
    _form("dtype", r"Input type \([\w.:]+\) and \w+ type \([\w.:]+\) should be", "double_data"),
    _form("promotion", r"result type \w+ can't be cast to the desired output type [\w ]+"),
    _form("dtype_of_mean", r"Input dtype must be either a floating point or complex"),
    _form("no_kernel", r"\"(?P<op>\w+)\" not implemented for '(?P<dtype>\w+)'"),
    _form("not_a_tensor", r"must be Tensor, not (?:numpy\.)?(?P<kind>ndarray)"),
)

_UNTRACKED = (
    *("nothing_tracked", "forward_untracked", "detached_output"),
    *("update_makes_constant", "train_on_accuracy"),
)
_AUTOGRAD = (
    _form("untracked", r"element \d+ of \w+ does not require grad", *_UNTRACKED),
    _form(
        "second_backward",
        r"Trying to backward through the graph a second time",
        *("backward_twice", "running_total"),
    ),
    _form("in_place", r"has been modified by an inplace operation", "changed_after_saving"),
    _form("leaf_slice", r"a view of a leaf Variable that requires grad", "changed_slice"),
    _form(
        "leaf",
        r"a leaf Variable that requires grad|leaf variable has been moved into the graph",
        *("update_tracked", "changed_slice"),
    ),
    _form("to_numpy", r"Can't call numpy\(\) on \w+ that requires grad", "plot_parameter"),
    _form("scalar", r"grad can be implicitly created only for scalar", "backward_on_vector"),
    _form("unused", r"appears (?:to )?not (?:to )?have been used in the graph", "unused_parameter"),
    _form(
        "whole_numbers",
        r"only Tensors of floating point",
        *("integer_parameter", "integer_switched"),
    ),
    _form("no_parameters", r"optimizer got an empty parameter list", "layers_in_a_list"),
    _form("not_a_leaf", r"can't optimize a non-leaf", "optimizer_of_result"),
    _form(
        "grad_of_result",
        r"\.grad attribute of a Tensor that is not a leaf",
        *("grad_of_result", "scaled_parameter", "converted_parameter"),
    ),
    _form("deepcopy", r"support the deepcopy protocol", "copied_result"),
    _form("nan", r"Function '\w+' returned nan", "square_root_of_zero", "step_too_long"),
    _form("no_grad_yet", r"'NoneType' object has no attribute 'zero_'", "zero_what_is_none"),
    _form(
        "no_grad_yet",
        r"\.grad\.data\b.{0,2000}'NoneType' object has no attribute 'data'",
        "zero_what_is_none",
    ),
    _form(
        "grad_is_none",
        r"unsupported operand type\(s\) for [-+*/]=?: '(?:float|Tensor)' and 'NoneType'",
        "update_makes_new",
    ),
    _form("one_number", r"only one element tensors can be converted", "item_of_many"),
    _form(
        "one_number", r"a Tensor with \d+ elements cannot be converted to Scalar", "item_of_many"
    ),
)

_MODULES = (
    _form("super", r"cannot assign \S+ before Module\.__init__\(\) call", "super_forgotten"),
    _form("super", r"object has no attribute '_(?:modules|parameters)'", "super_forgotten"),
    _form("forward", r"_forward_unimplemented|missing the required .forward", "forward_missing"),
    _form("state_dict", r"size mismatch for [\w.]+: copying a param with shape", "other_shapes"),
    _form("state_dict", r"(?:Missing|Unexpected) key\(s\) in state_dict", "other_names"),
    _form("state_dict", r"(?:missing|unexpected) keys? .{1,120} in state_dict", "other_names"),
    _form(
        "embedding", r"index out of range in self|srcIndex < srcSelectDimSize", "embedding_index"
    ),
    _form(
        "classes",
        r"Target -?\d+ is out of bounds|(?:cur_target|t) >= 0 && (?:cur_target|t) < n_classes",
        "class_out_of_range",
    ),
    _form("assertion", r"device-side assert triggered", *("class_out_of_range", "embedding_index")),
    _form("column", r"multi-target not supported", "column_of_classes"),
    _form(
        "batch", r"Expected input batch_size \(\d+\) to match target batch_size", "batch_in_view"
    ),
    _form("batch_norm", r"Expected more than 1 value per channel", "batch_norm_of_one"),
    _form(
        "channels",
        r"Given groups=\d+, weight of size \[[\d, ]+\], expected input ?\[[\d, ]+\] to have",
        *("channels_last", "no_channel"),
    ),
    _form(
        "channels",
        r"Expected (?:\d-dimensional input for \d-dimensional weight|3D \(unbatched\) or 4D)",
        *("no_channel", "channels_last"),
    ),
    _form("loss_class", r"bool(?:ean)? value of Tensor with more than one", "loss_class_called"),
)

FORMS = (*_SHAPES, *_DEVICES_AND_DTYPES, *_AUTOGRAD, *_MODULES)
"""Every wording, the more particular before the more general."""


SYMPTOMS = {
    "shapes": ("the shapes do not match", "shape mismatch", "wrong shape", "size mismatch"),
    "memory": ("out of memory", "the gpu has too little memory", "does it fit on my gpu"),
    "device": ("tensors on another device", "data on the cpu and weights on the gpu", "gpu or cpu"),
    "promotion": ("which dtype comes out", "wrong dtype", "dtype mismatch"),
    "view_order": ("view or reshape", "view after transpose", "tensor is not contiguous"),
    "ragged": ("lists of another length", "ragged lists"),
}
"""What a learner might say of what other pages teach, by kind."""


def recognise(text: str, max_readings: int = 2) -> tuple[Reading, ...]:
    """Up to ``max_readings`` messages known here that ``text``, one line, holds, the last first.

    Where two forms read the same words, the earlier in :data:`FORMS` counts.
    """
    candidates: list[tuple[int, int, Form, dict[str, str]]] = []
    for form in FORMS:
        for match in form.pattern.finditer(text):
            start, end = match.span()
            if all(end <= s or e <= start for s, e, *_ in candidates):
                told = {name: value for name, value in match.groupdict().items() if value}
                candidates.append((start, end, form, told))
    candidates.sort(key=lambda candidate: candidate[0], reverse=True)
    kinds: dict[str, Reading] = {}
    for _, _, form, told in candidates:
        kinds.setdefault(form.kind, Reading(form.kind, told, form.mistakes))
    return tuple(kinds.values())[:max_readings]
