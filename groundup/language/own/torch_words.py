"""The words of torch itself that a learner's own code may use, by the module they are in.

Only what computes from its arguments is listed: nothing that reads or writes files, runs text,
starts threads, or changes what PyTorch does for the whole process.
"""

from __future__ import annotations

_CREATION = """
    tensor as_tensor asarray scalar_tensor zeros ones full empty eye arange range linspace logspace
    zeros_like ones_like full_like empty_like rand randn randint randperm rand_like randn_like
    randint_like normal bernoulli multinomial poisson binomial complex polar tril_indices
    triu_indices hann_window hamming_window bartlett_window blackman_window kaiser_window
    manual_seed seed initial_seed get_rng_state Generator
"""
_ELEMENTWISE = """
    abs absolute acos acosh add addcdiv addcmul angle arccos arccosh arcsin arcsinh arctan arctan2
    arctanh asin asinh atan atan2 atanh bitwise_and bitwise_left_shift bitwise_not bitwise_or
    bitwise_right_shift bitwise_xor ceil celu clamp clamp_max clamp_min clip conj copysign cos cosh
    deg2rad digamma div divide dropout eq erf erfc erfinv exp exp2 expm1 fix float_power floor
    floor_divide fmax fmin fmod frac frexp gcd ge greater greater_equal gt hardshrink heaviside
    hypot i0 igamma igammac imag isclose isfinite isin isinf isnan isneginf isposinf isreal lcm
    ldexp le lerp less less_equal lgamma log log10 log1p log2 logaddexp logaddexp2 logical_and
    logical_not logical_or logical_xor logit lt masked_fill maximum minimum mul multiply mvlgamma
    nan_to_num ne neg negative nextafter not_equal polygamma positive pow prelu rad2deg real
    reciprocal relu relu_ remainder round rrelu rsqrt rsub selu sgn sigmoid sign signbit sin sinc
    sinh sqrt square sub subtract tan tanh threshold true_divide trunc where xlogy
"""
_REDUCTIONS = """
    all allclose amax amin aminmax any argmax argmin bincount corrcoef count_nonzero cov cummax
    cummin cumprod cumsum cumulative_trapezoid dist equal histc histogram kthvalue logcumsumexp
    logsumexp max mean median min mode nanmean nanmedian nanquantile nansum norm numel prod quantile
    std std_mean sum trapezoid trapz unique unique_consecutive var var_mean
"""
_SHAPES = """
    adjoint argsort argwhere atleast_1d atleast_2d atleast_3d block_diag broadcast_shapes
    broadcast_tensors broadcast_to bucketize cartesian_prod cat chunk clone column_stack
    combinations concat concatenate detach diag diag_embed diagflat diagonal diff dsplit dstack
    flatten flip fliplr flipud gather gradient hsplit hstack index_add index_copy index_fill
    index_select masked_scatter masked_select meshgrid moveaxis movedim msort narrow nonzero permute
    ravel renorm repeat_interleave reshape roll rot90 row_stack scatter scatter_add scatter_reduce
    searchsorted select sort split squeeze stack swapaxes swapdims t take take_along_dim
    tensor_split tile topk transpose tril triu unbind unflatten unravel_index unsqueeze vander
    view_as_complex view_as_real vsplit vstack
"""
_ALGEBRA = """
    addbmm addmm addmv addr baddbmm bmm cdist chain_matmul cholesky cholesky_inverse cholesky_solve
    cross det dot einsum ger inner inverse kron logdet lu lu_solve matmul matrix_exp matrix_power mm
    mv outer pinverse qr slogdet svd tensordot trace vdot
"""
_LAYERS = """
    adaptive_avg_pool1d avg_pool1d batch_norm bilinear binary_cross_entropy_with_logits conv1d
    conv2d conv3d conv_transpose1d conv_transpose2d cosine_embedding_loss cosine_similarity
    embedding group_norm hinge_embedding_loss instance_norm kl_div layer_norm log_softmax
    margin_ranking_loss max_pool1d max_pool2d max_pool3d pairwise_distance pdist pixel_shuffle
    pixel_unshuffle poisson_nll_loss rms_norm softmax triplet_margin_loss stft istft
"""
_ASKING = """
    can_cast finfo get_default_dtype iinfo is_complex is_floating_point is_grad_enabled
    is_inference_mode_enabled is_nonzero is_tensor promote_types result_type typename
    get_num_threads set_printoptions vmap
"""
_KINDS = """
    BoolTensor ByteTensor DoubleTensor FloatTensor HalfTensor IntTensor LongTensor ShortTensor Size
    Tensor bfloat16 bool channels_last complex128 complex64 contiguous_format device double dtype e
    float float16 float32 float64 float8_e4m3fn float8_e5m2 half inf int int16 int32 int64 int8 long
    nan newaxis pi preserve_format short strided uint8
"""
_LINALG = """
    cholesky cond cross det diagonal eig eigh eigvals eigvalsh inv lstsq lu lu_factor lu_solve
    matmul matrix_exp matrix_norm matrix_power matrix_rank multi_dot norm pinv qr slogdet solve
    solve_triangular svd svdvals vander vecdot vector_norm
"""
_FFT = """
    fft fft2 fftfreq fftn fftshift ifft ifft2 ifftn ifftshift irfft irfft2 rfft rfft2 rfftfreq
"""
_AUTOGRAD = "Function Variable backward detect_anomaly grad gradcheck set_detect_anomaly"
_FUNC = "functional_call grad grad_and_value hessian jacfwd jacrev jvp vjp vmap"
_SPECIAL = """
    digamma entr erf erfc erfinv exp2 expit expm1 gammaln i0 i1 log1p log_ndtr log_softmax logit
    logsumexp ndtr ndtri psi round sinc softmax xlog1py xlogy
"""
_DISTRIBUTIONS = """
    Bernoulli Beta Binomial Categorical Cauchy Dirichlet Exponential Gamma Geometric Gumbel Laplace
    LogNormal Multinomial MultivariateNormal Normal OneHotCategorical Poisson StudentT Uniform
    kl_divergence
"""
CONTEXTS = frozenset(["no_grad", "enable_grad", "inference_mode", "set_grad_enabled"])
"""What may stand behind ``with``, called, and nowhere else but above a function."""

_TORCH = " ".join([_CREATION, _ELEMENTWISE, _REDUCTIONS, _SHAPES, _ALGEBRA, _LAYERS, _ASKING])

WORDS: dict[str, frozenset[str]] = {
    "torch": frozenset(f"{_TORCH} {_KINDS}".split()) | CONTEXTS,
    "torch.linalg": frozenset(_LINALG.split()),
    "torch.fft": frozenset(_FFT.split()),
    "torch.special": frozenset(_SPECIAL.split()),
    "torch.distributions": frozenset(_DISTRIBUTIONS.split()),
    "torch.autograd": frozenset(_AUTOGRAD.split()) | CONTEXTS,
    "torch.autograd.functional": frozenset(["hessian", "hvp", "jacobian", "jvp", "vhp", "vjp"]),
    "torch.cuda": frozenset(["device_count", "is_available", "manual_seed", "manual_seed_all"]),
    "torch.func": frozenset(_FUNC.split()),
    "torch.random": frozenset(["initial_seed", "manual_seed", "seed"]),
    "torch.backends": frozenset(),
    "torch.backends.mps": frozenset(["is_available", "is_built"]),
}
"""Module to what may be reached in it by a dot, or imported from it."""
