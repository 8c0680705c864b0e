"""What the tests do in the browser without the reader: open a page, look what happened, click where a hand would."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from Browser import Browser
from Browser.utils.data_types import MouseButtonAction

# Where an element with data-target is, in the outermost window: through shadow roots and frames of the same origin.
PLACE_OF_TARGET = """(name) => {
  const search = (root) => {
    for (const element of root.querySelectorAll("*")) {
      if (element.dataset && element.dataset.target === name) return [element];
      const deeper = element.shadowRoot ? search(element.shadowRoot) : null;
      if (deeper) return deeper;
      let inner = null;
      try { inner = element.contentDocument; } catch { inner = null; }
      const framed = inner ? search(inner) : null;
      if (framed) return [element, ...framed];
    }
    return null;
  };
  const way = search(document);
  if (!way) return null;
  way[way.length - 1].scrollIntoView({ block: "center", inline: "center" });
  let [x, y] = [0, 0];
  const boxes = way.map((element) => element.getBoundingClientRect());
  for (let i = 0; i < way.length - 1; i++) {
    x += boxes[i].left + way[i].clientLeft;
    y += boxes[i].top + way[i].clientTop;
  }
  const last = boxes[boxes.length - 1];
  const field = way[way.length - 1].matches("input, select, textarea") ? way[way.length - 1]
    : way[way.length - 1].querySelector("textarea, input");
  const value = field ? field.value : null;
  return { x: x + last.left, y: y + last.top, width: last.width, height: last.height, value };
}"""


@dataclass(frozen=True)
class Place:
    """Where a target is, in CSS pixels of the outermost window, and what its field holds."""

    x: float
    y: float
    width: float
    height: float
    value: str | None

    def holds(self, x: float, y: float, slack: float = 2) -> bool:
        """Whether a point lies on it."""
        across = self.x - slack <= x <= self.x + self.width + slack
        return across and self.y - slack <= y <= self.y + self.height + slack


class Hand:
    """A person's hand and memory at the browser, for the tests alone.

    Args:
        browser: The Browser library with an open page.
        origin: Where the corpus is served.
        other_port: The port of the second origin.
    """

    def __init__(self, browser: Browser, origin: str, other_port: str) -> None:
        self.browser = browser
        self.origin = origin
        self.other_port = other_port
        self._untouched = ""

    def open(self, path: str, only_to_look: bool = False) -> None:
        """Open a page as it is when nobody touched it yet.

        Args:
            path: The page.
            only_to_look: Nothing will be touched, so that the next to look at it need not load it again.
        """
        if path != self._untouched:
            self._go_to(f"{self.origin}/{path}?other={self.other_port}")
        self._untouched = path if only_to_look else ""

    def _go_to(self, url: str) -> None:
        try:
            self.browser.go_to(url)
        except AssertionError:  # a failed test left a native dialog open: that page cannot be left any more
            self.browser.new_page(url)

    def script(self, code: str, argument: Any = None) -> Any:
        """Run a script in the outermost window."""
        return self.browser.evaluate_javascript(None, code, arg=argument)

    def happened(self) -> list[str]:
        """What the page recorded so far."""
        return list(self.script("() => window.happened || []"))

    def place(self, target: str) -> Place | None:
        """Where a target is now, scrolled into view; None if it is not (or in a frame of another origin)."""
        found = self.script(PLACE_OF_TARGET, target)
        return Place(**found) if found else None

    def click(self, target: str) -> None:
        """Click in the middle of a target with the mouse, whatever lies there."""
        place = until(lambda: self.place(target))
        assert place, f'There is no data-target="{target}" to click.'
        self.browser.mouse_button(MouseButtonAction.click, place.x + place.width / 2, place.y + place.height / 2)


def until(ask: Callable[[], Any], patience: float = 3.0) -> Any:
    """Ask again and again until the answer is true or patience ends; gives the last answer."""
    end = time.monotonic() + patience
    while not (answer := ask()) and time.monotonic() < end:
        time.sleep(0.03)
    return answer
