"""Whatever is pasted leads where it is taught, in any dress; what is not about tensors does not."""

import time

import pytest

from groundup.engine.observe import run
from groundup.mistakes import gallery, messages
from groundup.mistakes.answer import answer
from groundup.mistakes.everyday import concepts
from groundup.mistakes.gallery import everything, happened
from groundup.mistakes.pasted import EACH_END, read
from groundup.mistakes.search import Matcher, words
from groundup.ui.mistakes.places import places
from tests.mistakes.field import EVERYDAY, SEEN, UNRELATED

FRAME = (
    '  File "/opt/conda/lib/python3.11/site-packages/torch/nn/modules/module.py", line {}, in f\n'
)
FRAMES = "".join(FRAME.format(n) + "    return forward_call(*args, **kwargs)\n" for n in range(300))
CPP = "".join(
    f"frame #{n}: c10::Error::Error(c10::SourceLocation, std::string const&) + 0x33 "
    f"(0x7f2282e1a{n:03d} in /home/someone/libc10.so)\n"
    for n in range(30)
)


def in_rich_box(message):
    box = "".join(f"│ {line:<96} │\n" for line in ("❱ 41     loss.backward()", "│  42     step()"))
    return (
        f"╭{'─' * 30} Traceback (most recent call last) {'─' * 30}╮\n{box}╰{'─' * 96}╯\n{message}"
    )


DRESSES = {
    "bare": lambda m: m,
    "without its type": lambda m: m.partition("Error: ")[2] or m,
    "long traceback": lambda m: f"Traceback (most recent call last):\n{FRAMES}{m}\n",
    "C++ frames below": lambda m: f"{m}\nException raised from f at x.cpp:1\n{CPP}",
    "rich box": in_rich_box,
    "IPython": lambda m: (
        f"{'-' * 75}\nRuntimeError                  Traceback (most recent call last)\n"
        f"Cell In[5], line 164\n    161 loss = f(x)\n--> 164 loss.backward()\n\n{m}"
    ),
    "colours": lambda m: f"\x1b[0;31m{m.replace(': ', chr(27) + '[0m: ', 1)}",
    "ranks": lambda m: "".join(f"[rank0]: {line}\n" for line in m.splitlines()),
    "pytest": lambda m: "".join(f"E       {line}\n" for line in m.splitlines()),
    "another language": lambda m: f"请问这个错误怎么解决？{m.replace(': ', '：', 1)} 谢谢大佬！",
    "newlines lost": lambda m: " ".join(f"Traceback (most recent call last):\n{m}".split()),
    "wrapped": lambda m: m.replace(" ", "\n", 7).replace("\n", " ", 5),
    "curly quotes": lambda m: m.replace("'", "’"),
    "mail": lambda m: "".join(f"> {line}\n" for line in m.splitlines()),
}


def leads(text):
    found = answer(text)
    there = [place for reading in found.readings for place in places(reading)]
    return [entry.name for entry in found.mistakes], there


def test_the_table_is_large_enough_and_says_where_each_row_is_from():
    assert len({seen.message for seen in SEEN}) == len(SEEN) >= 40
    assert len(UNRELATED) >= 20
    assert all(seen.source.startswith("https://") and seen.threads for seen in SEEN)


@pytest.mark.parametrize("seen", SEEN, ids=lambda seen: seen.message[:60])
def test_a_message_of_the_field_leads_where_it_is_taught_in_any_dress(seen):
    for dress, put_on in DRESSES.items():
        names, there = leads(put_on(seen.message))
        assert (names[0] if names else "") == seen.first, dress
        assert names or there, dress
        if seen.page:
            matching = [p for p in there if seen.link.items() <= p.link.items()]
            assert [p.page for p in matching[:1]] == [seen.page], dress


@pytest.mark.parametrize("text", UNRELATED)
def test_what_no_page_is_about_leads_nowhere(text):
    assert not answer(text).leads_somewhere
    assert not answer(f"Traceback (most recent call last):\n{FRAMES}{text}").leads_somewhere


@pytest.mark.parametrize("text", EVERYDAY)
def test_everyday_words_find_their_mistakes(text):
    assert set(EVERYDAY[text]) <= set(leads(text)[0])


@pytest.mark.parametrize(
    ("text", "first"),
    [
        (
            "AttributeError: cannot assign parameters before Module.__init__() call",
            "super_forgotten",
        ),
        ("RuntimeError: expected scalar type Double but found Float", "double_data"),
        ("Input type (double) and bias type (float) should be the same", "double_data"),
        (
            "RuntimeError: Function 'DivBackward0' returned nan values in its 1th output.",
            "square_root_of_zero",
        ),
        (
            "element 0 of tensors does not require grad and does not have a grad_fn\n" + CPP,
            "nothing_tracked",
        ),
    ],
)
def test_wordings_that_were_once_missed(text, first):
    assert leads(text)[0][0] == first


def test_the_pasted_shapes_are_filled_in():
    _, there = leads("RuntimeError: mat1 and mat2 shapes cannot be multiplied (48x96 and 100x12)")
    assert [place.link for place in there] == [
        {"look_at": "Shape lab", "op": "nn.Linear", "a": "48, 96", "numbers": "100, 12"},
        {"look_at": "Shape lab", "op": "@", "a": "48, 96", "b": "100, 12"},
    ]
    _, there = leads(
        "The size of tensor a (7) must match the size of tensor b (9) at non-singleton dimension 2"
    )
    assert there[0].link == {"look_at": "Shape lab", "op": "+", "a": "1, 1, 7", "b": "1, 1, 9"}


@pytest.mark.parametrize(
    "message",
    [
        f"mat1 and mat2 shapes cannot be multiplied ({10**10}x9 and 8x7)",
        "Dimension out of range (expected to be in range of [-7, 6], but got 7)",
        "input.dim() = 7 is not equal to len(dims) = 6",
        "input.dim() = 6 is not equal to len(dims) = 7",
        "input.dim() = 3 is not equal to len(dims) = 9999",
    ],
)
def test_sizes_that_the_lab_refuses_open_it_without_them(message):
    _, there = leads(message)
    assert {place.said for place in there} == {"with other sizes: it cannot take these"}
    assert {tuple(place.link.items()) for place in there} == {(("look_at", "Shape lab"),)}


def test_a_message_with_a_number_of_thousands_of_digits_is_answered():
    many = "9" * 5000
    for text in (
        f"input.dim() = {many} is not equal to len(dims) = {many}",
        f"expected sequence of length {many} at dim 1 (got 2)",
        f"dimension out of range (expected to be in range of [-{many}, {many}], but got 7)",
    ):
        assert not leads(text)[1]


def test_an_unknown_message_gets_what_can_be_said_of_it():
    said = answer("RuntimeError: frob(): wants [3, 4] of Float on cuda:0, got (5,)").said
    assert said == (
        "it arose in `frob`, it names the shapes `(3, 4)` and `(5)`, the dtypes `Float`, "
        "the devices `cuda:0`"
    )
    traceback = f"{FRAMES}    return torch.special.frob(x)\nRuntimeError: no"
    assert answer(traceback).said == "it arose in `special.frob`"


SPEAKING = [entry.name for entry in everything() if entry.promise != "silence"]


@pytest.mark.parametrize("name", SPEAKING)
def test_what_the_installed_torch_says_of_a_mistake_finds_it(name):
    found = happened(name)
    names, _ = leads(f"{FRAMES}{found.name}: {found.message}\n")
    assert found.message in {happened(one).message for one in names[:1]} or name in names[:2]


@pytest.mark.parametrize("name", SPEAKING)
def test_the_first_half_of_a_message_finds_it(name):
    message = happened(name).message
    half = message[: max(len(message) // 2, 30)]
    names, there = leads(half)
    assert there or message in {happened(one).message for one in names}


MADE = {
    "matmul": "torch.ones(2, 3) @ torch.ones(4, 5)",
    "elementwise": "torch.ones(2, 3) + torch.ones(2, 4)",
    "expand": "torch.ones(2, 4).expand(2, 3)",
    "new_sizes": "torch.ones(6).view(-1, 4)",
    "view_order": "torch.ones(3, 4).T.view(12)",
    "cat": "torch.cat([torch.ones(2, 3), torch.ones(3, 2)], dim=1)",
    "stack": "torch.stack([torch.ones(2), torch.ones(3)])",
    "dim": "torch.ones(3).sum(dim=1)",
    "permute": "torch.ones(2, 3).permute(0, 1, 2)",
    "ragged": "torch.tensor([[1, 2, 3], [1, 2]])",
    "promotion": "torch.ones(2, dtype=torch.int64).add_(0.5)",
    "dtype_of_mean": "torch.ones(2, dtype=torch.int64).mean()",
    "device": "torch.ones(2, device='meta') + torch.ones(2)",
    "memory": "torch.ones(2**46)",
    "no_kernel": "torch.ones(2, dtype=torch.bool).softmax(0)",
}


@pytest.mark.parametrize("kind", MADE)
def test_the_installed_torchs_own_wording_is_recognised(kind):
    failure = run(f"import torch\n\nx = {MADE[kind]}\n").failure
    (reading,) = messages.recognise(" ".join(failure.message.split()))
    assert reading.kind == kind
    assert places(reading)


OTHERS = (
    "ValueError: operands could not be broadcast together with shapes (3,) (4,)",
    "TypeError: linear(): argument 'input' (position 1) must be Tensor, not numpy.ndarray",
)
"""What NumPy says, and what torch says to NumPy's arrays."""


def test_every_form_leads_to_a_mistake_or_to_another_page():
    assert all(gallery.mistake(name) for form in messages.FORMS for name in form.mistakes)
    texts = [*(seen.message for seen in SEEN), *OTHERS]
    seen = [one for text in texts for one in messages.recognise(" ".join(text.split()))]
    taught = {reading.kind for reading in seen if places(reading)} | set(MADE)
    assert {form.kind for form in messages.FORMS if not form.mistakes} <= taught


@pytest.mark.parametrize("kind", messages.SYMPTOMS)
def test_everyday_words_find_what_other_pages_teach(kind):
    for said in messages.SYMPTOMS[kind]:
        found = answer(said).readings
        assert kind in [reading.kind for reading in found]
        assert all(places(reading) for reading in found)


def test_of_two_messages_the_last_comes_first():
    text = "shape '[2]' is invalid for input of size 3 ... optimizer got an empty parameter list"
    assert [one.kind for one in messages.recognise(text)] == ["no_parameters", "new_sizes"]


def test_misspelt_words_still_count():
    assert leads("optimiser got an emty parametr list")[0][0] == "layers_in_a_list"


def test_words_that_mean_the_same_count_as_the_same():
    assert concepts("Why is my loss stuck?") == concepts("the loss doesn't change")


def test_both_ends_of_a_very_long_text_are_read_in_reasonable_time():
    started = time.process_time()
    message = "RuntimeError: grad can be implicitly created only for scalar outputs"
    for text in (message + "\n" + "x y " * 10**6, "'[1] " * 10**6 + message):
        assert leads(text)[0][0] == "backward_on_vector"
        assert len(read(text).text) <= 2 * EACH_END + 3
    for text in (
        "([" * 10**5,
        "(1x" * 10**5,
        "Error: " * 10**5,
        "\ufdfa" * 10**5,
        ".grad.data " * 10**5,
    ):
        assert not answer(text).leads_somewhere
    assert time.process_time() - started < 10


@pytest.mark.parametrize("text", ["", "   ", "!?", "∂∇", "x" * 9000, "\x00", "Error:", ": : :"])
def test_what_resembles_nothing_finds_nothing(text):
    assert not answer(text).leads_somewhere


def test_other_numbers_are_the_same_message():
    matcher = Matcher({"shape": ["a size [2] for a tensor of size [3, 1]"], "other": ["no leaf"]})
    found = matcher.closest("a size [64] for a tensor of size [128, 10]")
    assert [match.name for match in found] == ["shape"]
    assert words("size '[2]'") == words("size '[64]'")
