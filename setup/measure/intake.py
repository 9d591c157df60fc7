"""Orders that come in as a file, beside quotations that a program makes."""

from . import stage
from .clock import compare

HEAD = "order_reference;customer;article;quantity\n"
#: Article number that the file mentions.
ARTICLE = "BENCH-HOUR"


def quotations(env, company, count, lines):
    """A file of orders becomes quotations, judged; beside creating the same."""
    stage.switch(env, company, "credit", "off")
    stage.switch(env, company, "billing", "live")
    env.ref("o2c_demo.product_inst_uur").default_code = ARTICLE
    chosen = stage.customers(env).filtered("ref")[:count]
    intakes = env["o2c.order.intake"]

    def ready():
        text = "".join(
            f"B{order};{chosen[order % len(chosen)].ref};{ARTICLE};{1 + line % 20}\n"
            for order in range(count)
            for line in range(lines)
        )
        taken, _known = intakes._receive(
            company, "file", "bench.csv", (HEAD + text).encode()
        )
        return taken

    def work(taken):
        taken._work(all_now=True)
        if taken.made_count != count:
            raise RuntimeError(f"{taken.made_count} orders were made: {taken.reason}")

    def again():
        work(ready())

    def known(_ready):
        if ready().made_count != count:
            raise RuntimeError("The same file was taken for another one.")

    found = compare(
        env,
        {
            "ours": (work, ready),
            "core": (lambda _r: stage.quotes(env, count, lines), None),
            "the same file again": (known, again),
        },
    )
    stage.switch(env, company, "billing", "off")
    return found
