"""The words of torch.nn, torch.optim and torch.utils.data, by the module they are in."""

from __future__ import annotations

_CONTAINERS = "Module ModuleDict ModuleList Parameter ParameterDict ParameterList Sequential"
_LAYERS = """
    Bilinear Conv1d Conv2d Conv3d ConvTranspose1d ConvTranspose2d ConvTranspose3d Embedding
    EmbeddingBag Flatten Fold GRU GRUCell Identity LSTM LSTMCell LazyLinear LazyConv1d LazyConv2d
    Linear MultiheadAttention PixelShuffle PixelUnshuffle RNN RNNCell Transformer TransformerDecoder
    TransformerDecoderLayer TransformerEncoder TransformerEncoderLayer Unflatten Unfold Upsample
    CosineSimilarity PairwiseDistance ChannelShuffle UpsamplingBilinear2d UpsamplingNearest2d
"""
_ACTIVATIONS = """
    CELU ELU GELU GLU Hardshrink Hardsigmoid Hardswish Hardtanh LeakyReLU LogSigmoid LogSoftmax Mish
    PReLU RReLU ReLU ReLU6 SELU SiLU Sigmoid Softmax Softmax2d Softmin Softplus Softshrink Softsign
    Tanh Tanhshrink Threshold
"""
_NORMS = """
    AlphaDropout BatchNorm1d BatchNorm2d BatchNorm3d Dropout Dropout1d Dropout2d Dropout3d
    FeatureAlphaDropout GroupNorm InstanceNorm1d InstanceNorm2d InstanceNorm3d LayerNorm
    LocalResponseNorm RMSNorm
"""
_POOLS = """
    AdaptiveAvgPool1d AdaptiveAvgPool2d AdaptiveAvgPool3d AdaptiveMaxPool1d AdaptiveMaxPool2d
    AdaptiveMaxPool3d AvgPool1d AvgPool2d AvgPool3d ConstantPad1d ConstantPad2d ConstantPad3d
    LPPool1d LPPool2d MaxPool1d MaxPool2d MaxPool3d MaxUnpool1d MaxUnpool2d ReflectionPad1d
    ReflectionPad2d ReplicationPad1d ReplicationPad2d ZeroPad1d ZeroPad2d
"""
_LOSSES = """
    BCELoss BCEWithLogitsLoss CTCLoss CosineEmbeddingLoss CrossEntropyLoss GaussianNLLLoss
    HingeEmbeddingLoss HuberLoss KLDivLoss L1Loss MSELoss MarginRankingLoss MultiLabelMarginLoss
    MultiLabelSoftMarginLoss MultiMarginLoss NLLLoss PoissonNLLLoss SmoothL1Loss SoftMarginLoss
    TripletMarginLoss TripletMarginWithDistanceLoss
"""
_FUNCTIONAL = """
    adaptive_avg_pool1d adaptive_avg_pool2d adaptive_avg_pool3d adaptive_max_pool1d
    adaptive_max_pool2d adaptive_max_pool3d affine_grid alpha_dropout avg_pool1d avg_pool2d
    avg_pool3d batch_norm bilinear binary_cross_entropy binary_cross_entropy_with_logits celu
    channel_shuffle conv1d conv2d conv3d conv_transpose1d conv_transpose2d conv_transpose3d
    cosine_embedding_loss cosine_similarity cross_entropy ctc_loss dropout dropout1d dropout2d
    dropout3d elu elu_ embedding embedding_bag feature_alpha_dropout fold gaussian_nll_loss gelu glu
    grid_sample group_norm gumbel_softmax hardshrink hardsigmoid hardswish hardtanh hardtanh_
    hinge_embedding_loss huber_loss instance_norm interpolate kl_div l1_loss layer_norm leaky_relu
    leaky_relu_ linear local_response_norm log_softmax logsigmoid lp_pool1d lp_pool2d
    margin_ranking_loss max_pool1d max_pool2d max_pool3d max_unpool1d max_unpool2d mish mse_loss
    multi_margin_loss multilabel_margin_loss multilabel_soft_margin_loss nll_loss normalize one_hot
    pad pairwise_distance pdist pixel_shuffle pixel_unshuffle poisson_nll_loss prelu relu relu6
    relu_ rms_norm rrelu scaled_dot_product_attention selu selu_ sigmoid silu smooth_l1_loss
    soft_margin_loss softmax softmin softplus softshrink softsign tanh tanhshrink threshold
    triplet_margin_loss triplet_margin_with_distance_loss unfold upsample
"""
_INIT = """
    calculate_gain constant_ dirac_ eye_ kaiming_normal_ kaiming_uniform_ normal_ ones_ orthogonal_
    sparse_ trunc_normal_ uniform_ xavier_normal_ xavier_uniform_ zeros_
"""
_UTILS = "clip_grad_norm_ clip_grad_value_ parameters_to_vector vector_to_parameters"
_RNN = "pack_padded_sequence pack_sequence pad_packed_sequence pad_sequence"
_OPTIM = """
    ASGD Adadelta Adafactor Adagrad Adam AdamW Adamax LBFGS NAdam Optimizer RAdam RMSprop Rprop SGD
"""
_SCHEDULERS = """
    ChainedScheduler ConstantLR CosineAnnealingLR CosineAnnealingWarmRestarts CyclicLR ExponentialLR
    LambdaLR LinearLR LRScheduler MultiStepLR MultiplicativeLR OneCycleLR PolynomialLR
    ReduceLROnPlateau SequentialLR StepLR
"""
_DATA = """
    BatchSampler ConcatDataset DataLoader Dataset RandomSampler SequentialSampler Subset
    SubsetRandomSampler TensorDataset WeightedRandomSampler random_split IterableDataset Sampler
    default_collate
"""

WORDS: dict[str, frozenset[str]] = {
    "torch.nn": frozenset(
        " ".join([_CONTAINERS, _LAYERS, _ACTIVATIONS, _NORMS, _POOLS, _LOSSES]).split()
    ),
    "torch.nn.functional": frozenset(_FUNCTIONAL.split()),
    "torch.nn.init": frozenset(_INIT.split()),
    "torch.nn.utils": frozenset(_UTILS.split()),
    "torch.nn.utils.rnn": frozenset(_RNN.split()),
    "torch.nn.parameter": frozenset(["Parameter"]),
    "torch.optim": frozenset(_OPTIM.split()),
    "torch.optim.lr_scheduler": frozenset(_SCHEDULERS.split()),
    "torch.utils": frozenset(),
    "torch.utils.data": frozenset(_DATA.split()),
}
"""Module to what may be reached in it by a dot, or imported from it."""

BASES = frozenset(
    {
        *(f"torch.nn.{n}" for n in WORDS["torch.nn"] - {"Parameter"}),
        *(f"torch.utils.data.{n}" for n in ("Dataset", "IterableDataset", "Sampler")),
        *("torch.utils.data.TensorDataset", "torch.utils.data.Subset"),
        *("torch.autograd.Function", "torch.optim.Optimizer"),
        "torch.optim.lr_scheduler.LRScheduler",
    }
)
"""What a class of the text may derive from, besides classes of its own."""

_LOADER = """
    dataset batch_size shuffle sampler batch_sampler num_workers collate_fn pin_memory drop_last
    generator persistent_workers
"""
LOADER_SETTINGS = frozenset(_LOADER.split())
"""What a DataLoader may be given by name; see :mod:`groundup.language.own.calls`."""
