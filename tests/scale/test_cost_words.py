"""What the page says of a model's sizes and costs, tried where it would be false."""

import math
import re
from dataclasses import replace

import pytest
import torch
from torch import nn

from groundup.engine import lesson, observe
from groundup.scale import (
    architecture,
    catalogue,
    ffn_training,
    formulas,
    ladder,
    measure,
    memory,
)
from groundup.scale.architecture import Architecture
from groundup.scale.measure import Budget
from tests.scale.test_formulas import MODELS, ODD, worked_out
from tests.scale.test_scale import SMALL, built, count

ROOMY = Budget(2**30, "for a test")


def names_of(a: Architecture, **more: float) -> dict[str, float]:
    """The words of a rule, and their values for ``a``."""
    windowed = math.ceil(a.layers / a.window_every) if a.window else 0
    return {
        "windowed layers": windowed,
        "other layers": a.layers - windowed,
        "experts per token": a.experts_per_token,
        "head width": a.head_width or a.hidden // a.heads,
        "the embedding's own matrix": 0,
        "vocabulary": a.vocabulary,
        "hidden": a.hidden,
        "intermediate": a.intermediate,
        "layers": a.layers,
        "positions": a.positions,
        "experts": a.experts,
        "shared": a.shared_expert,
        "window": a.window,
        "query": a.heads * (a.head_width or a.hidden // a.heads),
        "key": a.key_value_heads * (a.head_width or a.hidden // a.heads),
    } | more


@pytest.mark.parametrize("a", [*MODELS, ODD])
def test_a_rule_with_its_words_replaced_by_their_values_gives_the_value(a):
    size = {"float32": 4, "bfloat16": 2, "float16": 2, "int8": 1, "int4": 0.5}
    for context, dtype in ((1_000, "float32"), (10_000, "bfloat16")):
        forward = sum(f.value for f in formulas.flop_formulas(a, context)[:-1])
        words = names_of(a, context=context, batch=3, forward=forward)
        words |= {"parameters": sum(f.value for f in formulas.parameter_formulas(a))}
        words |= {"saved numbers a token": sum(memory.activation_elements(a).values())}
        shown = [*formulas.parameter_formulas(a), *formulas.flop_formulas(a, context)]
        shown += formulas.inference_formulas(a, 3, context, dtype)
        shown += formulas.training_formulas(a, 3, context, dtype)
        for formula in shown:
            named = formula.name.rpartition(" in ")[2]
            words["bytes"] = size.get(named, size[dtype])
            rule = re.sub(r", (kept|with).*", "", formula.rule)
            for word, value in words.items():
                rule = re.sub(rf"\b{word}\b", str(value), rule)
            assert worked_out(rule) == pytest.approx(formula.value, abs=0.5), formula


def test_the_sources_formulas_give_the_same_numbers():
    """Kaplan et al. 2020, table 1; ZeRO, section 3.1; Korthikanti et al. 2022, section 4.1."""
    gpt = catalogue.published("GPT-2 XL").architecture
    forward = architecture.forward_flops(gpt, 1_024)
    assert forward["attention"] + forward["feed-forward"] == 2 * 12 * gpt.layers * gpt.hidden**2
    # "requires at least 24 GB" for 1.5 billion parameters: 16 bytes of states for each.
    held = memory.training_bytes(gpt, 1, 1, "float16")
    states = sum(held.values()) - held["activations"] - held["logits"]
    assert states == pytest.approx(16 * architecture.total(gpt))
    assert states * 1.5e9 / architecture.total(gpt) == pytest.approx(24e9)
    # 34 bytes a token and hidden unit, two of them for masks of dropout, which is not used here.
    saved = memory.activation_elements(gpt)
    layer = sum(saved[n] for n in ("attention", "feed-forward")) / gpt.layers
    layer += 2 * saved["norms"] / (2 * gpt.layers + 1)
    assert 2 * layer / gpt.hidden == pytest.approx(34 - 2, rel=0.03)


DEFAULTS = {
    "GPT-2": "GPT2",
    "GPT-J 6B": "GPTJ",
    "Llama 2 7B": "Llama",
    "Mistral 7B v0.1": "Mistral",
    "Gemma 7B": "Gemma",
    "Falcon 7B": "Falcon",
    "Qwen1.5 MoE A2.7B": "Qwen2Moe",
    "Mixtral 8x7B": "Mixtral",
}
"""Models that are the defaults of their class in transformers, as its documentation says."""


# transformers and what it imports warn about their own future.
@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("name", DEFAULTS)
def test_a_models_sizes_are_the_defaults_of_its_class(name):
    import transformers  # noqa: PLC0415  # slow to import

    kind = getattr(transformers, f"{DEFAULTS[name]}Config")
    config = kind()
    with torch.device("meta"):
        model = transformers.AutoModelForCausalLM.from_config(config)
    model.tie_weights()
    known = catalogue.published(name)
    assert count(model) == known.total
    (shipped,) = re.findall(r"config\.json of ([^;]+)", known.source)
    assert shipped.lower() in kind.__doc__.lower()
    assert config.num_hidden_layers == known.architecture.layers
    assert config.num_attention_heads == known.architecture.heads
    assert not [n for n, _ in model.named_parameters() if "rotary" in n]


@pytest.mark.filterwarnings("default")
def test_whose_layers_have_a_window_and_how_many_of_them():
    from transformers import Gemma2Config, MistralConfig  # noqa: PLC0415  # slow to import

    mistral = catalogue.published("Mistral 7B v0.1").architecture
    gemma = catalogue.published("Gemma 2 9B").architecture
    assert (mistral.window, mistral.window_every) == (MistralConfig().sliding_window, 1)
    assert (gemma.window, gemma.window_every) == (Gemma2Config().sliding_window, 2)
    kinds = Gemma2Config(num_hidden_layers=gemma.layers).layer_types
    assert kinds[:3] == ["sliding_attention", "full_attention", "sliding_attention"]
    assert kinds.count("sliding_attention") == gemma.windowed_layers


@pytest.mark.parametrize(
    ("change", "remedy"),
    [
        ({"hidden": 33}, {"hidden": 36}),
        ({"hidden": 33}, {"head_width": 8}),
        ({"key_value_heads": 3}, {"heads": 6, "hidden": 36}),
        ({"norms_per_layer": 3}, {"norms_per_layer": 4}),
        ({"norms_per_layer": 1}, {"parallel": True}),
        ({"norms_per_layer": 4, "norms_after": True}, {"norms_per_layer": 2}),
        ({"head_norms": True, "query_norms": True}, {"query_norms": False}),
        ({"shared_expert": 8}, {"experts": 2}),
        ({"experts": 2, "experts_per_token": 3}, {"experts_per_token": 2}),
        ({"experts": 2, "ffn_biases": True}, {"ffn_biases": False}),
        ({"norm": "BatchNorm"}, {"norm": "LayerNorm"}),
    ],
)
def test_who_follows_a_refusal_gets_a_model(change, remedy):
    with pytest.raises(ValueError, match=r"\w"):
        replace(SMALL, **change)
    wanted = replace(SMALL, **change | remedy)
    assert count(built(wanted)) == architecture.total(wanted)


@pytest.mark.parametrize("norms", [1, 2, 4])
def test_a_parallel_block_may_have_one_norm_or_two_or_four(norms):
    a = replace(SMALL, parallel=True, norms_per_layer=norms)
    assert count(built(a)) == architecture.total(a)


def test_what_the_dials_say_of_parameters_and_cache():
    a = replace(SMALL, tied=True)
    for activation in architecture.CHOICES["activation"]:
        assert architecture.total(replace(a, activation=activation)) == architecture.total(a)
    model = built(a)
    assert model.head.weight is model.embedding.weight
    assert [n for n, _ in nn.LayerNorm(3).named_parameters()] == ["weight", "bias"]
    assert [n for n, _ in nn.RMSNorm(3).named_parameters()] == ["weight"]
    caches = [
        memory.cache_bytes(replace(a, key_value_heads=n), 1, 64, "bfloat16") for n in (1, 2, 4)
    ]
    assert caches[2] == 2 * caches[1] == 4 * caches[0]
    # A key and a value of 8 numbers, 2 bytes each, for 64 tokens in 2 layers.
    assert caches[0] == 2 * 8 * 2 * 64 * 2
    for per_token in (1, 7):
        other = replace(a, experts_per_token=per_token)
        assert architecture.total(other) == architecture.total(a) == architecture.active(other)
        assert architecture.forward_flops(other, 9) == architecture.forward_flops(a, 9)
    moe = replace(SMALL, experts=4)
    assert sorted(n for n, _ in built(moe).blocks[0].feed_forward.named_parameters()) == [
        *("down", "gate", "router.weight", "up")
    ]
    run = observe.run(lesson.load("language_model").set(**moe.built).text)
    said = [int(n.replace(",", "")) for n in re.findall(r"[\d,]+", run.output)]
    block = run.variables["model"].blocks[0]
    assert said == [count(run.variables["model"]), count(block), 2, count(block.feed_forward)]
    assert built(moe).blocks[0].feed_forward.up.shape == (4, SMALL.intermediate, SMALL.hidden)


def test_a_norm_keeps_numbers_in_range():
    torch.manual_seed(0)
    x = torch.randn(5, 64) * torch.tensor([[0.1], [1.0], [1e3], [1e5], [7.0]])
    for norm in (nn.RMSNorm(64), nn.LayerNorm(64)):
        assert norm(x).square().mean(1).sqrt().tolist() == pytest.approx([1.0] * 5, rel=1e-2)


def test_sizes_that_the_page_names():
    llama, gpt = (catalogue.published(n).architecture for n in ("Llama 3 8B", "GPT-2"))
    assert (gpt.intermediate / gpt.hidden, llama.intermediate / llama.hidden) == (4, 3.5)
    assert (llama.hidden, measure.RATIO, measure.WIDTHS[-1]) == (4_096, 3.5, 4_096)
    planned = ffn_training.planned(64, ROOMY)
    assert planned.settings["intermediate"] == 4 * 64
    assert (ladder.rungs()[0].parameters, round(architecture.total(llama) / 1e9)) == (2, 8)


@pytest.mark.parametrize("fills", ladder.rungs(), ids=lambda rung: rung.name)
@pytest.mark.parametrize("small", ladder.rungs()[:3], ids=lambda rung: rung.name)
def test_how_small_one_model_is_beside_another(small, fills):
    said = ladder.how_small(small, fills)
    unit = {"km": 1e3, "m": 1, "cm": 1e-2, "mm": 1e-3, "µm": 1e-6, "nm": 1e-9}
    found = [float(n) * unit[u] for n, u in re.findall(r"([\d.e+]+) (km|cm|mm|µm|nm|m) wide", said)]
    ratio = math.sqrt(fills.parameters / small.parameters)
    assert found == pytest.approx([0.1, 0.1 / ratio, 1e-3 * ratio], rel=5e-3)
    assert "17 to 181 µm" in said


@pytest.mark.parametrize("dtype", ["int8", "int4"])
def test_torch_computes_gradients_of_floating_point_numbers_alone(dtype):
    assert not getattr(torch, dtype).is_floating_point
    with pytest.raises(RuntimeError, match="floating point"):
        torch.zeros(3, dtype=torch.int8, requires_grad=True)
    for trainable in memory.TRAINABLE:
        assert torch.zeros(3, dtype=getattr(torch, trainable), requires_grad=True).requires_grad
    for training in (False, True):
        said = memory.not_counted(dtype, training=training)
        assert ("the scales that go with each group" in said) is not training
        assert ("what each layer makes on its way" in said) is not training
    held = memory.inference_bytes(SMALL, 1, 9, dtype)
    assert held["weights"] == math.ceil(architecture.total(SMALL) * memory.BYTES[dtype])
    assert set(held) == {"weights", "cache"}


def test_a_number_takes_the_width_of_its_format():
    for name, size_of in memory.BYTES.items():
        if name != "int4":
            assert torch.zeros(1, dtype=getattr(torch, name)).element_size() == size_of
    assert 8 * memory.BYTES["int4"] == 4


SEEN = {
    "NVIDIA T4": (14.56, 14.57, 14.58, 14.74, 14.75),
    "GeForce RTX 4090": (23.61, 23.64),
    "NVIDIA A100": (79.14, 79.15, 79.25),
    "NVIDIA H100": (79.11, 79.18, 79.19),
    "NVIDIA H200": (139.72, 139.80, 139.81),
    "AMD MI300X": (191.69, 191.98),
}
"""GiB after "a total capacity of" in torch's messages, as public threads and files quote them."""


def test_a_cards_memory_is_one_that_torch_reported():
    assert set(SEEN) == {card.name for card in memory.ACCELERATORS}
    for card in memory.ACCELERATORS:
        assert card.gib in SEEN[card.name]
        assert all(abs(card.gib - other) <= 0.3 for other in SEEN[card.name])
        assert card.gib < float(card.sold_as.removesuffix(" GB"))
