"""Sizes and costs against what torch builds, counts and saves, and against transformers' models."""

from dataclasses import replace

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
    run = observe.run(lesson.load("language_model").set(**a.built, device=device).text)
    assert run.state == "done", run.failure
    return run.variables["model"]


def count(module: torch.nn.Module) -> int:
    return sum(p.numel() for p in module.parameters())


@st.composite
def architectures(draw) -> Architecture:
    shared, kv, width = draw(st.integers(1, 4)), draw(st.integers(1, 4)), draw(st.integers(1, 8))
    heads = shared * kv
    free, parallel, experts = draw(st.booleans()), draw(st.booleans()), draw(st.integers(0, 4))
    norms = draw(st.sampled_from([1, 2, 4] if parallel else [2, 4]))
    each_head, whole = draw(st.sampled_from([(False, False), (True, False), (False, True)]))
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
        ffn_biases=draw(st.booleans()) and not experts,
        attention_biases=draw(st.sampled_from(architecture.CHOICES["attention_biases"])),
        tied=draw(st.booleans()),
        norm=draw(st.sampled_from(architecture.CHOICES["norm"])),
        norms_per_layer=norms,
        norms_after=norms == 2 and draw(st.booleans()),
        parallel=parallel,
        head_norms=each_head,
        query_norms=whole,
        head_bias=draw(st.booleans()),
        experts=experts,
        experts_per_token=draw(st.integers(1, max(experts, 1))),
        shared_expert=draw(st.sampled_from([0, 24])) if experts else 0,
        activation=draw(st.sampled_from(architecture.CHOICES["activation"])),
    )


@settings(max_examples=100, deadline=None)
@given(architectures())
def test_each_part_has_the_parameters_that_torch_builds(a):
    model = built(a)
    blocks = list(model.blocks)
    norms = [m for m in model.modules() if type(m).__name__ in ("RMSNorm", "LayerNorm")]
    names = ("query_norm", "key_norm", "head_norm_q", "head_norm_k")
    head_norms = [getattr(b.attention, name) for b in blocks for name in names]
    truth = {
        "embedding": count(model.embedding) + (count(model.position) if a.positions else 0),
        "attention": sum(count(b.attention) for b in blocks) - sum(map(count, head_norms)),
        "feed-forward": sum(count(b.feed_forward) for b in blocks),
        "norms": sum(map(count, norms)),
        "head": count(model.head) - a.tied * a.vocabulary * a.hidden,
    }
    assert architecture.parameters(a) == truth
    assert architecture.total(a) == count(model)


@settings(max_examples=40, deadline=None)
@given(architectures(), st.integers(1, 3), st.integers(1, 16))
def test_flops_are_those_that_torchs_counter_counts(a, batch, context):
    # Without a head of its own, torch skips the backward product of an input nobody asks about.
    assume(not a.positions or context <= a.positions)
    # On meta nobody knows which expert a token chooses, and on the CPU attention is not counted.
    device = "cpu" if a.experts else "meta"
    model, tokens = built(a, device), torch.zeros(batch, context, dtype=torch.long, device=device)
    with FlopCounterMode(display=False) as counter:
        loss = model(tokens).sum()
    forward = counter.get_total_flops()
    with FlopCounterMode(display=False) as counter:
        loss.backward()
    per_token = architecture.forward_flops(a, context), architecture.backward_flops(a, context)
    per_token = [
        {k: v for k, v in way.items() if k != "scores" or not a.experts} for way in per_token
    ]
    assert forward == batch * context * sum(per_token[0].values())
    assert counter.get_total_flops() == batch * context * sum(per_token[1].values())
    if not a.experts:
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
        {"norms_after": True},
        {"query_norms": True, "norm": "LayerNorm"},
        {"parallel": True},
        {"parallel": True, "norms_per_layer": 4},
        {"parallel": True, "norms_per_layer": 1, "gated": False, "head_bias": True},
        {"experts": 4},
        {"experts": 5, "experts_per_token": 3, "shared_expert": 24},
        {"experts": 4, "gated": False, "activation": "ReLU"},
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
        FalconConfig,
        Gemma2Config,
        GemmaConfig,
        GPT2Config,
        GPTJConfig,
        LlamaConfig,
        MistralConfig,
        MixtralConfig,
        Olmo2Config,
        PhiConfig,
        Qwen2Config,
        Qwen2MoeConfig,
        Qwen3Config,
        Qwen3MoeConfig,
    )

    def sizes(*numbers, **more):
        names = ("hidden_size", "intermediate_size", "num_hidden_layers", "num_attention_heads")
        names = (*names, "num_key_value_heads", "vocab_size")
        return dict(zip(names, numbers, strict=True)) | more

    own = {"tie_word_embeddings": False}
    tied = {"tie_word_embeddings": True}
    llama3 = (128256,)
    falcon = {"multi_query": True, "parallel_attn": True, "bias": False, "alibi": False}
    qwen1 = {"moe_intermediate_size": 1408, "shared_expert_intermediate_size": 5632}
    qwen1 |= {"num_experts": 60, "num_experts_per_tok": 4}
    qwen3 = {"moe_intermediate_size": 768, "num_experts": 128, "num_experts_per_tok": 8}
    return {
        "GPT-J 6B": GPTJConfig(),
        "Phi-2": PhiConfig(**sizes(2560, 10240, 32, 32, 32, 51200, **own)),
        "Falcon 7B": FalconConfig(
            vocab_size=65024,
            hidden_size=4544,
            num_hidden_layers=32,
            num_attention_heads=71,
            **falcon,
            **tied,
        ),
        "OLMo 2 7B": Olmo2Config(**sizes(4096, 11008, 32, 32, 32, 100352, **own)),
        "Mixtral 8x7B": MixtralConfig(
            **sizes(4096, 14336, 32, 32, 8, 32000, **own),
            num_local_experts=8,
            num_experts_per_tok=2,
        ),
        "Qwen1.5 MoE A2.7B": Qwen2MoeConfig(
            **sizes(2048, 5632, 24, 16, 16, 151936), **qwen1, **own
        ),
        "Qwen3 30B A3B": Qwen3MoeConfig(
            **sizes(2048, 6144, 48, 32, 4, 151936, head_dim=128), **qwen3, **own
        ),
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
        a = catalogue.published(name).architecture
        assert count(model) == architecture.total(a), name
        if a.experts:
            in_experts = sum(p.numel() for n, p in model.named_parameters() if ".experts." in n)
            idle = in_experts * (a.experts - configuration.num_experts_per_tok) // a.experts
            assert count(model) - idle == architecture.active(a), name


def test_mixtral_has_47_billion_parameters_and_a_token_meets_13():
    mixtral = catalogue.published("Mixtral 8x7B").architecture
    assert architecture.total(mixtral) == 46_702_792_704
    assert architecture.active(mixtral) == 12_879_925_248
    assert catalogue.same_as(replace(mixtral, experts=0)) is None


@pytest.mark.parametrize(
    ("name", "most"), [("GPT-2", 1_024), ("Llama 3 8B", 8_192), ("Mistral 7B v0.1", 32_768)]
)
def test_a_text_longer_than_a_models_positions_is_refused(name, most):
    a = catalogue.published(name).architecture
    assert catalogue.too_long(a, most) == ""
    assert f"Choose a context of {most:,} or less" in catalogue.too_long(a, most + 1)


def test_only_learned_positions_bound_a_model_that_nobody_published():
    assert catalogue.too_long(SMALL, 1_000_000) == ""
    assert "This model has 40 learned positions" in catalogue.too_long(
        replace(SMALL, positions=40), 41
    )


@pytest.mark.parametrize("name", architecture.LIMITS)
@pytest.mark.parametrize("value", [-1, 10**12, 1.5, "8", True, None])
def test_an_impossible_size_is_refused_in_a_sentence(name, value):
    with pytest.raises(ValueError, match=rf"{name} = .* whole number from \d"):
        replace(SMALL, **{name: value})


def test_sizes_at_their_bounds_are_counted_without_building_anything():
    low = {name: bounds[0] for name, bounds in architecture.LIMITS.items()} | {"norms_per_layer": 2}
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
        ({"norms_per_layer": 3}, "1, 2 or 4"),
        ({"norm": "BatchNorm"}, "RMSNorm, LayerNorm"),
        ({"gated": 1}, "True or False"),
        ({"norms_per_layer": 1}, "switch parallel on"),
        ({"norms_per_layer": 4, "norms_after": True}, "norms per layer to 2"),
        ({"head_norms": True, "query_norms": True}, "head norms or query norms"),
        ({"shared_expert": 8}, "set experts to 1 or more"),
        ({"experts": 2, "experts_per_token": 3}, "experts per token smaller"),
        ({"experts": 2, "ffn_biases": True}, "switch FFN biases off"),
    ],
)
def test_sizes_that_do_not_fit_together_say_what_to_change(change, says):
    with pytest.raises(ValueError, match=says):
        replace(SMALL, **change)


def test_an_unknown_model_names_the_known_ones():
    with pytest.raises(ValueError, match="GPT-2 XL"):
        catalogue.published("GPT-5")
