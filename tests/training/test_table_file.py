"""Files as programs and people write them: what is read of each, said, and left out by consent."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundup.training import cells, own_data, table_file
from groundup.training.own_data import Points


def read(raw):
    """The points of the two suggested columns, and the table."""
    table = table_file.read(raw if isinstance(raw, bytes) else raw.encode())
    return table.points(*table.suggested()), table


THREE = ((1, 2, 3), (2, 4.5, 7))


@pytest.mark.parametrize(
    "raw",
    [
        b"1,2\n2,4.5\n3,7",
        b"x,y\r\n1,2\r\n2,4.5\r\n3,7\r\n",
        b"\xef\xbb\xbfx;y\n1;2\n2;4.5\n\n3;7\n",
        b"sep=;\r\nx;y\r\n1;2\r\n2;4.5\r\n3;7",
        b'"sep=|"\n1|2\n2|4.5\n3|7',
        "x\ty\n1\t2\n2\t4.5\n3\t7".encode("utf-16"),
        "x,y\n1,2\n2,4.5\n3,7".encode("utf-16-le") + b" \0" * 60,
        "Größe;Länge\n1;2\n2;4,5\n3;7".encode("cp1252"),
        b"1;2,0\n2;4,5\n3;7,0",
        b'1,"2,0"\n2,"4,5"\n3,"7,0"',
        b"# measured in May\ntime,height\n(s),(m)\n1,2\n2,4.5\n3,7",
        b"  1  2\n  2  4.5\n  3  7\n",
        b"n,height,colour\n1,2,red\n2,4.5,blue\n3,7,red",
        b",x,y\n0,1,2\n1,2,4.5\n2,3,7",
        b'"x" "y"\n"1" 1 2\n"2" 2 4.5\n"3" 3 7\n',
        b"x,y\n1,2\n2,4.5\n3,7\n4,?\n5,NA\n,9\n",
        b"x,y\n$1,2%\n$2,4.5%\n$3,7%\n",
    ],
)
def test_a_file_in_one_of_the_usual_forms_is_read(raw):
    points, _ = read(raw)
    assert (points.x, points.y) == THREE


@pytest.mark.parametrize(
    ("raw", "x", "y", "noted"),
    [
        ("0,5;1,5\n1;2\n2;3", (0.5, 1, 2), (1.5, 2, 3), "0,5 is 0.5"),
        (",Sales\n0,22.1\n1,10.4", (0, 1), (22.1, 10.4), ""),
        ("n;y\n1;1.234,5\n2;12.345,25", (1, 2), (1234.5, 12345.25), "1.234,5 is 1234.5"),
        ('n,y\n1,"1,234,567"\n2,"2,000"', (1, 2), (1234567, 2000), "is 1,234,567"),
        ('n,y\n1,"$1,234.50"\n2,$80', (1, 2), (1234.5, 80), "$1,234.50 is 1234.5"),
        ("n\ty\n1\t1 234 567\n2\t2\u00a0000", (1, 2), (1234567, 2000), ""),
        ("d,y\n2020-01-30,1\n2020-02-01,2", (0, 2), (1, 2), "days since 2020-01-30"),
        ("d,y\n31/01/2020,1\n01/02/2020,2", (0, 1), (1, 2), "day/month/year"),
        ("d,y\n01/30/2020,1\n01/31/2020,2", (0, 1), (1, 2), "month/day/year"),
        ("d;y\n30.01.2020 12:00;1\n31.01.2020 00:00;2", (0, 0.5), (1, 2), "days since"),
        (
            "d,y\n2020-01-30T00:00:00Z,1\n2020-01-31 12:00:00+00:00,2",
            (0, 1.5),
            (1, 2),
            "days since",
        ),
        ("d,y\n1/30/20,1\n2/1/20,2", (0, 2), (1, 2), "month/day/year"),
        ("d,y\nJan 2020,1\nFeb 2020,2", (0, 31), (1, 2), "days since 2020-01-01"),
        ("x,y\n1,5e7\n2,\u22123e9", (1, 2), (5e7, -3e9), ""),
        ('x,y\n1,"(1,250)"\n2,1.0E+03', (1, 2), (-1250, 1000), ""),
    ],
)
def test_what_a_cell_means_is_read_and_said(raw, x, y, noted):
    points, table = read(raw)
    assert (points.x, points.y) == (x, y)
    said = [
        *table.notes,
        *(c.unit for c in table.columns),
        *(n for c in table.columns for n in c.notes),
    ]
    assert noted in " ".join(said)


def test_a_point_beside_decimal_commas_is_no_number():
    """1.5 among decimal commas is not taken for 15."""
    assert cells.number("1.5", comma=True) is None
    assert cells.number("1.500", comma=True) == 1500


def test_of_many_columns_any_two_are_chosen():
    table = table_file.read(b",TV,radio,paper,Sales\n1,230.1,37.8,low,22.1\n2,44.5,39.3,high,10.4")
    assert [column.name for column in table.columns] == ["column 1", "TV", "radio", "Sales"]
    assert table.suggested() == (1, 3)
    assert table.points(2, 1) == Points((37.8, 39.3), (230.1, 44.5), ("radio", "TV"))


def test_a_second_line_of_names_is_the_unit():
    table = table_file.read(b"time,height\ns,m\n0,1.5\n1,2.5")
    assert [column.name for column in table.columns] == ["time (s)", "height (m)"]


@pytest.mark.parametrize(
    ("raw", "names", "noted"),
    [
        ("# measured in May, in Oslo\n1,2\n2,3", ("column 1", "column 2"), "1 line above"),
        ("# 12, 5 of them\nx,y\n1,2\n2,3", ("x", "y"), "1 line above"),
        ("# by A, for B\nx,y\n# in s, in m\n1,2\n2,3", ("x", "y"), "2 lines above"),
        ("# from 2020, to 2021\n# height, 3\n1,2\n2,3", ("column 1", "column 2"), "2 lines"),
        ("# by A\n# t (in s),body height [m]\n1,2\n2,3", ("t (in s)", "body height [m]"), "line 2"),
        ("# t h\n1 2\n2 3", ("t", "h"), "line 1, a comment"),
        ("#t\th\n1\t2\n2\t3", ("t", "h"), "line 1, a comment"),
        ("#,h\n1,2\n2,3", ("#", "h"), ""),
        ("name,h,m\n#1,2,3\n#2,3,4", ("h", "m"), ""),
    ],
)
def test_a_comment_names_the_columns_only_where_it_is_nothing_but_names(raw, names, noted):
    points, table = read(raw)
    assert points.names == names
    assert (points.x, points.y) in {((1, 2), (2, 3)), ((2, 3), (3, 4))}
    assert noted in " ".join(table.notes)
    assert bool(table.notes) == bool(noted)


def test_rows_without_a_number_are_counted_and_named():
    table = table_file.read(b"x,y\n1,2\n2,abc\n3,\n4,5\nTotal\n6,NA")
    assert table.left_out(0, 1) == [
        "line 3: y holds \u00ababc\u00bb",
        "line 4: y is empty or holds no number",
        "line 6: x holds \u00abTotal\u00bb",
        "line 7: y holds \u00abNA\u00bb",
    ]
    assert table.points(0, 1) == Points((1, 4), (2, 5))


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "the file is empty"),
        (b"1\n2\n3", "1 of its 1 columns holds numbers"),
        (b"a,b\nc,d", "none of its 2 columns hold numbers"),
        (b"1,2\n" * 5001, "more than 5,000 rows"),
        (b"1," * 201 + b"1\n2,3", "202 columns, and 200 is the most"),
        (b"1" * 1_000_001, "1.0 MB; 1 MB is the most"),
        (b"PK\x03\x04\x00\xff", "save the sheet as CSV"),
        (b"\x89PNG\r\n\x1a\n\x00", "no text"),
    ],
)
def test_a_file_without_such_a_table_is_refused_in_a_sentence(raw, said):
    with pytest.raises(ValueError, match=said):
        table_file.read(raw)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"1,2", "at least 2 points"),
        (b"2,1\n2,3\n2,5", "column 1, rows 1 to 3"),
        (b"1,2e12\n2,3", "larger unit"),
    ],
)
def test_columns_that_make_no_line_say_so(raw, said):
    with pytest.raises(ValueError, match=said):
        read(raw)


@given(
    st.binary(max_size=200) | st.text("0123456789.,;\n\t \"'xe+-/:?%", max_size=200).map(str.encode)
)
@settings(max_examples=300)
def test_any_file_is_read_or_refused_with_a_sentence(raw):
    try:
        points, table = read(raw)
    except ValueError:
        return
    x, y = table.suggested()
    assert len(points.x) + len(table.left_out(x, y)) == len(table.lines)
    again, _ = read(own_data.to_csv(points))
    assert (again.x, again.y) == (points.x, points.y)
