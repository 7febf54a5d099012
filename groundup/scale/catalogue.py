"""Published models: their architecture, and where each number comes from.

The sizes are those of the configuration file that each publisher ships with the weights
(``config.json``), under the name in ``source``; the totals follow from them.
"""

from __future__ import annotations

from dataclasses import dataclass

from groundup.scale.architecture import Architecture


@dataclass(frozen=True)
class Published:
    """A model that someone trained.

    ``total`` is how many parameters the transformers library's class has with the publisher's
    configuration, ``context`` how many tokens a text may have at most (max_position_embeddings).
    """

    name: str
    year: int
    total: int
    context: int
    source: str
    architecture: Architecture


def _gpt2(hidden: int, layers: int, heads: int) -> Architecture:
    return Architecture(
        vocabulary=50_257,
        hidden=hidden,
        intermediate=4 * hidden,
        layers=layers,
        heads=heads,
        key_value_heads=heads,
        positions=1_024,
        gated=False,
        ffn_biases=True,
        attention_biases="all",
        tied=True,
        norm="LayerNorm",
        activation="GELU",
    )


_GPT2_SOURCE = "config.json of openai-community/{}; Radford et al. 2019"
_LLAMA3_SOURCE = "config.json of meta-llama/{}; Grattafiori et al. 2024, The Llama 3 Herd of Models"

MODELS: tuple[Published, ...] = (
    Published("GPT-2", 2019, 124_439_808, 1_024, _GPT2_SOURCE.format("gpt2"), _gpt2(768, 12, 12)),
    Published(
        "GPT-2 XL", 2019, 1_557_611_200, 1_024, _GPT2_SOURCE.format("gpt2-xl"), _gpt2(1_600, 48, 25)
    ),
    Published(
        "Llama 3.2 1B",
        2024,
        1_235_814_400,
        131_072,
        "config.json of meta-llama/Llama-3.2-1B",
        Architecture(128_256, 2_048, 8_192, 16, 32, 8, tied=True),
    ),
    Published(
        "Phi-2",
        2023,
        2_779_683_840,
        2_048,
        "config.json of microsoft/phi-2; Javaheripi et al. 2023",
        Architecture(
            51_200,
            2_560,
            10_240,
            32,
            32,
            32,
            gated=False,
            ffn_biases=True,
            attention_biases="all",
            norm="LayerNorm",
            norms_per_layer=1,
            parallel=True,
            head_bias=True,
            activation="GELU",
        ),
    ),
    Published(
        "GPT-J 6B",
        2021,
        6_050_882_784,
        2_048,
        "config.json of EleutherAI/gpt-j-6b; Wang and Komatsuzaki 2021",
        Architecture(
            50_400,
            4_096,
            16_384,
            28,
            16,
            16,
            gated=False,
            ffn_biases=True,
            norm="LayerNorm",
            norms_per_layer=1,
            parallel=True,
            head_bias=True,
            activation="GELU",
        ),
    ),
    Published(
        "Llama 2 7B",
        2023,
        6_738_415_616,
        4_096,
        "config.json of meta-llama/Llama-2-7b-hf; Touvron et al. 2023",
        Architecture(32_000, 4_096, 11_008, 32, 32, 32),
    ),
    Published(
        "Falcon 7B",
        2023,
        6_921_720_704,
        2_048,
        "config.json of tiiuae/falcon-7b; Almazrouei et al. 2023",
        Architecture(
            65_024,
            4_544,
            18_176,
            32,
            71,
            1,
            gated=False,
            tied=True,
            norm="LayerNorm",
            norms_per_layer=1,
            parallel=True,
            activation="GELU",
        ),
    ),
    Published(
        "Mistral 7B v0.1",
        2023,
        7_241_732_096,
        32_768,
        "config.json of mistralai/Mistral-7B-v0.1; Jiang et al. 2023",
        Architecture(32_000, 4_096, 14_336, 32, 32, 8, window=4_096),
    ),
    Published(
        "OLMo 2 7B",
        2024,
        7_298_617_344,
        4_096,
        "config.json of allenai/OLMo-2-1124-7B; OLMo Team 2024, 2 OLMo 2 Furious",
        Architecture(100_352, 4_096, 11_008, 32, 32, 32, norms_after=True, query_norms=True),
    ),
    Published(
        "Qwen2.5 7B",
        2024,
        7_615_616_512,
        131_072,
        "config.json of Qwen/Qwen2.5-7B; Qwen2.5 Technical Report 2024",
        Architecture(152_064, 3_584, 18_944, 28, 28, 4, attention_biases="qkv"),
    ),
    Published(
        "Llama 3 8B",
        2024,
        8_030_261_248,
        8_192,
        _LLAMA3_SOURCE.format("Meta-Llama-3-8B"),
        Architecture(128_256, 4_096, 14_336, 32, 32, 8),
    ),
    Published(
        "Qwen3 8B",
        2025,
        8_190_735_360,
        40_960,
        "config.json of Qwen/Qwen3-8B; Qwen3 Technical Report 2025",
        Architecture(151_936, 4_096, 12_288, 36, 32, 8, head_width=128, head_norms=True),
    ),
    Published(
        "Gemma 7B",
        2024,
        8_537_680_896,
        8_192,
        "config.json of google/gemma-7b; Gemma Team 2024",
        Architecture(
            256_000, 3_072, 24_576, 28, 16, 16, head_width=256, tied=True, activation="GELU"
        ),
    ),
    Published(
        "Gemma 2 9B",
        2024,
        9_241_705_984,
        8_192,
        "config.json of google/gemma-2-9b; Gemma Team 2024, Gemma 2",
        Architecture(
            256_000,
            3_584,
            14_336,
            42,
            16,
            8,
            head_width=256,
            tied=True,
            norms_per_layer=4,
            activation="GELU",
            window=4_096,
            window_every=2,
        ),
    ),
    Published(
        "Qwen1.5 MoE A2.7B",
        2024,
        14_315_784_192,
        8_192,
        "config.json of Qwen/Qwen1.5-MoE-A2.7B",
        Architecture(
            151_936,
            2_048,
            1_408,
            24,
            16,
            16,
            attention_biases="qkv",
            experts=60,
            experts_per_token=4,
            shared_expert=5_632,
        ),
    ),
    Published(
        "Qwen3 30B A3B",
        2025,
        30_532_122_624,
        40_960,
        "config.json of Qwen/Qwen3-30B-A3B; Qwen3 Technical Report 2025",
        Architecture(
            151_936,
            2_048,
            768,
            48,
            32,
            4,
            head_width=128,
            head_norms=True,
            experts=128,
            experts_per_token=8,
        ),
    ),
    Published(
        "Mixtral 8x7B",
        2023,
        46_702_792_704,
        32_768,
        "config.json of mistralai/Mixtral-8x7B-v0.1; Jiang et al. 2024, Mixtral of Experts",
        Architecture(32_000, 4_096, 14_336, 32, 32, 8, experts=8, experts_per_token=2),
    ),
    Published(
        "Llama 3 70B",
        2024,
        70_553_706_496,
        8_192,
        _LLAMA3_SOURCE.format("Meta-Llama-3-70B"),
        Architecture(128_256, 8_192, 28_672, 80, 64, 8),
    ),
    Published(
        "Llama 3.1 405B",
        2024,
        405_853_388_800,
        131_072,
        _LLAMA3_SOURCE.format("Llama-3.1-405B"),
        Architecture(128_256, 16_384, 53_248, 126, 128, 8),
    ),
)
"""From the smallest to the largest."""


def published(name: str) -> Published:
    """The model called ``name``.

    Raises:
        ValueError: if the catalogue has none of that name.
    """
    for model in MODELS:
        if model.name == name:
            return model
    raise ValueError(f"no model is called {name!r}; there are: {', '.join(m.name for m in MODELS)}")


def same_as(a: Architecture) -> Published | None:
    """The published model that has exactly these sizes, if one has."""
    return next((model for model in MODELS if model.architecture == a), None)


def too_long(a: Architecture, context: int) -> str:
    """Why ``context`` tokens are too many for ``a``, and what to do; empty if they are not."""
    known = same_as(a)
    most = a.positions or (known.context if known else context)
    if context <= most:
        return ""
    of = f"{known.name} has" if known else "This model has"
    what = "learned positions" if a.positions else "positions in its configuration"
    return (
        f"{of} {most:,} {what}: a text of {context:,} tokens is none for it, and is not priced. "
        f"Choose a context of {most:,} or less."
    )
