"""The desk: what a customer asks for or tells, in the portal or on a pay page.

It makes the records of collecting, in the customer's name and with our rights: what he
may do is decided here, by who he is and what showed it, not by rights on the records.
"""

from dataclasses import dataclass, field

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.o2c_base.tools.local_form import day_text, money_text

from ..policy import desk_form, proof

#: Forms that one customer may send to one company in a day.
MOST_PER_DAY = 20
#: Documents that a form offers to choose from.
MOST_SHOWN = 200


@dataclass(frozen=True)
class Visitor:
    """Who stands at the desk, and what he may speak about."""

    #: the customer as a company, in sudo
    customer: models.BaseModel
    #: the person: who is logged in, or whose mail address was the proof, in sudo
    contact: models.BaseModel
    company: models.BaseModel
    currency: models.BaseModel
    #: the documents that he may choose, in sudo
    moves: models.BaseModel
    proof: str
    #: with a login: the user, whose rights decide what he sees
    user: models.BaseModel | None = None
    #: without: the pay link that he opened
    link: models.BaseModel | None = None
    #: document from which he came, if any
    document: models.BaseModel | None = field(default=None)


class FormErrors(Exception):
    """What is wrong with a form: a sentence per field, "" for the form as a whole."""

    def __init__(self, errors):
        super().__init__(", ".join(errors.values()))
        self.errors = errors


class O2cCustomerDesk(models.AbstractModel):
    _name = "o2c.customer.desk"
    _description = "Desk of the Customer"

    @api.model
    def _is_open(self, company):
        """Whether customers of this company can help themselves."""
        root = company.sudo().root_id
        return root.o2c_desk_open and root._o2c_mode("dunning") != "off"

    @api.model
    def _offered(self, visitor):
        """What this visitor may do now.

        :return: list of kinds
        """
        if not visitor.moves or not self._is_open(visitor.company):
            return []
        return [kind for kind in proof.KINDS if proof.enough(visitor.proof, kind)]

    @api.model
    def _form(self, visitor, kind, values, errors=None):
        """What a form shows.

        :param values: what was typed or stands in the address, with ``get`` and
            ``getlist``
        :param dict errors: sentence per field, when the form came back
        """
        desk = self.sudo().with_company(visitor.company)
        data, found = getattr(desk, f"_{kind}_read")(visitor, values)
        form = getattr(desk, f"_{kind}_form")(visitor, values, data)
        # before he sends it only what he typed himself is worth a word
        typed_wrong = {name: why for name, why in found.items() if values.get(name)}
        return {
            "kind": kind,
            "errors": found | errors if errors is not None else typed_wrong,
            "text": (values.get("text") or "")[: desk_form.MOST_TEXT],
            **form,
        }

    @api.model
    def _send(self, visitor, kind, values, uploads=()):
        """Take a form in and make the record that it asks for, once.

        :param uploads: list of (name, bytes)
        :return: the record, in sudo
        :raise FormErrors: with sentences for the customer
        """
        desk = self.with_user(SUPERUSER_ID).with_company(visitor.company)
        token = desk_form.read_token(values.get("form"))
        if not token or not proof.enough(visitor.proof, kind):
            raise FormErrors({"": self.env._("Please open this page again.")})
        if known := self.env["o2c.desk.receipt"]._known(token, visitor, kind):
            return known
        if kind not in self._offered(visitor):
            raise FormErrors({"": self.env._("This is not possible here now.")})
        data, errors = getattr(desk, f"_{kind}_read")(visitor, values)
        files, problem = desk._read_files(uploads)
        if problem:
            errors["files"] = problem
        if errors:
            raise FormErrors(errors)
        return desk._take_in(
            token,
            visitor,
            kind,
            lambda: getattr(desk, f"_{kind}_make")(visitor, data),
            files,
        )

    @api.model
    def _take_in(self, token, visitor, kind, make, files):
        """The receipt, the record and its files: all of it or nothing."""
        receipts = self.env["o2c.desk.receipt"]
        try:
            with self.env.cr.savepoint():
                self._check_pace(visitor)
                receipt = receipts._claim(token, visitor, kind)
                if not receipt:
                    raise UserError(self.env._("Please open this page again."))
                record = make()
                receipt._keep(record)
                self._say(visitor, record, kind, files)
        except UserError as error:
            raise FormErrors({"": str(error)}) from error
        return record

    @api.model
    def _check_pace(self, visitor):
        """No endless row of forms."""
        since = fields.Datetime.subtract(fields.Datetime.now(), days=1)
        sent = (
            self.env["o2c.desk.receipt"]
            .sudo()
            .search_count(
                [
                    ("partner_id", "=", visitor.customer.id),
                    ("company_id", "=", visitor.company.id),
                    ("kind", "in", (*proof.KINDS, "reply")),
                    ("create_date", ">=", since),
                ],
                limit=MOST_PER_DAY,
            )
        )
        if sent >= MOST_PER_DAY:
            raise UserError(
                self.env._("You sent many forms today. Please go on tomorrow.")
            )

    @api.model
    def _queue_up(self, moves):
        """Of two forms about one invoice the later one sees what the first did."""
        self.env.flush_all()
        self.env.execute_query(
            SQL(
                "UPDATE account_move SET write_date = write_date WHERE id = ANY(%s) "
                "RETURNING id",
                sorted(moves.ids),
            )
        )

    @api.model
    def _choosable(self, visitor):
        """The documents about which something can be agreed: open invoices."""
        return visitor.moves.filtered(
            lambda move: move.move_type == "out_invoice"
            and move.state == "posted"
            and move.amount_residual > 0
        )

    @api.model
    def _chosen(self, visitor, values, moves):
        """Which of these documents were ticked; a tick of another one counts not.

        With nothing ticked in a form that was sent, nothing is chosen; a form that is
        opened starts with the document the visitor came from, else with what is due.
        """
        if values.get("form"):
            ticked = set(values.getlist("item"))
            return moves.filtered(lambda move: str(move.id) in ticked)
        if wanted := set(values.getlist("item")):
            return moves.filtered(lambda move: str(move.id) in wanted)
        if visitor.document:
            return moves & visitor.document
        if len(moves) < 2:
            return moves
        today = visitor.company.sudo().root_id._o2c_today()
        parts = self.env["o2c.account.overview"]._next_parts(moves)
        return moves.filtered(
            lambda move: (parts[move.id]["due"] or today) <= today
            if move.id in parts
            else False
        )

    @api.model
    def _choices(self, moves, chosen, aside=None):
        """Documents as ticks of a form.

        :param dict aside: sentence per document id why it cannot be chosen
        """
        overview = self.env["o2c.account.overview"]
        shown = moves[:MOST_SHOWN]
        parts = overview._next_parts(shown)
        dues = {move.id: move.invoice_date_due for move in shown}
        dues |= {move_id: part["due"] for move_id, part in parts.items()}
        return [
            {
                "id": move.id,
                "name": move.name,
                "open": money_text(self.env, move.amount_residual, move.currency_id),
                "due": self._day(dues[move.id]),
                "part": overview._part_text(move, parts.get(move.id)),
                "checked": move in chosen,
                "why": (aside or {}).get(move.id, ""),
            }
            for move in shown
        ]

    @api.model
    def _day(self, value):
        """A date as the reader writes it."""
        return day_text(self.env, value)

    @api.model
    def _moment_day(self, record, moment):
        """The day of a moment where our company is, not in Greenwich."""
        return self._day(record.company_id.sudo()._o2c_today(moment))

    @api.model
    def _cent(self, currency):
        """The smallest amount of a currency."""
        return desk_form.Decimal(1).scaleb(-currency.decimal_places)

    @api.model
    def _reason(self, code, **bounds):
        """A sentence beside a field that cannot be taken."""
        sentences = {
            desk_form.MISSING: self.env._("Please fill this in."),
            desk_form.LONG: self.env._(
                "Please keep it within %s characters.", desk_form.MOST_TEXT
            ),
            desk_form.FORM: self.env._("Please enter an amount such as 125.50."),
            desk_form.LOW: self.env._("The amount must be more than zero."),
            desk_form.HIGH: self.env._(
                "The amount is more than %s.", bounds.get("most", "")
            ),
            desk_form.EARLY: self.env._("Choose a day from today on."),
            desk_form.LATE: self.env._(
                "Choose a day until %s.", bounds.get("last", "")
            ),
            "day": self.env._("Please enter a day."),
            "choose": self.env._("Choose at least one invoice."),
        }
        return sentences[code]
