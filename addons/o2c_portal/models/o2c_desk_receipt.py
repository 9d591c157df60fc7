"""What customers sent themselves: each thing once, whatever a browser sends twice."""

from odoo import api, fields, models
from odoo.fields import Command
from odoo.tools import SQL

from ..policy import proof

#: Receipts are kept as long as somebody may come back to an old form.
KEPT_DAYS = 400
#: Fields that say about how much a thing is, by model.
AMOUNTS = {
    "o2c.payment.plan": "total",
    "o2c.payment.promise": "amount",
    "o2c.dispute": "amount",
    "o2c.remittance.note": "amount",
}
#: What is kept by itself, without a form of the desk: model and who sent it.
BESIDE = ("o2c.change.request", "o2c.remittance.note")


class O2cDeskReceipt(models.Model):
    """One form that a customer sent, and the record that came of it.

    The number is drawn when the form is shown. A double click, the back button or a
    repeated request finds the receipt and leads to the same record.
    """

    _name = "o2c.desk.receipt"
    _description = "Form Received From a Customer"
    _order = "id desc"
    _rec_name = "kind"

    token = fields.Char(string="Form", required=True, readonly=True)
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    contact_id = fields.Many2one(
        "res.partner",
        string="Sent By",
        readonly=True,
        ondelete="set null",
        help="Who was logged in, or whose mail address was the proof.",
    )
    kind = fields.Selection(
        [
            ("plan", "Payment plan"),
            ("promise", "Payment announced"),
            ("dispute", "Dispute"),
            ("question", "Question"),
            ("reply", "Answer"),
            ("taken_back", "Dispute taken back"),
            ("details", "Change of own data"),
            ("reference", "Own order number"),
            ("remittance", "Payment specification"),
        ],
        required=True,
        readonly=True,
    )
    proof = fields.Selection(
        [
            (proof.MAIL, "Mailed link"),
            (proof.CODE, "Mailed code"),
            (proof.LOGIN, "Login"),
            (proof.PAPER, "Pay page only"),
        ],
        required=True,
        readonly=True,
        help="What showed that it came from the customer.",
    )
    res_model = fields.Char(string="Document Model", readonly=True)
    res_id = fields.Many2oneReference(
        string="Document ID", model_field="res_model", readonly=True
    )

    move_ids = fields.Many2many(
        "account.move",
        "o2c_desk_receipt_move_rel",
        "receipt_id",
        "move_id",
        string="Invoices",
        readonly=True,
        help="What it is about; empty when it is about no invoice.",
    )
    currency_id = fields.Many2one(
        "res.currency", string="Money", readonly=True, ondelete="restrict"
    )
    amount = fields.Monetary(
        readonly=True,
        help="The plan, the announced payment, the disputed part or the transfer, as "
        "it was when it was sent.",
    )

    _token_uniq = models.Constraint("UNIQUE(token)", "This form was sent before.")

    @api.model
    def _known(self, token, visitor, kind):
        """What came of this form before; empty when it is new.

        A form of somebody else is no form of this visitor's, so it tells nothing.
        """
        found = self.sudo().search(
            [
                ("token", "=", token),
                ("partner_id", "=", visitor.customer.id),
                ("kind", "=", kind),
            ],
            limit=1,
        )
        return found._record()

    def _record(self):
        """The record that came of it, in sudo; None when there is none."""
        if not self.res_model:
            return None
        return self.env[self.res_model].sudo().browse(self.res_id).exists() or None

    @api.model
    def _claim(self, token, visitor, kind):
        """Take the form in, once.

        Two at the same moment queue up at the unique number: the database refuses the
        second one, Odoo tries again and finds the first.

        :return: the receipt, in sudo; empty when it was taken before
        """
        [*rows] = self.env.execute_query(
            SQL(
                """
                INSERT INTO o2c_desk_receipt (token, partner_id, company_id, contact_id,
                                              kind, proof, create_uid, write_uid,
                                              create_date, write_date)
                VALUES (%(token)s, %(partner)s, %(company)s, %(contact)s, %(kind)s,
                        %(proof)s, %(user)s, %(user)s, %(now)s, %(now)s)
                ON CONFLICT (token) DO NOTHING
                RETURNING id
                """,
                token=token,
                partner=visitor.customer.id,
                company=visitor.company.id,
                contact=visitor.contact.id or None,
                kind=kind,
                proof=visitor.proof,
                user=self.env.uid,
                now=fields.Datetime.now(),
            )
        )
        return self.sudo().browse([key for (key,) in rows])

    def _keep(self, record):
        """Note what came of it, with its invoices and its amount."""
        amount = record[AMOUNTS[record._name]] if record._name in AMOUNTS else 0.0
        moves = (
            record.move_id if "move_id" in record._fields else record.move_ids
        ).sudo()
        currency = moves.currency_id[:1]
        if "currency_id" in record._fields:
            currency = record.currency_id or currency
        self.write(
            {
                "res_model": record._name,
                "res_id": record.id,
                "move_ids": [Command.set(moves.ids)],
                "amount": 0.0 if self.kind == "reply" else amount,
                "currency_id": currency.id,
            }
        )

    @api.model
    def _note(self, record, shown, contact=None):
        """What is sent without a form of the desk: a change of data, a specification.

        :param record: ``o2c.change.request`` or ``o2c.remittance.note``
        :param str shown: proof of who sent it
        :param contact: who sent it, if known
        :return: the receipt, in sudo; the one that is there for what was sent again
        """
        receipts, record = self.sudo(), record.sudo()
        token = f"{record._name}:{record.id}"
        if known := receipts.search([("token", "=", token)], limit=1):
            return known
        receipt = receipts.create(
            {
                "token": token,
                "partner_id": record.partner_id.commercial_partner_id.id,
                "company_id": record.company_id.id,
                "contact_id": contact.id if contact else False,
                "kind": self._kind_of_note(record),
                "proof": shown,
            }
        )
        receipt._keep(record)
        return receipt

    @api.model
    def _kind_of_note(self, record):
        if record._name == "o2c.remittance.note":
            return "remittance"
        return "reference" if record.kind == "reference" else "details"

    @api.model
    def _complete_old(self):
        """Receipts of before this list had invoices, and of what was not on it."""
        for receipt in self.sudo().search([("res_model", "!=", False)]):
            if not receipt.move_ids and (record := receipt._record()):
                receipt._keep(record)
        for model in BESIDE:
            since = fields.Datetime.subtract(fields.Datetime.now(), days=KEPT_DAYS)
            for record in self.env[model].sudo().search([("create_date", ">=", since)]):
                asked = model == "o2c.change.request"
                receipt = self._note(
                    record,
                    proof.LOGIN if asked else proof.PAPER,
                    record.asked_by_id.partner_id if asked else None,
                )
                self.env.execute_query(
                    SQL(
                        "UPDATE o2c_desk_receipt SET create_date = %s WHERE id = %s "
                        "RETURNING id",
                        record.create_date,
                        receipt.id,
                    )
                )

    def action_open_record(self):
        """Open what came of it."""
        self.ensure_one()
        if not self.res_model:
            return None
        return self.env["o2c.today"]._open_record(
            self.env[self.res_model].browse(self.res_id)
        )

    @api.autovacuum
    def _forget_old_forms(self):
        """Nobody comes back to a form after more than a year."""
        before = fields.Datetime.subtract(fields.Datetime.now(), days=KEPT_DAYS)
        self.sudo().search([("create_date", "<", before)], limit=10_000).unlink()
