"""The tag of a workplace can be broken into lines, and is still found by its digits."""

from robot.model import TagPatterns

from Katip.run.listing import _workplace_tag

SGK = "29999010199999010999932000"


def test_number_is_grouped_so_that_a_page_can_break_it() -> None:
    assert _workplace_tag(SGK) == "workplace-2 9999 01 01 9999901 099 99 32 000"


def test_digits_alone_still_select_the_tasks() -> None:
    assert TagPatterns([f"workplace-{SGK}"]).match([_workplace_tag(SGK)])
