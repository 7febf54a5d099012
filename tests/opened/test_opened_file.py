"""Which files are opened, what is said of the others, and how a saved one is noticed."""

import os

import pytest

from groundup.opened import OpenedFile, UnreadableError, current, held, hold
from groundup.opened.reading import MAX_BYTES


def written(folder, content, name="train.py"):
    file = folder / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(file)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("x = 1\n", "x = 1\n"),
        (b"\xef\xbb\xbfx = 1\r\ny = 2\r", "x = 1\ny = 2\n"),
        (b"# -*- coding: latin-1 -*-\nx = '\xe4'\n", "# -*- coding: latin-1 -*-\nx = 'ä'\n"),
        (b"#" * MAX_BYTES, "#" * MAX_BYTES),
        ("", ""),
    ],
)
def test_a_script_is_read_as_python_reads_it(tmp_path, content, text):
    assert OpenedFile.at(written(tmp_path, content)).text == text


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"#" * (MAX_BYTES + 1), "train.py", "more than 200,000 bytes"),
        (b"x = '\xe4'\n", "train.py", "not written in UTF-8"),
        (b"# coding: klingon\n", "train.py", "nor in an encoding that its first lines declare"),
        (b"x = 1\0", "train.py", "holds a null character"),
        ("{}", "train.ipynb", "jupyter nbconvert --to script"),
        ("x = 1", "train.txt", "does not end in .py"),
    ],
)
def test_what_is_no_script_is_said(tmp_path, content, name, said):
    with pytest.raises(UnreadableError, match=said):
        OpenedFile.at(written(tmp_path, content, name))


def test_what_is_not_there_a_folder_or_no_file_is_said(tmp_path):
    with pytest.raises(UnreadableError, match="cannot be read: No such file"):
        OpenedFile.at(str(tmp_path / "none.py"))
    (tmp_path / "folder.py").mkdir()
    with pytest.raises(UnreadableError, match="is a folder"):
        OpenedFile.at(str(tmp_path / "folder.py"))
    os.mkfifo(tmp_path / "pipe.py")
    with pytest.raises(UnreadableError, match="not a file that can be read twice"):
        OpenedFile.at(str(tmp_path / "pipe.py"))


def test_a_saved_file_is_noticed_however_it_was_saved(tmp_path):
    file = OpenedFile.at(written(tmp_path, "x = 1\n"))
    assert not file.changed("x = 1\n")
    written(tmp_path, "x = 22\n")
    assert file.changed("x = 1\n")
    # As editors do: another file takes its name, with as many bytes and the same time.
    times = os.stat(file.path)
    written(tmp_path, "x = 33\n", "new.py")
    os.utime(tmp_path / "new.py", ns=(times.st_atime_ns, times.st_mtime_ns))
    os.replace(tmp_path / "new.py", file.path)
    assert file.text == "x = 33\n"


def test_a_file_that_is_gone_keeps_its_last_text_until_it_is_back(tmp_path):
    file = OpenedFile.at(written(tmp_path, "x = 1\n"))
    file.path.unlink()
    assert not file.changed("x = 1\n")
    assert "No such file" in file.problem
    written(tmp_path, "x = 2\n")
    assert file.text == "x = 2\n"
    assert file.problem == ""


def test_what_is_no_python_is_said_without_a_process(tmp_path):
    file = OpenedFile.at(written(tmp_path, "x = 1\nx = (\n"))
    with pytest.raises(SyntaxError) as refused:
        file.trace()
    assert refused.value.lineno == 2
    assert file._waiting is None


def test_a_process_is_for_one_file_from_its_start_on(tmp_path, monkeypatch):
    monkeypatch.setattr(held, "_held", [])
    assert current() is None
    file = OpenedFile.at(written(tmp_path, "x = 1\n"))
    hold(file)
    assert current() is file
    with pytest.raises(RuntimeError, match="started with another file"):
        hold(OpenedFile.at(written(tmp_path, "y = 1\n", "other.py")))
    assert current() is file
