"""``python -m groundup.course``: the table of the path, as it stands in ``docs/PATH.md``."""

from __future__ import annotations

from groundup.course.path import Chapter, chapters, sections


def written() -> str:
    """The whole document."""
    count = sum(len(one.questions) for one in sections())
    minutes = sum(one.minutes for one in sections())
    head = (
        "# The path\n\n"
        f"The {len(sections())} sections in their order, with {count} questions. They take about "
        f"{minutes} minutes, reckoned from one walk: its words at 200 a minute, and doing. "
        "`python -m groundup.course > docs/PATH.md` writes this table from "
        "`groundup/course/chapters/`.\n"
    )
    return head + "".join(map(_chapter, chapters()))


def _chapter(chapter: Chapter) -> str:
    rows = (
        f"| {one.id} | {one.name} | `/{one.page}` | {one.minutes} | {len(one.questions)} "
        f"| {' · '.join(one.words)} | {one.so} |\n"
        for one in chapter.sections
    )
    beside = (f"- {d.name} (`/{d.page}`, deepens {d.deepens})\n" for d in chapter.deeper)
    return (
        f"\n## {chapter.number} {chapter.name}\n\n"
        "| | Section | Page | Minutes | Questions | New words | What to keep |\n"
        "|---|---|---|---|---|---|---|\n"
        f"{''.join(rows)}\nDeeper:\n\n{''.join(beside)}"
    )


if __name__ == "__main__":
    print(written(), end="")
