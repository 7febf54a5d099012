"""Which attributes own code may read by a dot: those listed, and those that it sets itself.

What owns an attribute is not known before the text runs, so a name counts whatever it stands
behind: nothing is listed that would be harmless on one kind of value and not on another.
"""

from __future__ import annotations

import builtins
import types
from functools import cache

import torch
from torch.utils.data import DataLoader
from torch.utils.hooks import RemovableHandle

from groundup.language.own import torch_words

_TENSOR = """
    H T backward bfloat16 byte cdouble cfloat char contiguous copy_ cpu data device dim double dtype
    element_size expand expand_as fill_diagonal_ float get_device grad grad_fn half index_put
    is_contiguous is_cpu is_cuda is_inference is_leaf is_meta is_same_size is_signed item itemsize
    layout long mH mT names nbytes ndim ndimension nelement new_empty new_full new_ones
    new_tensor new_zeros output_nr register_hook register_post_accumulate_grad_hook repeat
    requires_grad requires_grad_ reshape_as retain_grad retains_grad scatter_ scatter_add_
    scatter_reduce_ shape short size storage_offset stride sum_to_size to tolist type type_as unfold
    view view_as bernoulli_ cauchy_ exponential_ fill_ geometric_ log_normal_ normal_ random_
    uniform_ zero_ index_add_ index_copy_ index_fill_ index_put_ masked_fill_ masked_scatter_
    detach_ squeeze_ unsqueeze_ transpose_ t_ swapaxes_ tril_ triu_ cumsum_ cumprod_ renorm_ put_
"""
_IN_PLACE = """
    abs acos add addcdiv addcmul addmm asin atan atan2 baddbmm bitwise_and bitwise_not bitwise_or
    bitwise_xor ceil clamp clamp_max clamp_min clip cos cosh div divide eq erf exp expm1
    floor floor_divide fmod frac ge gt le lerp log log10 log1p log2 logical_and logical_not
    logical_or logical_xor logit lt mul multiply nan_to_num ne neg negative pow reciprocal relu
    remainder round rsqrt sigmoid sign sin sinh sqrt square sub subtract tan tanh true_divide trunc
    xlogy
"""
_MODULE = """
    add_module apply append batch_first bias bias_hh_l0 bias_ih_l0 bidirectional buffers children
    dilation elementwise_affine embed_dim embedding_dim eps eval extend extra_repr forward
    from_pretrained groups head_dim hidden_size in_channels in_features in_proj_bias
    in_proj_weight inplace input_size kernel_size load_state_dict modules momentum named_buffers
    named_children named_modules named_parameters negative_slope normalized_shape
    num_batches_tracked num_embeddings num_features num_heads num_layers out_channels out_features
    out_proj p padding padding_idx parameters reduction register_buffer register_forward_hook
    register_forward_pre_hook register_full_backward_hook register_module register_parameter
    reset_parameters running_mean running_var state_dict train training weight weight_hh_l0
    weight_ih_l0 zero_grad remove missing_keys unexpected_keys flatten_parameters
    generate_square_subsequent_mask reset_running_stats sorted_indices unsorted_indices
"""
_SETTINGS = """
    T_cur T_max activation affine align_corners alpha approximate base_dist beta bias_hh bias_ih
    ceil_mode concentration cooldown_counter count_include_pad covariance_matrix cumulative_sizes
    d_model data_source decoder delta df dropout dropout1 dropout2 encoder end_dim end_factor
    eta_min factor gamma generator high ignore_index in1_features in2_features keepdim
    label_smoothing layers linear1 linear2 low margin max_norm max_val milestones min_lrs min_val
    nhead nonlinearity norm1 norm2 norm_first norm_type num_channels num_groups num_parameters
    num_samples output_padding output_size padding_mode patience pos_weight power proj_size rate
    return_indices scale_factor self_attn start_dim start_factor step_size total_count total_iters
    total_steps track_running_stats unflattened_size upscale_factor weight_hh weight_ih weights
"""
_OPTIMIZER = """
    add_param_group defaults param_groups state step base_lrs get_last_lr last_epoch num_bad_epochs
    optimizer best
"""
_DATA = "batch_size dataset datasets drop_last indices tensors collate_fn sampler"
_GRAPH = """
    metadata name next_functions variable save_for_backward saved_tensors needs_input_grad
    mark_dirty mark_non_differentiable set_materialize_grads
"""
_RESULTS = """
    values indices solution residuals rank singular_values eigenvalues eigenvectors L Q R S U V Vh
    LU pivots sign logabsdet mantissa exponent hist bin_edges lengths batch_sizes
"""
_NUMBERS = """
    bits max min resolution smallest_normal tiny real imag is_integer bit_length conjugate index
    clone_state get_state manual_seed seed initial_seed
"""
_DISTRIBUTION = """
    batch_shape cdf entropy event_shape icdf loc log_prob logits mean mode probs rsample sample
    scale stddev support variance
"""
_PYTHON = """
    add append args capitalize clear copy count difference discard endswith extend find get index
    insert intersection isalpha isdigit isdisjoint islower isnumeric isspace issubset issuperset
    isupper items join keys most_common lower lstrip partition pop popitem remove removeprefix
    removesuffix replace reverse rfind rpartition rsplit rstrip setdefault sort split splitlines
    startswith strip swapcase symmetric_difference title union update upper values move_to_end
    start stop center ljust rjust zfill appendleft popleft extendleft rotate maxlen casefold
    isalnum isascii fromkeys difference_update intersection_update symmetric_difference_update
    bit_count rindex isdecimal total elements
"""
UNDERSCORED = frozenset(["__name__", "_version"])
"""What begins with an underscore and may be read all the same; :mod:`.expressions` has more."""

READ = (
    frozenset(
        " ".join(
            [
                _TENSOR,
                _MODULE,
                _SETTINGS,
                _OPTIMIZER,
                _DATA,
                _GRAPH,
                _RESULTS,
                _NUMBERS,
                _DISTRIBUTION,
            ]
        ).split()
    )
    | frozenset(_PYTHON.split())
    | frozenset(f"{word}_" for word in _IN_PLACE.split())
    | {word for word in torch_words.WORDS["torch"] if hasattr(torch.Tensor, word)}
)
"""The attributes that may be read, whatever they stand behind."""

_SOURCES: tuple[type, ...] = (
    *(torch.Tensor, torch.nn.Module, torch.optim.Optimizer, torch.optim.lr_scheduler.LRScheduler),
    *(torch.autograd.Function, torch.distributions.Distribution, torch.Generator, torch.Size),
    *(DataLoader, RemovableHandle, torch.dtype, torch.device, type, super, property, BaseException),
    *(types.FunctionType, types.MethodType, types.BuiltinFunctionType, types.ModuleType),
    *(types.CodeType, types.FrameType, types.TracebackType, types.GeneratorType),
    *(types.CoroutineType, types.AsyncGeneratorType, types.GenericAlias, types.MappingProxyType),
)
# Of errors and generators, and methods that a tensor of the text's own would do no harm with.
_HARMLESS = """
    close code eig encoding end errno filename func lineno message msg new object offset path put
    reason send solve subgroup text value
"""
_TEXTS = "format format_map expandtabs translate maketrans to_bytes"
# Attributes of instances, which no class shows: of errors, of partial functions, of hooks.
_INSTANCES = """
    obj keywords num_workers prefetch_factor hooks_dict_ref extra_dict_ref
    multiprocessing_context worker_init_fn exc_info
"""


@cache
def foreign() -> frozenset[str]:
    """The attributes of Python's and PyTorch's own objects that are not listed.

    A text cannot call something of its own by such a name: reading it would reach them too.
    """
    errors = [e for e in vars(builtins).values() if isinstance(e, type) and e.__mro__[-2:-1]]
    sources = (*_SOURCES, *(e for e in errors if issubclass(e, BaseException)))
    names = {name for source in sources for name in dir(source) if not name.startswith("_")}
    return frozenset({*names, *_TEXTS.split(), *_INSTANCES.split()}) - READ - {*_HARMLESS.split()}


def called_in_torch(name: str) -> bool:
    """Whether ``name`` is a method of tensors, modules or optimizers."""
    return any(callable(getattr(kind, name, None)) for kind in _SOURCES[:4])
