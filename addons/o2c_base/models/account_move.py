"""What the parts know of a document: one asks, another one answers."""

from odoo import api, models
from odoo.tools import SQL


class AccountMove(models.Model):
    _inherit = "account.move"

    @api.model
    def _o2c_contract_keys(self, move_ids):
        """Hook: the continuing contract of which a document bills a term.

        :param move_ids: ids of invoices
        :return: dict of move id to a name of the contract, always the same for the
            same contract; without an entry none is known
        """
        return {}

    @api.model
    def _o2c_billed_kinds(self, move_ids):
        """Hook: what kinds of things documents bill, by the articles on their lines.

        :param move_ids: ids of invoices
        :return: dict of move id to a set of "goods", "service" and what other parts
            know; nothing for a document without articles
        """
        self.env["account.move.line"].flush_model(
            ["move_id", "product_id", "display_type"]
        )
        self.env["product.template"].flush_model(["type"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT line.move_id, template.type = 'service'
                  FROM account_move_line line
                  JOIN product_product product ON product.id = line.product_id
                  JOIN product_template template
                    ON template.id = product.product_tmpl_id
                 WHERE line.move_id = ANY(%s) AND line.display_type = 'product'
                """,
                list(move_ids),
            )
        )
        found = {}
        for move_id, service in rows:
            found.setdefault(move_id, set()).add("service" if service else "goods")
        return found

    def _o2c_pay_page_address(self):
        """Address of the page where this invoice is paid, for files that leave us.

        Extended by the add-on that owns such pages.

        :return: None where nothing of ours says; empty when it may not be written
        """
        self.ensure_one()
        return None

    def _o2c_one_account(self):
        """Whether all of this document goes to one bank account; extended by billing,
        where a part may go to a blocked one."""
        self.ensure_one()
        return True
