"""Charts for paper: where bars, points and the lines of a scale stand.

Plain geometry in points from the top left corner, for a page that is drawn without
JavaScript. What has no value (None) leaves a gap; it is never drawn as 0.
"""

import math
from dataclasses import dataclass

#: Round numbers that a scale may go up in, times a power of ten.
ROUND = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True)
class Frame:
    """A drawing with room for words left of and below it."""

    width: float = 640
    height: float = 190
    left: float = 64
    right: float = 8
    top: float = 12
    bottom: float = 24


@dataclass(frozen=True)
class Scale:
    """From which value to which a scale goes, in equal steps."""

    low: float
    high: float
    step: float

    def values(self):
        """The values that get a line.

        >>> Scale(0, 60, 20).values()
        [0, 20, 40, 60]
        """
        count = round((self.high - self.low) / self.step)
        return [self.low + number * self.step for number in range(count + 1)]


def scale(values, steps=4):
    """The scale of some values: round, with 0 in it, of about so many steps.

    >>> scale([12.4, 55.0, None])
    Scale(low=0, high=60, step=20)
    >>> scale([1200, -300])
    Scale(low=-500, high=1500, step=500)

    Exactly on a line stays on it; nothing at all still gives a scale:

    >>> scale([40])
    Scale(low=0, high=40, step=10)
    >>> scale([None, 0])
    Scale(low=0, high=1, step=1)
    """
    known = [float(value) for value in values if value is not None]
    low, high = min([0.0, *known]), max([0.0, *known])
    if low == high:
        return Scale(0, 1, 1)
    rough = (high - low) / steps
    power = 10 ** math.floor(math.log10(rough))
    step = next(one * power for one in ROUND if one * power >= rough * (1 - 1e-9))
    step = int(step) if step == int(step) else step
    return Scale(_down(low, step), -_down(-high, step), step)


def _down(value, step):
    """The multiple of a step at or below a value."""
    return math.floor(value / step + 1e-9) * step


def height_of(value, one, frame):
    """How far from the top a value stands.

    >>> sheet = Frame(height=120, top=10, bottom=10)
    >>> [height_of(value, Scale(0, 50, 10), sheet) for value in (0, 25, 50)]
    [110.0, 60.0, 10.0]
    """
    room = frame.height - frame.top - frame.bottom
    part = (float(value) - one.low) / (one.high - one.low)
    return round(frame.top + room * (1 - part), 1)


def bars(values, one, frame):
    """A bar per value: (left, top, width, height), None where there is no value.

    A credit hangs below the line of 0.

    >>> sheet = Frame(width=100, height=120, left=0, right=0, top=10, bottom=10)
    >>> bars([50, None], Scale(0, 50, 10), sheet)
    [(10.0, 10.0, 30.0, 100.0), None]
    >>> bars([-25], Scale(-50, 50, 50), sheet)
    [(20.0, 60.0, 60.0, 25.0)]
    """
    slot = (frame.width - frame.left - frame.right) / max(len(values), 1)
    zero = height_of(0, one, frame)
    found = []
    for number, value in enumerate(values):
        if value is None:
            found.append(None)
            continue
        end = height_of(value, one, frame)
        found.append(
            (
                round(frame.left + slot * (number + 0.2), 1),
                min(zero, end),
                round(slot * 0.6, 1),
                round(abs(zero - end), 1),
            )
        )
    return found


def middles(count, frame):
    """Where the words below the drawing stand, one per value.

    >>> middles(2, Frame(width=100, left=0, right=0))
    [25.0, 75.0]
    """
    slot = (frame.width - frame.left - frame.right) / max(count, 1)
    return [round(frame.left + slot * (number + 0.5), 1) for number in range(count)]


def lines(values, one, frame):
    """The points of a line, in pieces: a month without a figure breaks it.

    >>> sheet = Frame(width=100, height=120, left=0, right=0, top=10, bottom=10)
    >>> lines([50, None, 0, 25], Scale(0, 50, 10), sheet)
    [[(12.5, 10.0)], [(62.5, 110.0), (87.5, 60.0)]]
    """
    pieces, piece = [], []
    for value, across in zip(values, middles(len(values), frame), strict=True):
        if value is None:
            if piece:
                pieces.append(piece)
            piece = []
        else:
            piece.append((across, height_of(value, one, frame)))
    return [*pieces, piece] if piece else pieces
