"""Links that learners already sent one another: each page still finds their settings in force."""

from urllib.parse import parse_qsl

import pytest

from tests.pages import codes, said
from tests.ui import public_controls

# Written down as an address bar shows them; never to be made from the names in the code.
LINKS = [
    (
        "tensors",
        "look_at=Storage&rows=4&other=t.T.view(-1)",
        ["rows = 4 ", "other = t.T.view(-1)"],
    ),
    (
        "tensors",
        "look_at=Shape+lab&op=%40&a=4,3&b=3,2",
        ["a_shape = (4, 3) ", "b_shape = (3, 2) ", "result = a @ b"],
    ),
    (
        "requires_grad",
        "autograd=A+slope&curve=my+own&formula=sin(w)+%2F+2&at=2.5&rate=0.3",
        ["return sin(w) / 2", "at = 2.5 ", "learning_rate = 0.3 "],
    ),
    (
        "requires_grad",
        "autograd=The+switch&track_x=true&track_w=false",
        ["track_x = True ", "track_w = False "],
    ),
    (
        "computation_graph",
        "program=q+%3D+a+**+3+%2B+x&view=what+autograd+recorded&moment=2",
        ["q = a ** 3 + x"],
    ),
    (
        "training_loop",
        "lr=0.05&epochs=250&optimizer=momentum&each_step=8+points&noise=0.5&points=40&seed=7"
        "&schedule=0%3A+0.05%2C+120%3A+0.01",
        [
            "learning_rate = 0.05 ",
            "epochs = 250 ",
            "momentum",
            "batch_size = 8 ",
            "noise = 0.5 ",
            "points = 40 ",
            "seed = 7 ",
            "if epoch == 120:",
        ],
    ),
    (
        "training_loop",
        "lab=Break+it&break=Forget+to+zero+the+gradients",
        ["Forget to zero the gradients"],
    ),
    (
        "nn_module",
        "topic=Beyond+a+line&net_epochs=120&net_lr=0.03&held_out=0.25&minibatch=16",
        ["epochs = 120 ", "learning_rate = 0.03 ", "test_share = 0.25 ", "batch_size = 16 "],
    ),
    (
        "nn_module",
        "topic=The+optimizers&landscape=Rosenbrock&shared_lr=0.09&from_x=-1.0&race_steps=400",
        ["learning_rate = 0.09 ", "start_x = -1.0 ", "steps = 400 "],
    ),
    (
        "ffn_scale",
        "scale=Train+it&ffn_width=16&ffn_epochs=60&ffn_lr=0.05",
        ["hidden = 16 ", "epochs = 60 ", "learning_rate = 0.05 "],
    ),
    (
        "ffn_scale",
        "scale=Dial+it&hidden_size=2048&vocabulary=256000&tied=true&norm=LayerNorm",
        ["hidden = 2048 ", "vocabulary = 256000 ", "tied = True ", "LayerNorm"],
    ),
]


@pytest.mark.parametrize(("page", "query", "expected"), LINKS)
def test_an_old_link_still_sets_what_it_set(visit, page, query, expected):
    app = visit(page, **dict(parse_qsl(query)))
    assert not app.exception
    assert not app.warning
    shown = "\n".join([*codes(app), said(app), *_chosen(app)])
    assert [passage for passage in expected if passage not in shown] == []


def _chosen(app):
    return [str(box.value) for box in app.selectbox]


def test_no_key_of_a_link_changed_unnoticed():
    published, declared = public_controls.published(), public_controls.declared()
    changed = {
        key: (published.get(key), declared.get(key))
        for key in published.keys() | declared.keys()
        if published.get(key) != declared.get(key)
    }
    assert changed == {}, "a link that was sent before means something else: see public_controls.py"
