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
    configuration.
    """

    name: str
    year: int
    total: int
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
    Published("GPT-2", 2019, 124_439_808, _GPT2_SOURCE.format("gpt2"), _gpt2(768, 12, 12)),
    Published(
        "GPT-2 XL", 2019, 1_557_611_200, _GPT2_SOURCE.format("gpt2-xl"), _gpt2(1_600, 48, 25)
    ),
    Published(
        "Llama 3.2 1B",
        2024,
        1_235_814_400,
        "config.json of meta-llama/Llama-3.2-1B",
        Architecture(128_256, 2_048, 8_192, 16, 32, 8, tied=True),
    ),
    Published(
        "Llama 2 7B",
        2023,
        6_738_415_616,
        "config.json of meta-llama/Llama-2-7b-hf; Touvron et al. 2023",
        Architecture(32_000, 4_096, 11_008, 32, 32, 32),
    ),
    Published(
        "Mistral 7B v0.1",
        2023,
        7_241_732_096,
        "config.json of mistralai/Mistral-7B-v0.1; Jiang et al. 2023",
        Architecture(32_000, 4_096, 14_336, 32, 32, 8),
    ),
    Published(
        "Qwen2.5 7B",
        2024,
        7_615_616_512,
        "config.json of Qwen/Qwen2.5-7B; Qwen2.5 Technical Report 2024",
        Architecture(152_064, 3_584, 18_944, 28, 28, 4, attention_biases="qkv"),
    ),
    Published(
        "Llama 3 8B",
        2024,
        8_030_261_248,
        _LLAMA3_SOURCE.format("Meta-Llama-3-8B"),
        Architecture(128_256, 4_096, 14_336, 32, 32, 8),
    ),
    Published(
        "Qwen3 8B",
        2025,
        8_190_735_360,
        "config.json of Qwen/Qwen3-8B; Qwen3 Technical Report 2025",
        Architecture(151_936, 4_096, 12_288, 36, 32, 8, head_width=128, head_norms=True),
    ),
    Published(
        "Gemma 7B",
        2024,
        8_537_680_896,
        "config.json of google/gemma-7b; Gemma Team 2024",
        Architecture(
            256_000, 3_072, 24_576, 28, 16, 16, head_width=256, tied=True, activation="GELU"
        ),
    ),
    Published(
        "Gemma 2 9B",
        2024,
        9_241_705_984,
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
        ),
    ),
    Published(
        "Llama 3 70B",
        2024,
        70_553_706_496,
        _LLAMA3_SOURCE.format("Meta-Llama-3-70B"),
        Architecture(128_256, 8_192, 28_672, 80, 64, 8),
    ),
    Published(
        "Llama 3.1 405B",
        2024,
        405_853_388_800,
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
