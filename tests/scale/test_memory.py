"""Estimates of memory against a training step's real peak, measured in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from groundup.scale import catalogue, memory
from groundup.scale.architecture import Architecture, total

# A fresh process takes two training steps: small ones, so that everything is imported and every
# scratch buffer exists, and then those whose peak is measured.
MEASURE = """
import json, re, sys, torch

def field(name):
    return 1024 * int(re.search(name + r":\\s+(\\d+)", open("/proc/self/status").read())[1])

def peak(work, small, large):
    work(*small)
    before = field("VmRSS")
    open("/proc/self/clear_refs", "w").write("5")
    work(*large)
    return field("VmHWM") - before

def steps(model, optimizer, loss_of, keep_gradients=False):
    for _ in range(2):
        output, loss = loss_of(model)
        optimizer.zero_grad(set_to_none=not keep_gradients)
        loss.backward()
        optimizer.step()

def make(name, parameters):
    kinds = {"momentum": lambda p: torch.optim.SGD(p, lr=0.01, momentum=0.9)}
    default = lambda p: getattr(torch.optim, name)(p, lr=0.01)
    return kinds.get(name, default)(parameters)

def ffn(hidden, intermediate, tokens, optimizer):
    model = torch.nn.Sequential(
        torch.nn.Linear(hidden, intermediate),
        torch.nn.GELU(),
        torch.nn.Linear(intermediate, hidden),
    )
    x = torch.randn(tokens, hidden, requires_grad=True)
    def loss_of(m):
        y = m(x)
        return y, y.square().mean()
    steps(model, make(optimizer, model.parameters()), loss_of)

def language_model(sizes, batch, context):
    from groundup.engine import lesson
    text = lesson.load("language_model").set(**sizes, device="cpu").text
    scope = {}
    exec(text, scope)
    tokens = torch.randint(0, sizes["vocabulary"], (batch, context))
    def loss_of(m):
        logits = m(tokens)
        return logits, torch.nn.functional.cross_entropy(logits.flatten(0, 1), tokens.flatten())
    steps(scope["model"], make("Adam", scope["model"].parameters()), loss_of, True)

torch.set_num_threads(1)
torch.manual_seed(0)
kind, small, large = json.loads(sys.argv[1])
print("PEAK", peak(globals()[kind], small, large))
"""


WARM_UP = (500, 128, 256, 1)
"""Vocabulary, hidden, intermediate and layers of the model that nobody measures."""


def measured(kind, small, large) -> int:
    """Bytes by which the process grew at its fullest."""
    if not Path("/proc/self/clear_refs").exists():
        pytest.skip("only Linux lets a process ask for its own peak memory")
    # With a fixed threshold what torch frees goes back to the system at once, and the peak is what
    # torch held; by default glibc keeps some of it, more or less as it happens.
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, json.dumps([kind, small, large])],
        cwd=Path(__file__).parents[2],
        env=os.environ | {"MALLOC_MMAP_THRESHOLD_": "65536"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return int(done.stdout.split("PEAK ")[1])


@pytest.mark.parametrize(
    ("hidden", "intermediate", "tokens", "optimizer"),
    [
        (2048, 7168, 128, "SGD"),
        (1024, 3584, 4096, "Adam"),
    ],
)
def test_a_blocks_training_step_takes_what_was_estimated(hidden, intermediate, tokens, optimizer):
    got = measured("ffn", [512, 2048, 128, optimizer], [hidden, intermediate, tokens, optimizer])
    estimate = memory.ffn_training_bytes(hidden, intermediate, tokens, optimizer)
    assert estimate == pytest.approx(got, rel=0.15)


@pytest.mark.parametrize(
    ("sizes", "batch", "context"),
    [
        ((8000, 512, 1024, 4), 4, 256),
        ((4000, 768, 1536, 4), 1, 128),
    ],
)
def test_a_models_training_step_takes_what_was_estimated(sizes, batch, context):
    small, large = (Architecture(*s, heads=4, key_value_heads=2) for s in (WARM_UP, sizes))
    got = measured("language_model", [small.built, 2, 64], [large.built, batch, context])
    estimate = memory.training_bytes(large, batch, context, "float32")
    assert sum(estimate.values()) == pytest.approx(got, rel=0.15)


def test_training_takes_sixteen_bytes_a_parameter_before_activations():
    a = catalogue.published("Llama 3 8B").architecture
    for dtype in memory.TRAINABLE:
        held = memory.training_bytes(a, 1, 1, dtype)
        held.pop("activations"), held.pop("logits")
        assert sum(held.values()) == 16 * total(a)


def test_weights_and_cache_follow_the_dtype():
    a = catalogue.published("Llama 3 8B").architecture
    assert memory.weight_bytes(total(a), "bfloat16") == 16_060_522_496
    assert memory.weight_bytes(3, "int4") == 2
    # 32 layers, a key and a value of 8 heads of 128 numbers, 2 bytes each
    assert memory.cache_bytes(a, 1, 8192, "bfloat16") == 2**30


@pytest.mark.parametrize("dtype", ["int8", "int4"])
def test_a_storage_format_is_not_trained(dtype):
    with pytest.raises(ValueError, match="choose float32, bfloat16 or float16"):
        memory.training_bytes(catalogue.MODELS[0].architecture, 1, 1, dtype)


@pytest.mark.parametrize(("batch", "context"), [(0, 1), (-1, 1), (1, 0), (10**12, 1), (1, 10**12)])
def test_batch_and_context_out_of_bounds_are_refused(batch, context):
    with pytest.raises(ValueError, match="whole number from 1 to"):
        memory.training_bytes(catalogue.MODELS[0].architecture, batch, context, "float32")


def test_a_cache_stops_growing_at_the_window():
    """Mistral v0.1 keeps 4,096 tokens in every layer, Gemma 2 in every second one."""
    mistral, gemma, llama = (
        catalogue.published(name).architecture
        for name in ("Mistral 7B v0.1", "Gemma 2 9B", "Llama 3 8B")
    )
    token = 2 * 32 * 1_024 * 2
    assert memory.cache_bytes(mistral, 1, 4_096, "bfloat16") == 4_096 * token == 2**29
    assert memory.cache_bytes(mistral, 1, 32_768, "bfloat16") == 2**29
    assert memory.cache_bytes(llama, 1, 32_768, "bfloat16") == 2**32
    layer = 2 * 8 * 256 * 2
    both = 21 * 4_096 * layer + 21 * 8_192 * layer
    assert memory.cache_bytes(gemma, 1, 8_192, "bfloat16") == both
