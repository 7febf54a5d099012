"""Sizes and costs against what torch builds, counts and saves, and against transformers' models."""

from dataclasses import asdict, replace

import pytest
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from torch.nn.functional import cross_entropy
from torch.utils.flop_counter import FlopCounterMode

from groundup.engine import lesson, observe
from groundup.scale import architecture, catalogue, memory
from groundup.scale.architecture import Architecture

SMALL = Architecture(101, 32, 56, 2, 4, 2)


def built(a: Architecture, device: str = "meta") -> torch.nn.Module:
    run = observe.run(lesson.load("language_model").set(**asdict(a), device=device).text)
    assert run.state == "done", run.failure
    return run.variables["model"]


def count(module: torch.nn.Module) -> int:
    return sum(p.numel() for p in module.parameters())


@st.composite
def architectures(draw) -> Architecture:
    shared, kv, width = draw(st.integers(1, 4)), draw(st.integers(1, 4)), draw(st.integers(1, 8))
    heads = shared * kv
    free = draw(st.booleans())
    return Architecture(
        vocabulary=draw(st.integers(1, 200)),
        hidden=draw(st.integers(1, 64)) if free else heads * width,
        intermediate=draw(st.integers(1, 128)),
        layers=draw(st.integers(1, 3)),
        heads=heads,
        key_value_heads=kv,
        head_width=width if free else 0,
        positions=draw(st.sampled_from([0, 40])),
        gated=draw(st.booleans()),
        ffn_biases=draw(st.booleans()),
        attention_biases=draw(st.sampled_from(architecture.CHOICES["attention_biases"])),
        tied=draw(st.booleans()),
        norm=draw(st.sampled_from(architecture.CHOICES["norm"])),
        norms_per_layer=draw(st.sampled_from([2, 4])),
        head_norms=draw(st.booleans()),
        activation=draw(st.sampled_from(architecture.CHOICES["activation"])),
    )


@settings(max_examples=100, deadline=None)
@given(architectures())
def test_each_part_has_the_parameters_that_torch_builds(a):
    model = built(a)
    blocks = list(model.blocks)
    norms = [m for m in model.modules() if type(m).__name__ in ("RMSNorm", "LayerNorm")]
    head_norms = [n for b in blocks for n in (b.attention.query_norm, b.attention.key_norm)]
    truth = {
        "embedding": count(model.embedding) + (count(model.position) if a.positions else 0),
        "attention": sum(count(b.attention) for b in blocks) - sum(map(count, head_norms)),
        "feed-forward": sum(count(b.feed_forward) for b in blocks),
        "norms": sum(map(count, norms)),
        "head": 0 if a.tied else count(model.head),
    }
    assert architecture.parameters(a) == truth
    assert architecture.total(a) == count(model)


@settings(max_examples=40, deadline=None)
@given(architectures(), st.integers(1, 3), st.integers(1, 16))
def test_flops_are_those_that_torchs_counter_counts(a, batch, context):
    # Without a head of its own, torch skips the backward product of an input nobody asks about.
    assume(not a.positions or context <= a.positions)
    model, tokens = built(a), torch.zeros(batch, context, dtype=torch.long, device="meta")
    with FlopCounterMode(display=False) as counter:
        loss = model(tokens).sum()
    forward = counter.get_total_flops()
    with FlopCounterMode(display=False) as counter:
        loss.backward()
    per_token = architecture.forward_flops(a, context), architecture.backward_flops(a, context)
    assert forward == batch * context * sum(per_token[0].values())
    assert counter.get_total_flops() == batch * context * sum(per_token[1].values())
    assert architecture.step_flops(a, batch * context, context) == 3 * forward


@pytest.mark.parametrize(("gated", "matrices"), [(False, 2), (True, 3)])
def test_a_blocks_flops_are_two_for_each_weight_and_token(gated, matrices):
    block = built(replace(SMALL, gated=gated)).blocks[0].feed_forward
    with FlopCounterMode(display=False) as counter:
        block(torch.zeros(7, 32, device="meta"))
    assert architecture.ffn_flops(32, 56, 7, gated=gated) == counter.get_total_flops()
    assert counter.get_total_flops() == 2 * matrices * 32 * 56 * 7


def saved_bytes(model: torch.nn.Module, tokens: torch.Tensor) -> int:
    """Bytes of the storages that autograd saves, the parameters' own left out."""
    own = {p.untyped_storage().data_ptr() for p in model.parameters()}
    saved: dict[int, torch.Tensor] = {}

    def keep(tensor: torch.Tensor) -> torch.Tensor:
        saved.setdefault(tensor.untyped_storage().data_ptr(), tensor)
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(keep, lambda tensor: tensor):
        cross_entropy(model(tokens).flatten(0, 1), tokens.flatten())
    return sum(t.untyped_storage().nbytes() for where, t in saved.items() if where not in own)


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"gated": False},
        {"gated": False, "activation": "ReLU"},
        {"activation": "ReLU"},
        {"activation": "GELU"},
        {"norm": "LayerNorm"},
        {"norms_per_layer": 4},
        {"head_norms": True},
        {"key_value_heads": 4},
        {"head_width": 16},
        {"tied": True, "layers": 1},
    ],
)
def test_activations_are_the_tensors_that_autograd_saves(change):
    a = replace(SMALL, **change)
    tokens = torch.arange(48).view(3, 16)
    # The loss saves one number more: the total weight it divides by.
    truth = saved_bytes(built(a, "cpu"), tokens) - 4
    assert 4 * 48 * sum(memory.activation_elements(a).values()) == truth


def test_published_totals_come_out_exactly():
    for model in catalogue.MODELS:
        assert architecture.total(model.architecture) == model.total, model.name
        assert count(built(model.architecture)) == model.total, model.name


def test_the_articles_layer_and_llamas_own():
    article = torch.nn.Sequential(
        torch.nn.Linear(4096, 14336, device="meta"), torch.nn.Linear(14336, 4096, device="meta")
    )
    assert architecture.ffn_parameters(4096, 14336) == count(article) == 117_458_944
    assert architecture.ffn_parameters(4096, 14336, gated=True, biases=False) == 176_160_768


def transformers_configurations():
    """The published configurations, written as transformers' own classes take them."""
    from transformers import (  # noqa: PLC0415  # slow to import: only where it is needed
        Gemma2Config,
        GemmaConfig,
        GPT2Config,
        LlamaConfig,
        MistralConfig,
        Qwen2Config,
        Qwen3Config,
    )

    def sizes(*numbers, **more):
        names = ("hidden_size", "intermediate_size", "num_hidden_layers", "num_attention_heads")
        names = (*names, "num_key_value_heads", "vocab_size")
        return dict(zip(names, numbers, strict=True)) | more

    own = {"tie_word_embeddings": False}
    tied = {"tie_word_embeddings": True}
    llama3 = (128256,)
    return {
        "GPT-2": GPT2Config(),
        "GPT-2 XL": GPT2Config(n_embd=1600, n_layer=48, n_head=25),
        "Llama 3.2 1B": LlamaConfig(**sizes(2048, 8192, 16, 32, 8, *llama3, **tied)),
        "Llama 2 7B": LlamaConfig(**sizes(4096, 11008, 32, 32, 32, 32000, **own)),
        "Mistral 7B v0.1": MistralConfig(**sizes(4096, 14336, 32, 32, 8, 32000, **own)),
        "Qwen2.5 7B": Qwen2Config(**sizes(3584, 18944, 28, 28, 4, 152064, **own)),
        "Llama 3 8B": LlamaConfig(**sizes(4096, 14336, 32, 32, 8, *llama3, **own)),
        "Qwen3 8B": Qwen3Config(**sizes(4096, 12288, 36, 32, 8, 151936, head_dim=128, **own)),
        "Gemma 7B": GemmaConfig(**sizes(3072, 24576, 28, 16, 16, 256000, head_dim=256, **tied)),
        "Gemma 2 9B": Gemma2Config(**sizes(3584, 14336, 42, 16, 8, 256000, head_dim=256, **tied)),
        "Llama 3 70B": LlamaConfig(**sizes(8192, 28672, 80, 64, 8, *llama3, **own)),
        "Llama 3.1 405B": LlamaConfig(**sizes(16384, 53248, 126, 128, 8, *llama3, **own)),
    }


# transformers and what it imports warn about their own future.
@pytest.mark.filterwarnings("default")
def test_transformers_builds_the_same_number_of_parameters():
    import transformers  # noqa: PLC0415

    configurations = transformers_configurations()
    assert set(configurations) == {m.name for m in catalogue.MODELS}
    for name, configuration in configurations.items():
        with torch.device("meta"):
            model = transformers.AutoModelForCausalLM.from_config(configuration)
        model.tie_weights()
        assert count(model) == architecture.total(catalogue.published(name).architecture), name


@pytest.mark.parametrize("name", architecture.LIMITS)
@pytest.mark.parametrize("value", [-1, 10**12, 1.5, "8", True, None])
def test_an_impossible_size_is_refused_in_a_sentence(name, value):
    with pytest.raises(ValueError, match=rf"{name} = .* whole number from \d"):
        replace(SMALL, **{name: value})


def test_sizes_at_their_bounds_are_counted_without_building_anything():
    low = {name: bounds[0] for name, bounds in architecture.LIMITS.items()}
    high = {name: bounds[1] for name, bounds in architecture.LIMITS.items()}
    assert architecture.total(Architecture(**low)) == 1 + 4 + 3 + 3 + 1
    assert architecture.total(Architecture(**high)) > 10**13
    for name in ("vocabulary", "hidden", "intermediate", "layers", "heads", "key_value_heads"):
        with pytest.raises(ValueError, match=name):
            replace(SMALL, **{name: 0})


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"hidden": 33}, "multiple of heads"),
        ({"key_value_heads": 3}, "multiple of key/value heads"),
        ({"norms_per_layer": 3}, "2 or 4"),
        ({"norm": "BatchNorm"}, "RMSNorm, LayerNorm"),
        ({"gated": 1}, "True or False"),
    ],
)
def test_sizes_that_do_not_fit_together_say_what_to_change(change, says):
    with pytest.raises(ValueError, match=says):
        replace(SMALL, **change)


def test_an_unknown_model_names_the_known_ones():
    with pytest.raises(ValueError, match="GPT-2 XL"):
        catalogue.published("GPT-5")
