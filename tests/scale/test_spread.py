"""A model over many devices: the formulas at their ends, and the sentences against them."""

from dataclasses import replace

import pytest

from groundup.engine.words import bytes_in_words
from groundup.figures.scale.spread import bars
from groundup.scale import memory
from groundup.scale.architecture import Architecture, total
from groundup.scale.catalogue import MODELS, published
from groundup.scale.spread import formulas, held, links, sending, words
from groundup.scale.spread.fewest import fewest, fits
from groundup.scale.spread.share import stages
from groundup.scale.spread.ways import SPREADS, Step, Way, possible_cuts
from tests.scale.test_formulas import worked_out

LLAMA = published("Llama 3 8B").architecture
H100 = memory.ACCELERATORS[3]
TIED = replace(LLAMA, tied=True, vocabulary=128_256)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
def test_one_device_holds_what_the_table_of_one_device_says_and_sends_nothing(model):
    a = model.architecture
    for dtype in memory.TRAINABLE:
        step = Step(2, 512, dtype)
        for spread in SPREADS:
            one = held.fullest(a, Way(spread=spread), step)
            known = memory.training_bytes(a, 2, 512, dtype)
            assert sum(one.values()) == pytest.approx(sum(known.values()), abs=8)
            assert one["gathered"] == 0
            assert sending.most_sent(a, Way(spread=spread), step).total == 0


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
def test_what_is_cut_and_spread_adds_up_to_the_whole(model):
    a = model.architecture
    for parts in possible_cuts(a)[1:5]:
        each = stages(a, Way(parts, parts))[0].parameters
        whole_on_each = parts * each - total(a)
        # Norms, routers and added biases are whole on each; a vocabulary is filled up.
        assert 0 <= whole_on_each < (parts - 1) * 0.01 * total(a)
    for pipeline in (2, 5, a.layers):
        held_by = [stage.parameters for stage in stages(a, Way(pipeline, 1, pipeline))]
        copied = a.vocabulary * a.hidden if a.tied else 0
        assert sum(held_by) == total(a) + copied
        assert sum(stage.layers for stage in stages(a, Way(pipeline, 1, pipeline))) == a.layers
    for copies in (2, 7, 64):
        way = Way(copies, spread="weights")
        kept = held.fullest(a, way, Step(1, 64))
        for part, size in (("weights", 2), ("gradients", 2), ("optimizer", 12)):
            assert 0 <= copies * kept[part] - size * total(a) < size * copies


def test_each_further_thing_that_is_spread_leaves_less_on_a_device():
    for copies in (2, 8, 1024):
        sums = [
            sum(held.fullest(LLAMA, Way(copies, spread=spread), Step()).values())
            for spread in SPREADS
        ]
        assert sums == sorted(sums, reverse=True)
        assert len(set(sums)) == 4


def test_what_is_sent_between_copies_is_what_the_paper_says():
    """ZeRO, section 7: as much as without it for 1 and 2, half as much again for 3."""
    size = 2 * total(LLAMA)
    by = {s: sending.most_sent(LLAMA, Way(8, spread=s), Step()).copies for s in SPREADS}
    assert by["nothing"] == by["optimizer"] == by["gradients"] == 2 * 7 / 8 * size
    assert by["weights"] == 1.5 * by["nothing"]
    assert [sending.ring(n) for n in (1, 2, 4)] == [0, 1, 1.5]


def test_a_cut_layer_sends_four_sums_and_a_parallel_block_two():
    rows = 2_048 * 4_096 * 2
    one = sending.most_sent(LLAMA, Way(2, 2), Step())
    assert one.parts == (4 * 32 + 2) * rows
    gptj = published("GPT-J 6B").architecture
    assert sending.most_sent(gptj, Way(2, 2), Step()).parts == (2 * 28 + 2) * rows
    staged = sending.sent(LLAMA, Way(4, 1, 4), Step(3))
    assert [one.stages / rows for one in staged] == [3, 6, 6, 3]


def test_stages_keep_the_texts_that_are_under_way_and_wait():
    way, step = Way(4, 1, 4), Step(8, 512)
    counts = [held.in_flight(stage, way, step) for stage in stages(LLAMA, way)]
    assert counts == [4, 3, 2, 1]
    assert held.idle(way, step) == 3 / 11
    assert "27 % of the time" in words.waiting(way, step)
    assert words.waiting(Way(), step) == ""


@pytest.mark.parametrize("spread", SPREADS)
@pytest.mark.parametrize("device", memory.ACCELERATORS, ids=lambda device: device.name)
def test_the_fewest_are_enough_and_fewer_are_not(spread, device):
    for model in (MODELS[0], MODELS[9], MODELS[-2]):
        a, way = model.architecture, Way(4, 4 if model is not MODELS[9] else 2, 1, spread)
        least = fewest(a, way, Step(1, 512), device)
        if least is None:
            assert not fits(a, replace(way, devices=65_536), Step(1, 512), device)
            continue
        assert fits(a, replace(way, devices=least), Step(1, 512), device)
        fewer = least - way.group
        assert not fewer or not fits(a, replace(way, devices=fewer), Step(1, 512), device)


@pytest.mark.parametrize(
    ("way", "step", "said"),
    [
        ({"devices": 0}, {}, "from 1 to 65,536"),
        ({"devices": 12, "tensor": 8}, {}, "8 · 1 = 8 devices, and 12 cannot .* Choose 16"),
        ({"devices": 3, "tensor": 3}, {}, "8 key/value heads cannot be cut in 3 .* 1, 2, 4, 8"),
        ({"devices": 33, "pipeline": 33}, {}, "32 layers make 32 stages at most, not 33"),
        ({"devices": 2, "pipeline": 2, "spread": "weights"}, {}, "spread the optimizer alone"),
        ({"spread": "everything"}, {}, "one of nothing, optimizer, gradients, weights"),
        ({}, {"dtype": "int8"}, "choose float32, bfloat16 or float16"),
        ({}, {"batch": 0}, "batch must be a whole number"),
        ({}, {"optimizer": "Lion"}, "SGD, momentum, Adam"),
    ],
)
def test_an_impossible_way_is_refused_in_a_sentence_that_helps(way, step, said):
    with pytest.raises(ValueError, match=said):
        held.fullest(LLAMA, Way(**way), Step(**step))


def test_what_a_refusal_offers_is_possible():
    for model in MODELS:
        for parts in possible_cuts(model.architecture):
            held.fullest(model.architecture, Way(parts, parts), Step(1, 64))
    shared = replace(LLAMA, experts=4, experts_per_token=2, shared_expert=9)
    assert possible_cuts(shared) == [1]
    with pytest.raises(ValueError, match="9 neurons of the shared expert"):
        held.fullest(shared, Way(2, 2), Step())


WAYS = [Way(), Way(8, spread="weights"), Way(64, 8, 2, "optimizer"), Way(6, 2, 3)]


@pytest.mark.parametrize("way", WAYS)
def test_the_numbers_in_a_formula_give_its_value(way):
    step = Step(3, 512, "bfloat16", "momentum")
    for a in (LLAMA, TIED, published("Mixtral 8x7B").architecture):
        for formula in [
            *formulas.held_formulas(a, way, step),
            *formulas.sent_formulas(a, way, step),
        ]:
            # What is spread is rounded up to whole numbers of at most 8 bytes.
            assert worked_out(formula.numbers) == pytest.approx(formula.value, abs=8), formula
        total_sent = sum(f.value for f in formulas.sent_formulas(a, way, step))
        assert total_sent == pytest.approx(sending.most_sent(a, way, step).total, abs=2)


def test_the_verdict_is_that_of_the_bytes():
    fitting, tight = Way(8, spread="weights"), Way(1, spread="weights")
    assert words.verdict(LLAMA, fitting, Step(), H100).endswith("it fits.")
    said = words.verdict(LLAMA, tight, Step(), H100)
    assert f"at least **{fewest(LLAMA, tight, Step(), H100)}** would be enough" in said
    assert "Spread more" in words.verdict(LLAMA, Way(8), Step(), H100)
    large = published("Llama 3.1 405B").architecture
    said = words.verdict(large, Way(8, spread="weights"), Step(), memory.ACCELERATORS[0])
    assert "however many there are. Cut the matrices in more parts" in said
    needs = sum(held.fullest(LLAMA, fitting, Step()).values())
    assert f"**{bytes_in_words(needs)}** of 79.11 GiB" in words.verdict(
        LLAMA, fitting, Step(), H100
    )


def test_the_time_to_send_is_that_of_the_slowest_way():
    link = links.link_of("NVIDIA H100")
    near, far = Way(8, spread="weights"), Way(16, spread="weights")
    one = sending.most_sent(LLAMA, near, Step())
    assert sending.seconds(one, near, link) == one.total / 450e9
    assert sending.seconds(one, far, link) == one.total / 50e9
    mixed = sending.most_sent(LLAMA, Way(16, 8), Step())
    expected = mixed.parts / 450e9 + mixed.copies / 50e9
    assert sending.seconds(mixed, Way(16, 8), link) == expected
    assert "Over NVLink 4 that" in words.sending(LLAMA, near, Step(), link)
    assert "Over cables between machines" in words.sending(LLAMA, far, Step(), link)
    assert "NVLink 4 inside a machine of 8" in words.sending(LLAMA, Way(16, 8), Step(), link)
    assert words.sending(LLAMA, Way(), Step(), link) == "One device has nobody to send to."
    # Twice as many parts compute twice as fast.
    halves = [sending.computing(LLAMA, Way(n, n), Step(), link) for n in (1, 2)]
    assert halves[0] == 2 * halves[1]


def test_links_are_those_of_the_devices_with_memory():
    assert [link.name for link in links.LINKS] == [d.name for d in memory.ACCELERATORS]
    for link in links.LINKS:
        both_ways = f"{2 * link.each_way / 1e9:.0f} GB/s"
        assert both_ways in link.source or "7 links of 128 GB/s" in link.source
    assert links.link_of("AMD MI300X").each_way == 7 * 128e9 / 2
    assert links.link_of("NVIDIA H100").peak == pytest.approx(1_979e12 / 2, rel=1e-3)
    assert 8 * links.NETWORK == 400e9
    with pytest.raises(ValueError, match="no device is called 'abacus'"):
        links.link_of("abacus")


def test_every_model_of_the_catalogue_is_told_how_many_or_why_not():
    rows = words.catalogue(Way(8, 8), Step(1, 1_024), H100)
    assert [row["model"] for row in rows] == [model.name for model in MODELS]
    llama = next(row for row in rows if row["model"] == "Llama 3 8B")
    least = fewest(LLAMA, Way(8, 8), Step(1, 1_024), H100)
    assert llama["nothing spread"].startswith(f"{least:,}, each sends ")
    falcon = next(row for row in rows if row["model"] == "Falcon 7B")
    assert "1 key/value heads cannot be cut in 8" in falcon["why not"]
    assert falcon["nothing spread"] == "—"
    # A model is not given more tokens than it takes.
    short, long = (words.catalogue(Way(), Step(1, n), H100)[3] for n in (2_048, 65_536))
    assert short["model"] == "Phi-2"
    assert short == long
    assert short["weights spread"] == "1"
    assert "cut in 8, layers in 1." in words.catalogue_said(Way(8, 8), Step(), H100)
    staged = words.catalogue(Way(2, 1, 2), Step(1, 512), H100)[10]
    assert "spread the optimizer alone" in staged["why not"]
    assert (staged["weights spread"], staged["gradients spread"]) == ("—", "—")


def test_the_picture_has_a_bar_for_each_way_as_long_as_its_bytes():
    ways = {s: held.fullest(LLAMA, Way(8, spread=s), Step()) for s in SPREADS}
    figure = bars(ways, "gradients", H100, dark=False)
    for row, parts in enumerate(ways.values()):
        length = sum(trace.x[row] for trace in figure.data)
        assert length * 2**30 == pytest.approx(sum(parts.values()))
    assert [y for y in figure.data[0].y if "▶" in y] == ["<b>▶ gradients</b>"]
    assert figure.layout.shapes[0].x0 == H100.gib
    assert "weights 29.93 GiB" in words.picture(ways, H100)


def test_a_small_model_is_one_that_the_architecture_takes():
    """The model that workers measure: its parts divide evenly, so no rounding hides a fault."""
    small = Architecture(64, 16, 32, 2, 4, 2)
    assert stages(small, Way(2, 2))[0].parameters * 2 == total(small) + 5 * 16
