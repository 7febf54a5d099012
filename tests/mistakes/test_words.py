"""What the search says of a message, beside where it leads, is true of it."""

import pytest
import torch

from groundup.engine.observe import run
from groundup.mistakes import messages, python_errors
from groundup.mistakes.answer import answer
from groundup.mistakes.gallery import FOLDER, everything, happened, titled
from groundup.mistakes.pasted import Error
from groundup.shapes.lab import Lab, lab_lesson
from groundup.ui.mistakes.places import EXAMPLE, places

NO_VALUE = "a name is used that has no value there"
NO_KEY = "there is no such key"
ARGUMENTS = "f was called with other arguments than it takes"
UNREADABLE = "the text cannot be read as Python"
DIVIDED = "a plain number was divided by 0; a tensor divided with / gives inf, -inf or nan"
NOT_IMPORTED = "a package, or a name in one, could not be imported"
NO_FILE = "there is no such file or folder"
NOT_A_FLOAT, NOT_AN_INT = (f"that text cannot be read as {one}" for one in ("a float", "an int"))
OTHER_FORM = "the text is in another form than was expected"

PYTHONS_OWN = [
    ("{}.cuda", "an object of type dict has no attribute cuda"),
    ("[].shape", "an object of type list has no attribute shape"),
    ("x = None\nx.grad", "what stands in front of .grad is None"),
    ("(lambda: None)().grad", "what stands in front of .grad is None"),
    ("import math\nmath.relu", "math has no such name"),
    ("'a' / 2", "/ does not work between str and int"),
    ("x = 3\nx()", "an object of type int is not callable"),
    ("list(3)", "an object of type int is not iterable"),
    ("x = None\nx[0]", "an object of type NoneType is not subscriptable"),
    ("next([])", "an object of type list is not an iterator"),
    ("x = (1,)\nx[0] = 2", "an object of type tuple does not support item assignment"),
    ("def f(a): pass\nf()", ARGUMENTS),
    ("def f(a): pass\nf(1, 2)", ARGUMENTS),
    ("def f(a): pass\nf(b=1)", ARGUMENTS),
    ("def f(a): pass\nf(1, a=1)", ARGUMENTS),
    ("'a' + 1", "a str can be joined only to another str"),
    ("[1] + 2", "a list can be joined only to another list"),
    ("(1,) + [2]", "a tuple can be joined only to another tuple"),
    ("x = [1]\nx['a']", "a list is indexed by whole numbers or slices"),
    ("x = 'a'\nx['b']", "a string is indexed by whole numbers or slices"),
    ("x = (1,)\nx[0.0]", "a tuple is indexed by whole numbers or slices"),
    ("[][0]", "the list is shorter than that"),
    ("x = [1]\nx[-2] = 0", "the list is shorter than that"),
    ("()[0]", "the tuple is shorter than that"),
    ("''[0]", "the string is shorter than that"),
    ("[1].pop(3)", "nothing stands at the place to pop"),
    ("a, b = 1, 2, 3", "too many values for the names on the left"),
    ("a, b = [1]", "not enough values for the names on the left"),
    ("float('abc')", NOT_A_FLOAT),
    ("float('0x10')", NOT_A_FLOAT),
    ("int('3.0')", NOT_AN_INT),
    ("print(nothing)", NO_VALUE),
    ("def f(): x += 1\nf()", NO_VALUE),
    ("x = 1\ndel x\nx", NO_VALUE),
    ("{}['weight']", NO_KEY),
    ("{1}.remove(2)", NO_KEY),
    ("import no_such_package", NOT_IMPORTED),
    ("from math import relu", NOT_IMPORTED),
    ("x = = 3", UNREADABLE),
    ("if True:\nx = 1", UNREADABLE),
    ("if True:\n        x = 1\n\ty = 2", UNREADABLE),
    ("open('/no/such/file')", NO_FILE),
    ("import os\nos.remove('/no/such/file')", NO_FILE),
    ("open('/')", "a folder stands where a file is wanted"),
    ("raise PermissionError(13, 'Permission denied')", "the system does not permit it"),
    ("1 / 0", DIVIDED),
    ("1 % 0", DIVIDED),
    ("0.0 ** -1", DIVIDED),
    (
        "def f(): f()\nf()",
        "calls are nested too deeply, as when a function calls itself without end",
    ),
    ("b'\\xff'.decode()", OTHER_FORM),
    ("'é'.encode('ascii')", OTHER_FORM),
    ("import json\njson.loads('{')", OTHER_FORM),
    ("next(iter([]))", "there was nothing more to fetch"),
    ("raise KeyboardInterrupt", "somebody stopped the program"),
    ("raise TypeError('must be str, not int')", "text is wanted there"),
]


def raised(code):
    try:
        exec(code, {})
    except (Exception, KeyboardInterrupt) as error:
        return Error(type(error).__name__, str(error))
    raise AssertionError(f"{code} raises nothing")


@pytest.mark.parametrize(("code", "clause"), PYTHONS_OWN)
def test_an_error_of_pythons_own_is_put_into_words_that_are_true_of_it(code, clause):
    error = raised(code)
    assert python_errors.explained(error) == clause
    assert answer(f"{error.kind}: {error.message}").python == clause


def test_every_clause_is_tried():
    for _, sentence in python_errors._SENTENCES:
        begin, end = sentence.split("{")[0], sentence.split("}")[-1]
        assert any(said.startswith(begin) and said.endswith(end) for _, said in PYTHONS_OWN)


@pytest.mark.parametrize("number", [3.0, -3.0, 0.0, 3, -3, 0])
def test_a_tensor_divided_by_zero_is_inf_or_nan(number):
    result = torch.tensor(number) / 0
    expected = {1: torch.inf, -1: -torch.inf}.get((number > 0) - (number < 0))
    assert result.isnan() if expected is None else result == expected


@pytest.mark.parametrize("name", [e.name for e in everything() if e.promise == "error"])
def test_no_error_of_the_gallery_is_taken_for_one_that_no_entry_is_about(name):
    found = happened(name)
    assert not answer(f"{found.name}: {found.message}").python
    assert not python_errors.explained(Error(found.name, found.message))


ONES = "the message names one dimension; the others are 1 here"
ONE_SIZE = "the message names one size; the others are 1 here"
RANGE = "the message gives the range of dim; the sizes are made up"
COUNTED = "the message counts the dimensions; sizes and order are made up"
# What is done with tensors, what is said of the lab that its message opens, and how the lab's
# sizes show that it is true.
OPENED = [
    ("torch.ones(7) + torch.ones(9)", "", lambda lab: (lab.a, lab.b) == ("7", "9")),
    ("torch.ones(5, 7) + torch.ones(5, 9)", ONES, lambda lab: (lab.a, lab.b) == ("1, 7", "1, 9")),
    (
        "torch.ones(4, 5, 7, 2) + torch.ones(4, 5, 9, 2)",
        ONES,
        lambda lab: (lab.a, lab.b) == ("1, 1, 7", "1, 1, 9"),
    ),
    (
        "torch.cat([torch.ones(2, 3), torch.ones(5, 3)], dim=1)",
        ONE_SIZE,
        lambda lab: (lab.a, lab.b) == ("2, 1", "5, 1"),
    ),
    (
        "torch.cat([torch.ones(2, 3), torch.ones(2, 4)])",
        ONE_SIZE,
        lambda lab: (lab.a, lab.b) == ("1, 3", "1, 4"),
    ),
    ("torch.ones(8, 9).sum(dim=2)", RANGE, lambda lab: lab.a == "2, 3"),
    ("torch.ones(9, 9, 9, 9, 9, 9).sum(dim=-7)", RANGE, lambda lab: lab.a == "2, 3, 4, 5, 6, 7"),
    # No tensor of one dimension, and the same range.
    ("torch.tensor(1.0).sum(dim=1)", RANGE, lambda lab: lab.a == "2"),
    ("torch.ones(9, 9).permute(1, 2, 0)", COUNTED, lambda lab: lab.a == "2, 3"),
    ("torch.ones(9, 8).T.view(72)", EXAMPLE, lambda lab: lab.steps == "a.mT"),
]


@pytest.mark.parametrize(("code", "said", "holds"), OPENED)
def test_the_lab_that_a_message_opens_says_the_same_and_what_is_made_up_is_told(code, said, holds):
    message = run(f"import torch\n\nx = {code}\n").failure.message
    (place,) = places(*messages.recognise(" ".join(message.split())))
    link = place.link
    lab = Lab(
        link["op"],
        link["a"],
        link.get("b", "()"),
        link.get("numbers", ""),
        steps=link.get("first_do", ""),
    )
    assert place.said == said
    assert holds(lab)
    assert message in run(lab_lesson(lab).text).failure.message


def test_an_old_message_that_counts_no_dimensions_opens_an_example():
    (place,) = places(*messages.recognise("RuntimeError: number of dims don't match in permute"))
    assert place.said == EXAMPLE


def test_a_mistake_that_is_asked_for_by_an_unknown_title_is_refused():
    with pytest.raises(ValueError, match="no mistake titled 'Typo' in autograd"):
        titled("Typo", FOLDER)
