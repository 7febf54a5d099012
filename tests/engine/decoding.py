"""A decoder of what the browser gets: each moment's names, rebuilt from the columns alone."""


def decoded(wire):
    """For each moment its number, line, kind, call and passes, all names, and all objects."""
    moments, names, objects = wire["moments"], {}, {}
    kinds = {place: kind for kind, places in moments["kinds"].items() for place in places}
    numbers, gaps = dict(moments["numbers"]), {gap[0]: gap[1:] for gap in moments["gaps"]}
    bindings = iter(zip(*(wire["bindings"][one] for one in ("call", "name", "held")), strict=True))
    changes = iter(zip(*(wire["changes"][one] for one in ("object", "entry")), strict=True))

    def apply(bound, changed):
        for _ in range(bound):
            call, name, held = next(bindings)
            if held == -1:
                names[call].pop(wire["names"][name], None)
            else:
                names.setdefault(call, {})[wire["names"][name]] = held
        for _ in range(changed):
            one, entry = next(changes)
            objects[one] = entry

    number = -1
    for place, line in enumerate(moments["line"]):
        number = numbers.get(place, number + 1)
        if place in gaps:
            apply(*gaps[place][1:])
        apply(moments["bindings"][place], moments["changes"][place])
        shown = {
            call: {n: _value(wire, h) for n, h in held.items()} for call, held in names.items()
        }
        entries = {one: _entry(wire, wire["entries"][entry]) for one, entry in objects.items()}
        path = _path(wire["passes"], moments["pass"][place])
        yield number, line, kinds.get(place, "after"), moments["call"][place], path, shown, entries


def _value(wire, held):
    return wire["values"][held // 2] if held % 2 else held // 2


def _path(passes, one):
    return [] if one < 0 else [*_path(passes, passes["around"][one]), passes["index"][one]]


def _entry(wire, entry):
    if isinstance(entry[0], str):
        kind, cls, length, *items = entry
        pairs = zip(items[::2], items[1::2], strict=True)
        return [kind, cls, length, [[label, _value(wire, held)] for label, held in pairs]]
    form, version, storage, offset, grad, values, *rest = entry
    least, most, finite = rest or (None, None, 1)
    return [wire["forms"][form], version, storage, offset, grad, values, least, most, finite]
