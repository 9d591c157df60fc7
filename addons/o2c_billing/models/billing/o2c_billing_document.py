"""What stands together on an invoice and what is set apart."""


class Documents:
    """Invoices in the making: lines of orders and of other events, joined and split.

    Works on the values that core is about to create, so that invoices of orders and of
    other systems come out as one where the customer wants that.
    """

    def __init__(self, bundle, split, free):
        """
        :param str bundle: order, reference or together
        :param str split: none, kind or cost_centre
        :param list free: (values, event ids) of invoices without an order
        """
        self.bundle = bundle
        self.split = split
        self.free = free
        #: event id to the invoice line it became
        self.lines = {}
        self._events = {}
        self._places = []

    def arrange(self, invoices, env):
        """Add what has no order, set apart what must be.

        :param list invoices: values of the invoices of orders
        :return: list of values for core
        """
        for values, events in self.free:
            for command, event in zip(values["invoice_line_ids"], events, strict=True):
                self._events[id(command[2])] = event
            self._join(invoices, values, env)
        if self.split != "none":
            mark = self._kinds(invoices, env)
            invoices = [
                part for values in invoices for part in self._apart(values, mark)
            ]
        self._places = [
            [self._events.get(id(command[2])) for command in values["invoice_line_ids"]]
            for values in invoices
        ]
        return invoices

    def placed(self, moves):
        """Find the lines back after core made them, in the order they were given."""
        for move, events in zip(moves, self._places, strict=True):
            if not any(events):
                continue
            lines = move.invoice_line_ids.sorted("id")
            for line, event in zip(lines, events, strict=True):
                if event:
                    self.lines[event] = line

    def _join(self, invoices, values, env):
        """Onto the invoice of the same customer and currency, else one of its own."""
        if self.bundle != "order":
            home = env["res.company"].browse(values["company_id"]).currency_id.id
            for other in invoices:
                same = (
                    other["partner_id"] == values["partner_id"]
                    and (other.get("currency_id") or home) == values["currency_id"]
                )
                if self.bundle == "reference":
                    same = same and (other.get("ref") or "") == (values["ref"] or "")
                if same:
                    after = len(other["invoice_line_ids"])
                    for command in values["invoice_line_ids"]:
                        command[2]["sequence"] += after + 1
                    other["invoice_line_ids"] += values["invoice_line_ids"]
                    return
        invoices.append(values)

    def _kinds(self, invoices, env):
        """What tells the parts of an invoice apart, as a function of line values."""
        if self.split == "cost_centre":
            events = env["o2c.billing.event"].browse(self._events.values())
            centres = {event.id: event.cost_centre or "" for event in events}
            return lambda line: centres.get(self._events.get(id(line)), "")
        products = env["product.product"].browse(
            {
                command[2]["product_id"]
                for values in invoices
                for command in values["invoice_line_ids"]
                if command[2].get("product_id")
            }
        )
        goods = set(products.filtered(lambda p: p.type != "service").ids)
        return lambda line: "goods" if line.get("product_id") in goods else "services"

    def _apart(self, values, mark):
        """One invoice per mark; headings go with the line below them, what is taken off
        goes with the largest part."""
        parts, heading, taken_off = {}, [], []
        for command in values["invoice_line_ids"]:
            line = command[2]
            if line.get("display_type", "product") != "product":
                heading.append(command)
            elif _worth(line) < 0 and not self._events.get(id(line)):
                taken_off += [*heading, command]
                heading = []
            else:
                parts.setdefault(mark(line), []).extend([*heading, command])
                heading = []
        if not parts:
            return [values]
        largest = max(
            parts.values(), key=lambda lines: sum(_worth(line[2]) for line in lines)
        )
        largest += [*taken_off, *heading]
        return [{**values, "invoice_line_ids": lines} for lines in parts.values()]


def _worth(line):
    return (line.get("price_unit") or 0) * (line.get("quantity") or 0)
