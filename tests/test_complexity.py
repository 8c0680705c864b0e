from pathlib import Path

import pytest

from scripts import check_complexity as complexity

BRANCHES = "\n".join(f"        if number == {i} and number: return" for i in range(6))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("def one(): pass", {"one": 1}),
        ("def one(a, b, c): return a and b or c", {"one": 3}),
        ("def one(many): return [a for a in many if a]", {"one": 3}),
        ("class Some:\n    def one(self, a): return 1 if a else 2", {"one": 2}),
        ("def one():\n    def two(a, b):\n        return a or b\n    return two", {"one": 1, "two": 2}),
    ],
)
def test_branches_are_counted(source: str, expected: dict[str, int]) -> None:
    found = {function.name: function.complexity for function in complexity.functions_in(source)}
    assert found == expected


def test_assertion_is_no_branch_in_tests() -> None:
    source = "def one(a): assert a"
    assert [each.complexity for each in complexity.functions_in(source, is_test=True)] == [1]
    assert [each.complexity for each in complexity.functions_in(source)] == [2]


def test_function_above_the_limit_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "sample.py"
    file.write_text(f"class Some:\n    def many(self, number):\n{BRANCHES}\n", encoding="utf-8")
    assert complexity.main([str(file)]) == 1
    assert f"{file}:2: Some.many has a complexity of 13 (at most 12)" in capsys.readouterr().out
    file.write_text(file.read_text("utf-8").replace(" and number", "", 1), encoding="utf-8")
    assert complexity.main([str(file)]) == 0
