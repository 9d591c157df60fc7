"""What customers may see of other ledgers: the company says whether, never booked."""

from odoo import api, fields, models
from odoo.tools import SQL, format_date, formatLang


class O2cMemoItem(models.Model):
    _inherit = "o2c.memo.item"

    @api.model
    def _shown(self, company, partners=None, currency=None):
        """Open items that customers of a company and its branches may see.

        :param company: ``res.company`` record; each ledger is of one, whose setting
            counts
        :param partners: only those of these customers; of everybody when None
        :param currency: only in this currency
        :return: dict of commercial partner id to list of dicts with ``ledger``,
            ``number``, ``date``, ``due``, ``amount`` and ``currency_id``
        """
        allowed = company.sudo().search(
            [("id", "child_of", company.root_id.id), ("o2c_memo_shown", "=", True)]
        )
        if not allowed:
            return {}
        for model in (self._name, "o2c.memo.source", "res.partner"):
            self.env[model].flush_model()
        some = SQL()
        if partners is not None:
            whose = partners.commercial_partner_id.ids
            some = SQL("AND p.commercial_partner_id = ANY(%s)", whose)
        if currency:
            some = SQL("%s AND item.currency_id = %s", some, currency.id)
        rows = self.env.execute_query_dict(
            SQL(
                """
                SELECT p.commercial_partner_id AS partner_id, source.name AS ledger,
                       item.number, item.date, item.due, item.currency_id,
                       item.open_amount AS amount
                  FROM o2c_memo_item item
                  JOIN o2c_memo_source source ON source.id = item.source_id
                  JOIN res_partner p ON p.id = item.partner_id
                 WHERE item.state = 'open' AND source.active
                   AND item.company_id = ANY(%s) %s
                 ORDER BY source.name, item.due, item.id
                """,
                allowed.ids,
                some,
            )
        )
        found = {}
        for row in rows:
            found.setdefault(row.pop("partner_id"), []).append(row)
        return found

    @api.model
    def _shown_ledgers(self, rows, lang=None):
        """Rows of one customer by ledger and money, written out, each with its own
        total: they are in no other sum.

        :param list rows: of :meth:`_shown`
        :return: list of dicts with ``title``, ``rows`` and ``total``
        """
        env = self.with_context(lang=lang).env if lang else self.env
        currencies = env["res.currency"].sudo()

        def money(row, amount):
            currency = currencies.browse(row["currency_id"])
            return formatLang(env, amount, currency_obj=currency)

        def day(value):
            return format_date(env, value, lang_code=lang)

        groups = {}
        for row in rows:
            groups.setdefault((row["ledger"], row["currency_id"]), []).append(row)
        return [
            {
                "title": env._("Administration: %s", ledger),
                "rows": [
                    {
                        "number": row["number"],
                        "date": day(row["date"]),
                        "due": day(row["due"]),
                        "amount": money(row, row["amount"]),
                    }
                    for row in same
                ],
                "total": money(same[0], sum(row["amount"] for row in same)),
            }
            for (ledger, _money), same in groups.items()
        ]


class ResCompany(models.Model):
    _inherit = "res.company"

    o2c_memo_shown = fields.Boolean(
        string="Customers See Other Ledgers",
        help="Reminders, statements and the account page also name what is open in "
        "your other ledgers, as text with a total of its own. It is never asked, "
        "counted for interest or cost, or paid there.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    o2c_memo_shown = fields.Boolean(related="company_id.o2c_memo_shown", readonly=False)
