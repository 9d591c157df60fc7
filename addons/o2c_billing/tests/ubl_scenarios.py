"""A wide, reproducible set: taxes × discounts × rounding × kinds × parties.

Every scenario is drawn from one seed, so that a failure can be made again by its name.
"""

import random
from dataclasses import dataclass, field

SEED = 20260302
ROUNDINGS = ("round_per_line", "round_globally")

#: party → taxes of the Dutch chart that fit it
PARTIES = {
    "dutch": ("btw_21", "btw_9", "btw_0", "btw_verk_0", "btw_21_d", "own_exempt"),
    "public": ("btw_21", "btw_9", "btw_21_d", "own_exempt"),
    "german": ("btw_X0_producten", "btw_X0_diensten", "btw_X0_ABC_levering"),
    "american": ("btw_X1",),
    "consumer": ("btw_21", "btw_9"),
}
#: how lines come about
SHAPES = {
    "plain": lambda draw: (draw.randint(1, 20), draw.choice((9.99, 12.5, 100, 0.35))),
    "fractions": lambda draw: (
        round(draw.uniform(0.001, 9), 3),
        round(draw.uniform(0.01, 99), 3),
    ),
    "large": lambda draw: (draw.randint(1, 9), draw.choice((99999.99, 12345.67))),
    "tiny": lambda draw: (draw.randint(1, 3), draw.choice((0.01, 0.005, 0.125))),
}
DISCOUNTS = (0, 0, 5, 33.33, 12.5, 100)


@dataclass(frozen=True)
class Scenario:
    """One document to make."""

    name: str
    party: str
    rounding: str
    lines: tuple
    included: bool = False
    currency: str = "EUR"
    format: str = "nlcius"
    kind: str = "out_invoice"
    extras: dict = field(default_factory=dict)


def scenarios(count, seed=SEED):
    """So many documents, the same ones every time.

    :param int count: how many to draw
    """
    draw = random.Random(seed)
    for number in range(count):
        party = draw.choice(list(PARTIES))
        shape = draw.choice(list(SHAPES))
        lines = [
            (
                draw.choice(PARTIES[party]),
                *SHAPES[shape](draw),
                draw.choice(DISCOUNTS),
            )
            for _line in range(draw.randint(1, 7))
        ]
        if draw.random() < 0.3:
            tax, quantity, price, discount = lines[0]
            lines.append((tax, -quantity / 2, price, discount))
        if party in ("german", "american"):
            # goods and services of one kind of supply in one document
            lines = [(lines[0][0], *line[1:]) for line in lines]
        abroad = party in ("german", "american")
        yield Scenario(
            name=f"set_{number:03d}_{party}_{shape}",
            party=party,
            rounding=draw.choice(ROUNDINGS),
            lines=tuple(lines),
            included=not abroad and draw.random() < 0.2,
            currency="USD" if draw.random() < 0.1 else "EUR",
            format="ubl_bis3" if abroad or draw.random() < 0.4 else "nlcius",
            kind="out_refund" if draw.random() < 0.2 else "out_invoice",
        )
