"""The lesson's language model computes what transformers' own classes compute, block for block.

With the weights of theirs in it, and no rotation (every token at position 0): so the norms stand
where theirs stand, a parallel block is parallel, and each token goes through its own experts.
"""

import pytest
import torch

from groundup.scale.architecture import Architecture
from tests.scale.test_scale import built

TOKENS = torch.tensor([[5, 17, 2, 40, 17, 3, 9]])
SIZES = {"vocab_size": 61, "hidden_size": 32, "intermediate_size": 56, "num_hidden_layers": 2}
SIZES |= {"num_attention_heads": 4, "num_key_value_heads": 2, "rms_norm_eps": 1e-7}
SIZES |= {"tie_word_embeddings": False, "hidden_act": "silu"}
OURS = (61, 32, 56, 2, 4, 2)

LLAMA = {
    "embedding": "model.embed_tokens",
    "blocks": "model.layers",
    "norm": "model.norm",
    "head": "lm_head",
    "norm1": "input_layernorm",
    "norm3": "post_attention_layernorm",
    "attention.query": "self_attn.q_proj",
    "attention.key": "self_attn.k_proj",
    "attention.value": "self_attn.v_proj",
    "attention.output": "self_attn.o_proj",
    "attention.head_norm_q": "self_attn.q_norm",
    "attention.head_norm_k": "self_attn.k_norm",
    "attention.query_norm": "self_attn.q_norm",
    "attention.key_norm": "self_attn.k_norm",
    "feed_forward.gate": "mlp.gate_proj",
    "feed_forward.up": "mlp.up_proj",
    "feed_forward.down": "mlp.down_proj",
    "feed_forward.router": "mlp.gate",
    "feed_forward.shared_gate": "mlp.shared_expert_gate",
    "feed_forward.shared.gate": "mlp.shared_expert.gate_proj",
    "feed_forward.shared.up": "mlp.shared_expert.up_proj",
    "feed_forward.shared.down": "mlp.shared_expert.down_proj",
}
AFTER = {"norm2": "post_attention_layernorm", "norm4": "post_feedforward_layernorm"}
PHI = {"feed_forward.up": "mlp.fc1", "feed_forward.down": "mlp.fc2"}
PHI |= {"attention.output": "self_attn.dense", "norm": "model.final_layernorm"}
GPT = {"embedding": "transformer.wte", "blocks": "transformer.h", "norm": "transformer.ln_f"}
GPT |= {"norm1": "ln_1", "norm3": "ln_2", "position": "transformer.wpe"}
GPT |= {f"attention.{n}": f"attn.{n[0]}_proj" for n in ("query", "key", "value")}
GPTJ = {"attention.output": "attn.out_proj"}
GPTJ |= {"feed_forward.up": "mlp.fc_in", "feed_forward.down": "mlp.fc_out"}
GPT2 = {"attention.output": "attn.c_proj"}
GPT2 |= {"feed_forward.up": "mlp.c_fc", "feed_forward.down": "mlp.c_proj"}
FALCON = {"embedding": "transformer.word_embeddings", "norm1": "input_layernorm"}
FALCON |= {f"attention.{n}": f"self_attention.{n[0]}_proj" for n in ("query", "key", "value")}
FALCON |= {"attention.output": "self_attention.dense"}
FALCON |= {"feed_forward.up": "mlp.dense_h_to_4h", "feed_forward.down": "mlp.dense_4h_to_h"}

PLAIN = {"gated": False, "norm": "LayerNorm", "activation": "GELU"}
PARALLEL = {"norms_per_layer": 1, "parallel": True}
MOE = {"num_experts": 5, "num_experts_per_tok": 2, "moe_intermediate_size": 24}
SOFT = {
    "attn_logit_softcapping": None,
    "final_logit_softcapping": None,
    "hidden_activation": "gelu",
}
CASES = {
    "Llama": (SIZES, {}, {}),
    "Qwen2": (SIZES, {"attention_biases": "qkv"}, {}),
    "Qwen3": (SIZES | {"head_dim": 12}, {"head_norms": True, "head_width": 12}, {}),
    "Olmo2": (SIZES, {"norms_after": True, "query_norms": True}, AFTER),
    "Gemma2": (
        SIZES | {"head_dim": 8, "query_pre_attn_scalar": 8} | SOFT,
        {"norms_per_layer": 4, "activation": "GELU"},
        AFTER | {"norm3": "pre_feedforward_layernorm"},
    ),
    "Phi": (
        SIZES | {"hidden_act": "gelu"},
        PLAIN | PARALLEL | {"ffn_biases": True, "attention_biases": "all", "head_bias": True},
        PHI,
    ),
    "Qwen2Moe": (
        SIZES | MOE | {"shared_expert_intermediate_size": 40},
        {"attention_biases": "qkv", "experts": 5, "shared_expert": 40, "intermediate": 24},
        {},
    ),
    "GPTJ": (
        {"vocab_size": 61, "n_embd": 32, "n_inner": 56, "n_layer": 2, "n_head": 4}
        | {"rotary_dim": 4, "activation_function": "gelu", "tie_word_embeddings": False},
        PLAIN | PARALLEL | {"key_value_heads": 4, "ffn_biases": True, "head_bias": True},
        GPT | GPTJ,
    ),
    "GPT2": (
        {"vocab_size": 61, "n_embd": 32, "n_inner": 56, "n_layer": 2, "n_head": 4}
        | {"n_positions": 9, "activation_function": "gelu", "tie_word_embeddings": False},
        PLAIN
        | {"key_value_heads": 4, "ffn_biases": True, "attention_biases": "all", "positions": 9},
        GPT | GPT2,
    ),
    "Falcon": (
        {"vocab_size": 61, "hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 4}
        | {"ffn_hidden_size": 56, "multi_query": True, "parallel_attn": True, "bias": False}
        | {"alibi": False, "tie_word_embeddings": False},
        PLAIN | PARALLEL | {"key_value_heads": 1},
        GPT | FALCON,
    ),
}


def unfused(name, state):
    """Their tensors as separate layers keep them, and Gemma's scales worked in."""
    apart = dict(state)
    for key, tensor in state.items():
        if ".c_" in key and key.endswith("weight"):
            apart[key] = tensor.T
        for fused, parts in (("c_attn", (32, 32, 32)), ("query_key_value", (32, 8, 8))):
            if fused in key:
                whole = apart.pop(key)
                for letter, part in zip("qkv", whole.split(parts), strict=True):
                    apart[key.replace(fused, f"{letter}_proj")] = part
        if "gate_up_proj" in key:
            gate, up = apart.pop(key).chunk(2, dim=1)
            apart |= {
                key.replace("experts.gate_up_proj", n): t for n, t in (("g", gate), ("u", up))
            }
        if name == "Gemma2" and "norm" in key:
            apart[key] = 1 + tensor
        if name == "Gemma2" and "embed" in key:
            apart[key] = tensor * 32**0.5
    return apart


def their_key(ours, names):
    """Where transformers keeps what the lesson keeps under ``ours``."""
    experts = {"gate": "mlp.g", "up": "mlp.u", "down": "mlp.experts.down_proj"}
    place, _, leaf = ours.rpartition(".")
    if not place.startswith("blocks."):
        return f"{names[place]}.{leaf}"
    _, number, *rest = place.split(".")
    inside = experts[leaf] if leaf in experts else f"{names['.'.join(rest)]}.{leaf}"
    return f"{names['blocks']}.{number}.{inside}"


# transformers and what it imports warn about their own future.
@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("name", CASES)
def test_the_lessons_model_says_what_transformers_model_says(name):
    import transformers  # noqa: PLC0415  # slow to import: only where it is needed

    settings, ours, names = CASES[name]
    torch.manual_seed(0)
    config = getattr(transformers, f"{name}Config")(**settings)
    theirs = transformers.AutoModelForCausalLM.from_config(config).float().eval()
    with torch.no_grad():
        for parameter in theirs.parameters():
            parameter.add_(0.1 * torch.randn_like(parameter))
        still = {} if name == "GPT2" else {"position_ids": torch.zeros_like(TOKENS)}
        wanted = theirs(TOKENS, attention_mask=torch.ones_like(TOKENS), **still).logits
        sizes = dict(zip(("vocabulary", "hidden", "intermediate", "layers"), OURS, strict=False))
        sizes |= {"heads": 4, "key_value_heads": 2} | ours
        model = built(Architecture(**sizes), "cpu")
        state = unfused(name, theirs.state_dict())
        model.load_state_dict({k: state[their_key(k, LLAMA | names)] for k in model.state_dict()})
        torch.testing.assert_close(model(TOKENS), wanted, rtol=2e-4, atol=2e-4)
    assert wanted.std() > 0.1
