"""Progress in a real browser's storage: over a reload and another visit, tabs, a code, a reset."""

from playwright.sync_api import expect

from groundup.course import codes
from groundup.course.path import sections
from groundup.course.progress import Progress
from groundup.course.tasks import tasks_of

FIRST, SECOND = sections()[:2]
KEPT = "localStorage.getItem('groundup-progress:/')"


def done(section):
    """All of the section's questions answered, with its first choices, and its first task."""
    answers = {one.id: one.choices[0] for one in section.questions}
    return Progress(answers, {one.id: "solved" for one in tasks_of(section.id)[:1]})


def put(page, progress):
    page.evaluate("text => localStorage.setItem('groundup-progress:/', text)", codes.kept(progress))


def kept(page):
    return codes.read(page.evaluate(KEPT) or "")


def test_progress_lives_in_the_browser_and_the_last_page_prints(open_page):
    page = open_page("/")
    begin = page.locator(".st-key-begin button")
    expect(begin).to_contain_text("Start with one tensor")
    assert page.evaluate(KEPT) is None
    # Another visit of the same browser, as after the server began anew: nobody else knows it.
    put(page, done(FIRST))
    page.reload()
    expect(begin).to_contain_text("Continue")
    # A second tab adds to it; the first one hears of it when it is looked at again.
    put(page, done(FIRST).merged(done(SECOND)))
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator(".course-counted")).to_contain_text("2 of 25 sections done")
    page.goto(page.url + "finish")
    numbers = page.locator(".your-numbers")
    many = len(FIRST.questions) + len(SECOND.questions)
    expect(numbers).to_contain_text(f"Questions answered{many} of ")
    assert kept(page) == done(FIRST).merged(done(SECOND))

    page.emulate_media(media="print")
    expect(numbers).to_be_visible()
    for away in ("[data-testid=stSidebar]", ".st-key-finish_exam", ".st-key-finish_on"):
        expect(page.locator(away).first).to_be_hidden()
    cut = "document.querySelector('[data-testid=stMain]')"
    # But for the margin under the last line.
    assert page.evaluate(f"{cut}.scrollHeight <= {cut}.clientHeight + 24")
    page.emulate_media(media="screen")

    # The code, in another browser that has done something else.
    page.get_by_text("Take your progress along").click()
    code = page.locator(".st-key-finish_on pre").inner_text()
    assert codes.decode(code) == kept(page)
    other = open_page("/finish")
    other.get_by_text("Take your progress along").click()
    other.get_by_label("A code from elsewhere").last.fill(code)
    other.get_by_role("button", name="Bring it in").last.click()
    expect(other.get_by_text(f"Now: {many} of ")).to_be_visible()
    expect(other.locator(".your-numbers")).to_contain_text(f"Questions answered{many} of ")
    other.wait_for_function(f"{KEPT} !== null")
    assert kept(other) == kept(page)

    other.get_by_role("button", name="Reset my progress").last.click()
    other.get_by_role("button", name="Yes, reset").last.click()
    expect(other.locator(".your-numbers")).to_contain_text("Questions answered0 of ")
    other.wait_for_function(f"{KEPT} === ''")
    other.reload()
    expect(other.locator(".your-numbers")).to_contain_text("Questions answered0 of ")
    assert len(kept(page).answers) == many


def test_the_first_page_stands_at_its_end_where_nothing_shall_move(browser, server):
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(server)
    expect(page.locator(".say").first).to_contain_text("passes it guesses y =", timeout=60_000)
    expect(page.locator(".steps .lit")).to_have_count(0)
    context.close()
