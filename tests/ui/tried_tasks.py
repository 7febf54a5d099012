"""A few tasks, and a check that knows what to say of each answer, to try how tasks are drawn."""

from groundup.course.tasks import GAP, Foreseen, Task, Verdict


def _task(name, section, kind, **more):
    told = {
        "given": "",
        "text": "",
        "foreseen": (Foreseen("", ""),),
        "hints": ("Look __at__ `t.shape`.", "Two."),
        "checked_with": "6 inputs you have not seen: rows ≠ columns",
    } | more
    return Task(id=name, section=section, kind=kind, **told)


TABLE = _task(
    *("zeros-table", "1.1", "write"),
    goal="A table of zeros with `rows` rows and `columns` columns.",
    given="import torch\n\nrows, columns = 2, 3",
    text=f"t = {GAP}",
    gap=GAP,
    solution="torch.zeros(rows, columns)",
)
MENDED = _task(
    *("nudge", "1.4", "write"),
    goal="Repair the first line, so that ten nudges of 0.001 arrive.",
    given="import torch\n\nstart = [3, 5]",
    text="w = torch.tensor(start)  # mend this line\nfor step in range(10):\n    w += 0.001",
    gap="w = torch.tensor(start)  # mend this line",
    after="print(w)",
    solution="w = torch.tensor(start, dtype=torch.float32)",
)
PAGE = _task(
    *("model-class", "5.3", "write"),
    goal="The article's LinearRegressionModel.",
    text="# class LinearRegressionModel(nn.Module): …",
    solution="import torch\n\nprint(torch.ones(2))",
)
STEPS = (
    "    loss.backward()",
    "    y_hat = X @ w",
    "    with torch.no_grad():\n        w -= 0.1 * w.grad",
    "    loss = torch.mean((y_hat - y) ** 2)",
    "    w.grad = None",
)
ORDER = _task(
    *("order", "4.2", "order"),
    goal="Put the five steps in order.",
    given="import torch\n\nX, y = torch.ones(4, 1), torch.ones(4, 1)\n"
    "w = torch.zeros(1, 1, requires_grad=True)\nfor epoch in range(3):",
    text="\n\n".join(STEPS),
    solution="\n\n".join(STEPS[n] for n in (1, 3, 0, 2, 4)),
)
RATE = _task(
    *("right-rate", "4.3", "goal"),
    goal="A rate with which w² is below 0.01 after 5 steps.",
    solution="A rate near 0.5.",
    settings={"lr": 0.1, "epochs": 5},
    reached={"lr": 0.5},
)
TASKS = (TABLE, MENDED, PAGE, ORDER, RATE)

PROGRAM = "import torch\n\nrows, columns = 4, 7\n\nt = torch.zeros(columns, rows)\n"
RAISES = "import torch\n\nrows, columns = 2, 3\n\nt = torch.zeros(rows, column)\n"

SAID = {
    f"t = {GAP}": Verdict(
        "missing", "The gap is still there: write something in its place.", line=1
    ),
    "t = torch.zeros(columns, rows)": Verdict(
        *("not yet", "Turned: `rows` come first.", "", None, "rows, columns = 4, 7"),
        *("of shape (7, 4)", "of shape (4, 7)", PROGRAM, 5, "t"),
    ),
    "t = torch.zeros(rows, column)": Verdict(
        *("not yet", "Python stopped in line 1.", "NameError: name 'column' is not defined", 1),
        *("rows, columns = 2, 3", "", "", RAISES, 5),
    ),
    "t = torch.zeros(2, 3)": Verdict(
        *("nearly", "Right for the inputs shown; not with `rows, columns = 4, 7`.", "", None),
        *("rows, columns = 4, 7", "of shape (2, 3)", "of shape (4, 7)", PROGRAM, 5),
    ),
}


def check_text(task, text):
    if text == task.whole_solution:
        return Verdict("right", "Right, and right for inputs that you have not seen.")
    if text in SAID:
        return SAID[text]
    return Verdict(
        "not yet", "The loss needs a guess first.", "NameError: no `y_hat`", 1, text, "", ""
    )


def check_goal(task, settings):
    reached = all(settings[name] == one for name, one in task.reached.items())
    return Verdict("right", "Reached.") if reached else Verdict("not yet", "It arrives later.")
