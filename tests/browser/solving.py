"""A learner who knows: solves the first task of each section, by typing, moving and setting."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from groundup.course.tasks import Task, reaching
from tests.waiting import wait_until


def solve(page: Page, task: Task) -> None:
    """Solve ``task``, whose stage is open, and wait until the check says so."""
    _SOLVE[task.kind](page, task)
    expect(page.locator(".task-card").last).to_contain_text("✓ Right", timeout=40_000)


def _write(page: Page, task: Task) -> None:
    field = page.locator(".editor textarea")
    expect(field).to_be_editable()
    # With the given lines above it and below it.
    wanted = re.compile(rf"(^|\n){re.escape(own_lines(task))}(\n|$)")
    # A press opens the stage, and the page follows with a run of its own, which makes it anew.
    wait_until(lambda: _typed(page, field, task, wanted), 40)
    page.keyboard.press("Control+Enter")


def _typed(page: Page, field: Locator, task: Task, wanted: re.Pattern[str]) -> bool:
    field.focus()
    page.keyboard.press("Control+a")  # in a pane with given lines: the learner's own
    page.keyboard.insert_text(own_lines(task))
    return wanted.search(field.input_value()) is not None


def own_lines(task: Task) -> str:
    """What stands in the learner's lines of the solution."""
    whole = task.whole_solution
    if not task.gap:
        return whole
    before, _, after = task.text.partition(task.gap)
    head, tail = before.rpartition("\n"), after.partition("\n")
    return whole[len(head[0] + head[1]) : len(whole) - len(tail[1] + tail[2])]


def _order(page: Page, task: Task) -> None:
    wanted = [_first(block) for block in task.whole_solution.split("\n\n")]
    holds = page.locator(".order .hold")
    expect(holds).to_have_count(len(wanted))
    for place, line in enumerate(wanted):
        holds.filter(has_text=line).first.focus()
        at = [_first(text) for text in _shown(holds)].index(line)
        for _ in range(at - place):
            page.keyboard.press("Alt+ArrowUp")
    page.keyboard.press("Control+Enter")


def _shown(holds: Locator) -> list[str]:
    return holds.locator(".line:first-child .letters").all_inner_texts()


def _first(block: str) -> str:
    return block.strip().split("\n")[0].strip()


def _goal(page: Page, task: Task) -> None:
    page.locator(f".st-key-goal_begin_{task.id} button").click()
    check = page.locator(f".st-key-goal_check_{task.id} button")
    expect(check).to_be_visible()
    _REACH[task.id](page, task)
    check.click()


def _program(page: Page, task: Task) -> None:
    box = page.get_by_role("textbox", name="Your program")
    expect(box).to_have_value(str(task.settings["program"]))
    box.fill(str(task.reached["program"]))
    box.press("Control+Enter")
    expect(page.locator(".code .lines").first).to_contain_text("2 * a * b")


def _rate(page: Page, task: Task) -> None:
    wanted = reaching(task)
    expect(page).to_have_url(re.compile(rf"seed={wanted['seed']}\b"))
    box = page.get_by_role("spinbutton", name="Learning rate, exactly")
    box.fill(str(wanted["lr"]))
    box.press("Enter")
    expect(page.locator(".lines").first).to_contain_text(f"learning_rate = {wanted['lr']}")


_SOLVE: dict[str, Callable[[Page, Task], None]] = {"write": _write, "order": _order, "goal": _goal}
_REACH: dict[str, Callable[[Page, Task], None]] = {"grad-2b": _program, "edge": _rate}
