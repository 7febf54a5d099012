"""Error messages of learners, as they stand in public threads, and where each must lead.

``threads`` is how many of the (at most 12) threads that a search of public GitHub threads for the
message brought were about it; the threads give no other counts.
"""

from typing import NamedTuple


class Seen(NamedTuple):
    """A message, a thread that has it, and what the search must bring.

    ``first`` is the mistake of the gallery that comes first, empty for none; ``page`` and ``link``
    are the first place on another page, with the settings it must open with; ``shows`` is what that
    page then shows in its code or in PyTorch's words.
    """

    message: str
    source: str
    threads: int
    first: str = ""
    page: str = ""
    link: dict[str, str] = {}  # noqa: RUF012  a row of a table, never changed
    shows: str = ""


def lab(op: str, shows: str, **link: str) -> dict[str, object]:
    """What leads to the shape lab, with ``op`` and the sizes of ``link`` in its controls."""
    there = {"look_at": "Shape lab", "op": op, **link}
    return {"page": "tensors", "link": there, "shows": shows}


GITHUB = "https://github.com/"

SEEN = (
    Seen(
        "RuntimeError: element 0 of tensors does not require grad and does not have a grad_fn",
        GITHUB + "pytorch/pytorch/issues/19806",
        12,
        "nothing_tracked",
    ),
    Seen(
        "RuntimeError: Trying to backward through the graph a second time, but the buffers have "
        "already been freed. Specify retain_graph=True when calling backward the first time.",
        GITHUB + "Eurus-Holmes/MNMT/issues/7",
        3,
        "backward_twice",
    ),
    Seen(
        "RuntimeError: Trying to backward through the graph a second time (or directly access "
        "saved "
        "tensors after they have already been freed). Saved intermediate values of the graph are "
        "freed when you call .backward() or autograd.grad(). Specify retain_graph=True if you need "
        "to backward through the graph a second time or if you need to access saved tensors after "
        "calling backward.",
        GITHUB + "karpathy/nn-zero-to-hero/issues/31",
        9,
        "backward_twice",
    ),
    Seen(
        "RuntimeError: one of the variables needed for gradient computation has been modified by "
        "an "
        "inplace operation: [torch.cuda.FloatTensor [10, 49]], which is output 0 of SubBackward0, "
        "is at version 1; expected version 0 instead. Hint: enable anomaly detection to find the "
        "operation that failed to compute its gradient, with "
        "torch.autograd.set_detect_anomaly(True).",
        GITHUB + "JDAI-CV/LIO/issues/9",
        10,
        "changed_after_saving",
    ),
    Seen(
        "RuntimeError: Can't call numpy() on Tensor that requires grad. Use "
        "tensor.detach().numpy() instead.",
        GITHUB + "pytorch/pytorch/issues/44023",
        10,
        "plot_parameter",
    ),
    Seen(
        "RuntimeError: Can't call numpy() on Variable that requires grad. Use "
        "var.detach().numpy() instead.",
        GITHUB + "GuHY777/SS-VAE-pytorch/issues/1",
        2,
        "plot_parameter",
    ),
    Seen(
        "RuntimeError: grad can be implicitly created only for scalar outputs",
        GITHUB + "1Konny/gradcam_plus_plus-pytorch/issues/7",
        12,
        "backward_on_vector",
    ),
    Seen(
        "RuntimeError: a leaf Variable that requires grad is being used in an in-place operation.",
        GITHUB + "BaiTheBest/SparseLLM/issues/13",
        6,
        "update_tracked",
    ),
    Seen(
        "RuntimeError: a view of a leaf Variable that requires grad is being used in an in-place "
        "operation.",
        GITHUB + "Atcold/NYU-DLSP20/issues/765",
        5,
        "changed_slice",
    ),
    Seen(
        "RuntimeError: Only Tensors of floating point and complex dtype can require gradients",
        GITHUB + "pytorch/pytorch/issues/53466",
        9,
        "integer_parameter",
    ),
    Seen(
        "ValueError: optimizer got an empty parameter list",
        GITHUB + "pytorch/pytorch/issues/50402",
        9,
        "layers_in_a_list",
    ),
    Seen(
        "ValueError: can't optimize a non-leaf Tensor",
        GITHUB + "pytorch/pytorch/issues/140469",
        2,
        "optimizer_of_result",
    ),
    Seen(
        "RuntimeError: Function 'PowBackward1' returned nan values in its 1st output.",
        GITHUB + "pytorch/pytorch/issues/38714",
        9,
        "square_root_of_zero",
    ),
    Seen(
        "RuntimeError: One of the differentiated Tensors appears to not have been used in the "
        "graph. Set allow_unused=True if this is the desired behavior.",
        GITHUB + "pytorch/pytorch/issues/73697",
        9,
        "unused_parameter",
    ),
    Seen(
        "UserWarning: The .grad attribute of a Tensor that is not a leaf Tensor is being accessed. "
        "Its .grad attribute won't be populated during autograd.backward(). If you indeed want the "
        ".grad field to be populated for a non-leaf Tensor, use .retain_grad() on the non-leaf "
        "Tensor.",
        GITHUB + "microsoft/nni/issues/5299",
        8,
        "grad_of_result",
    ),
    Seen(
        "AttributeError: 'NoneType' object has no attribute 'zero_'",
        GITHUB + "yizt/Grad-CAM.pytorch/issues/27",
        2,
        "zero_what_is_none",
    ),
    Seen(
        "w1.grad.data.zero_()\nAttributeError: 'NoneType' object has no attribute 'data'",
        GITHUB + "jcjohnson/pytorch-examples/issues/7",
        7,
        "zero_what_is_none",
    ),
    Seen(
        "RuntimeError: Only Tensors created explicitly by the user (graph leaves) support the "
        "deepcopy protocol at the moment",
        GITHUB + "pytorch/pytorch/issues/54580",
        9,
        "copied_result",
    ),
    Seen(
        "RuntimeError: mat1 and mat2 shapes cannot be multiplied (1x18 and 512x1024)",
        GITHUB + "nv-tlabs/datasetGAN_release/issues/49",
        12,
        **lab("nn.Linear", "a_shape = (1, 18) ", a="1, 18", numbers="512, 1024"),
    ),
    Seen(
        "RuntimeError: size mismatch, m1: [2394 x 7], m2: [16758 x 2] at "
        "/opt/conda/conda-bld/pytorch_1532502421238/work/aten/src/TH/generic/THTensorMath.cpp:2070",
        GITHUB + "bamos/densenet.pytorch/issues/19",
        8,
        **lab("@", "a_shape = (2394, 7) ", a="2394, 7", b="16758, 2"),
    ),
    Seen(
        "RuntimeError: The size of tensor a (150) must match the size of tensor b (152) at "
        "non-singleton dimension 3",
        GITHUB + "jiwei0921/DMRA/issues/5",
        11,
        **lab(
            "+",
            "The size of tensor a (150) must match the size of tensor b (152) at non-singleton "
            "dimension 3",
            a="1, 1, 1, 150",
            b="1, 1, 1, 152",
        ),
    ),
    Seen(
        "RuntimeError: shape '[-1, 400]' is invalid for input of size 384",
        GITHUB + "pytorch/pytorch/issues/38469",
        12,
        **lab(
            "view", "shape '[-1, 400]' is invalid for input of size 384", a="384", numbers="-1, 400"
        ),
    ),
    Seen(
        "RuntimeError: view size is not compatible with input tensor's size and stride (at least "
        "one dimension spans across two contiguous subspaces). Use .reshape(...) instead.",
        GITHUB + "pytorch/examples/issues/836",
        12,
        **lab("view", "view size is not compatible", first_do="a.mT"),
    ),
    Seen(
        "RuntimeError: Sizes of tensors must match except in dimension 1. Expected size 32 but got "
        "size 64 for tensor number 1 in the list.",
        GITHUB + "Beckschen/TransUNet/issues/74",
        9,
        **lab(
            "cat",
            "Sizes of tensors must match except in dimension 1. Expected size 32 but got size 64 "
            "for tensor number 1 in the list.",
            a="32, 1",
            b="64, 1",
            numbers="1",
        ),
    ),
    Seen(
        "RuntimeError: stack expects each tensor to be equal size, but got [3, 288, 224] at entry "
        "0 and [3, 320, 256] at entry 1",
        GITHUB + "mk-minchul/dcface/issues/11",
        12,
        **lab(
            "stack",
            "stack expects each tensor to be equal size, but got [3, 288, 224] at entry 0 and "
            "[3, 320, 256] at entry 1",
            a="3, 288, 224",
            b="3, 320, 256",
        ),
    ),
    Seen(
        "IndexError: Dimension out of range (expected to be in range of [-1, 0], but got 1)",
        GITHUB + "truthless11/HRL-RE/issues/18",
        11,
        **lab(
            "sum",
            "Dimension out of range (expected to be in range of [-1, 0], but got 1)",
            numbers="1",
        ),
    ),
    Seen(
        "RuntimeError: permute(sparse_coo): number of dimensions in the tensor input does not "
        "match "
        "the length of the desired ordering of dimensions i.e. input.dim() = 3 is not equal to "
        "len(dims) = 4",
        GITHUB + "ruizhecao96/CMGAN/issues/26",
        7,
        **lab("permute", "input.dim() = 3 is not equal to len(dims) = 4", numbers="0, 1, 2, 3"),
    ),
    Seen(
        "ValueError: expected sequence of length 3 at dim 1 (got 2)",
        GITHUB + "microsoft/NeuralSpeech/issues/65",
        10,
        page="tensors",
        link={"look_at": "Make one", "data": "[[1, 2, 3], [1, 2]]"},
        shows="The lists are ragged: data[0] has length 3 but data[1] has length 2",
    ),
    Seen(
        "Using a target size (torch.Size([128])) that is different to the input size "
        "(torch.Size([128, 1])) is deprecated. Please ensure they have the same size.",
        GITHUB + "ZhaoZhibin/UDTL/issues/3",
        11,
        "wrong_target_shape",
        **lab("-", "b_shape = (128,) ", a="128, 1", b="128"),
    ),
    Seen(
        "ValueError: Expected input batch_size (60) to match target batch_size (10).",
        GITHUB + "pytorch/pytorch/issues/139031",
        11,
        "batch_in_view",
    ),
    Seen(
        "RuntimeError: 0D or 1D target tensor expected, multi-target not supported",
        GITHUB + "Vidhiwar/multimodule-ecg-classification/issues/4",
        9,
        "column_of_classes",
    ),
    Seen(
        "RuntimeError: expected scalar type Long but found Float",
        GITHUB + "facebookresearch/SparseConvNet/issues/238",
        5,
        "float_classes",
    ),
    Seen(
        "RuntimeError: expected scalar type Float but found Double",
        GITHUB + "theislab/scarches/issues/195",
        7,
        "double_data",
        "tensors",
        {"look_at": "NumPy", "bridge": "float64 arrives"},
        "torch.from_numpy",
    ),
    Seen(
        "RuntimeError: mat1 and mat2 must have the same dtype, but got Float and Half",
        GITHUB + "OpenBMB/MiniCPM-V/issues/234",
        10,
        "double_data",
    ),
    Seen(
        "RuntimeError: result type Float can't be cast to the desired output type Long",
        GITHUB + "AI-secure/DBA/issues/1",
        5,
        page="tensors",
        link={"look_at": "Why float32?", "about": "Promotion"},
        shows="result",
    ),
    Seen(
        "RuntimeError: Expected all tensors to be on the same device, but found at least two "
        "devices, cuda:0 and cpu!",
        GITHUB + "RonyAbecidan/ManTraNet-pytorch/issues/2",
        12,
        page="tensors",
        link={"look_at": "Device", "meeting": "here + there"},
        shows="here + there",
    ),
    Seen(
        "RuntimeError: Input type (torch.cuda.FloatTensor) and weight type (torch.FloatTensor) "
        "should be the same",
        GITHUB + "sksq96/pytorch-summary/issues/16",
        12,
        page="tensors",
        link={"look_at": "Device"},
        shows="here + there",
    ),
    Seen(
        "TypeError: can't convert cuda:0 device type tensor to numpy. Use Tensor.cpu() to copy the "
        "tensor to host memory first.",
        GITHUB + "ztxz16/fastllm/issues/231",
        12,
        page="tensors",
        link={"look_at": "Device"},
        shows="here + there",
    ),
    Seen(
        "AssertionError: Torch not compiled with CUDA enabled",
        GITHUB + "pytorch/pytorch/issues/28111",
        12,
        page="tensors",
        link={"look_at": "Device"},
        shows="here + there",
    ),
    Seen(
        "RuntimeError: CUDA out of memory. Tried to allocate 64.00 MiB (GPU 0; 4.00 GiB total "
        "capacity; 3.35 GiB already allocated; 0 bytes free; 3.41 GiB reserved in total by "
        "PyTorch)",
        GITHUB + "easydiffusion/easydiffusion/issues/104",
        12,
        page="ffn_scale",
        link={"scale": "Dial it", "cost": "memory to train"},
        shows="hidden = ",
    ),
    Seen(
        "RuntimeError: CUDA error: device-side assert triggered",
        GITHUB + "layumi/Person_reID_baseline_pytorch/issues/372",
        8,
        "class_out_of_range",
    ),
    Seen(
        "IndexError: Target 13 is out of bounds.",
        GITHUB + "649453932/Bert-Chinese-Text-Classification-Pytorch/issues/96",
        6,
        "class_out_of_range",
    ),
    Seen(
        "IndexError: index out of range in self",
        GITHUB + "allenai/longformer/issues/187",
        10,
        "embedding_index",
    ),
    Seen(
        "RuntimeError: Error(s) in loading state_dict for DTNet:\n"
        '\tMissing key(s) in state_dict: "projection.0.weight", "head.4.weight". \n'
        '\tUnexpected key(s) in state_dict: "module.projection.0.weight", "module.head.4.weight".',
        GITHUB + "aks2203/deep-thinking/issues/5",
        9,
        "other_names",
        "nn_module",
        {"topic": "What the model holds"},
    ),
    Seen(
        "RuntimeError: Error(s) in loading state_dict for DistributedDataParallel:\n"
        "\tsize mismatch for module.fpn.fpn_inner3.weight: copying a param with shape "
        "torch.Size([256, 1024, 1, 1]) from checkpoint, the shape in current model is "
        "torch.Size([256, 256, 1, 1]).",
        GITHUB + "chengchunhsu/EveryPixelMatters/issues/11",
        10,
        "other_shapes",
        "nn_module",
        {"topic": "What the model holds"},
    ),
    Seen(
        "AttributeError: cannot assign module before Module.__init__() call",
        GITHUB + "sinAshish/Multi-Scale-Attention/issues/14",
        7,
        "super_forgotten",
    ),
    Seen(
        "RuntimeError: Given groups=1, weight of size [32, 3, 3, 3], expected input[128, 32, 32, "
        "3] to have 3 channels, but got 32 channels instead",
        GITHUB + "zshuai8/FedGMM_ICML2023/issues/2",
        9,
        "channels_last",
    ),
    Seen(
        "RuntimeError: Expected 4-dimensional input for 4-dimensional weight [16, 1, 7, 7], but "
        "got 3-dimensional input of size [100, 28, 28] instead",
        GITHUB + "surrogate-gradient-learning/pytorch-lif-autograd/issues/1",
        12,
        "no_channel",
    ),
    Seen(
        "ValueError: only one element tensors can be converted to Python scalars",
        GITHUB + "zhaozhengChen/ReCAM/issues/4",
        12,
        "item_of_many",
    ),
)

UNRELATED = (
    "AttributeError: 'dict' object has no attribute 'cuda'",
    "TypeError: unsupported operand type(s) for /: 'str' and 'int'",
    "NameError: name 'loss' is not defined",
    "KeyError: 'weight'",
    "ModuleNotFoundError: No module named 'torch'",
    "ImportError: cannot import name 'soft_unicode' from 'markupsafe'",
    "IndentationError: unexpected indent",
    "FileNotFoundError: [Errno 2] No such file or directory: 'model.pt'",
    "ZeroDivisionError: division by zero",
    "IndexError: list index out of range",
    "ValueError: too many values to unpack (expected 2)",
    "TypeError: forward() missing 1 required positional argument: 'x'",
    "TypeError: 'NoneType' object is not subscriptable",
    "ValueError: could not convert string to float: 'abc'",
    "AttributeError: 'list' object has no attribute 'shape'",
    "ValueError: Found array with 0 sample(s) (shape=(0, 4)) while a minimum of 1 is required.",
    "sqlite3.OperationalError: no such table: users",
    "npm ERR! code ERESOLVE unable to resolve dependency tree",
    "fatal: not a git repository (or any of the parent directories): .git",
    "error: subprocess-exited-with-error: python setup.py egg_info did not run successfully",
    "ConnectionRefusedError: [Errno 111] Connection refused",
    "How do I install PyTorch on Windows?",
    "the best pancakes in town",
    "my train is late at the station",
)
"""Messages and words that no page of the app is about."""

EVERYDAY = {
    "I forgot optimizer.zero_grad()": ["never_zeroed"],
    "forgot to zero the gradients": ["never_zeroed"],
    "loss goes to inf after some steps": ["step_too_long"],
    "my loss explodes": ["step_too_long"],
    "my loss is nan": ["square_root_of_zero", "step_too_long"],
    "the loss is exactly the same in every epoch": [
        *("zero_before_step", "rebuilt_loss", "half_a_model"),
    ],
    "why is my loss not decreasing?": ["zero_before_step", "replaced_parameters"],
    "the weights don't update": ["zero_before_step"],
    "w.grad is None": ["rebuilt_loss", "scaled_parameter"],
    "all predictions are the same": ["wrong_target_shape", "targets_by_hand"],
    "the model predicts the average": ["target_shape"],
    "I called optimizer.step() twice": ["two_steps"],
    "training loss goes down but test loss is high": ["same_batch"],
    "100% test accuracy": ["test_in_training"],
    "the frozen layer still changes": ["frozen_by_attribute"],
    "the unfrozen layers never learn": ["thawed_too_late"],
    "images look scrambled after reshape": ["view_not_permute"],
    "my model gives different predictions for the same input": ["eval_forgotten"],
    "layers in a Python list": ["layers_in_a_list", "half_a_model"],
    "softmax and then cross entropy": ["softmax_before_loss"],
}
"""What learners say of mistakes, and which must be among those that are found."""
