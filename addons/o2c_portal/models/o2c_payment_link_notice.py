"""A reminder as a purpose of a pay link: what is still open of what it names."""

from odoo import models

from odoo.addons.o2c_base.tools.local_form import day_text

from .o2c_payment_link_owed import DISPUTED, PROMISED


class O2cPaymentLink(models.Model):
    _inherit = "o2c.payment.link"

    def _notice(self):
        """The reminder of this link, in sudo; empty for other purposes."""
        self.ensure_one()
        notices = self.env["o2c.dunning.notice"].sudo()
        if self.res_model != notices._name:
            return notices
        return notices.browse(self.res_id).exists()

    def _purpose_values(self, record, currency=None):
        """Extends: a reminder is paid as one set."""
        if record._name != "o2c.dunning.notice":
            return super()._purpose_values(record, currency)
        return {
            "res_model": record._name,
            "res_id": record.id,
            "document": record.display_name,
            "company_id": record.company_id.id,
            "partner_id": record.partner_id.commercial_partner_id.id,
            "currency_id": record.currency_id.id,
        }

    def _moves(self):
        """Extends: the documents that the reminder names, credit notes included."""
        if notice := self._notice():
            return notice.line_ids.move_id
        return super()._moves()

    def _items(self, moves, today):
        """Extends: only the instalments that the reminder names."""
        items = super()._items(moves, today)
        if notice := self._notice():
            named = {(line.move_id.id, line.instalment) for line in notice.line_ids}
            items = [item for item in items if item.key in named]
        return items

    def _set_aside(self, moves):
        """Extends: what is in dispute now; in a reminder also what was promised.

        So the page asks what the reminder asked, until the dispute or the promise ends.
        """
        aside = super()._set_aside(moves)
        disputes = self.env["o2c.dispute"].sudo()
        open_ones = [("state", "=", "open"), ("move_id", "in", moves.ids)]
        for move, amount in disputes._read_group(
            open_ones, ["move_id"], ["amount:sum"]
        ):
            aside[move.id] = aside.get(move.id, 0.0) + amount
        if self._notice():
            for move in self._promised(moves):
                aside[move.id] = abs(move.amount_residual)
        return aside

    def _offer(self, now=None, own=()):
        """Extends: what a reminder leaves out for an announced payment says so."""
        found, waiting = super()._offer(now, own)
        if not self._notice() or DISPUTED not in waiting.values():
            return found, waiting
        promised = set(self._promised(self._moves()).ids)
        return found, {
            key: PROMISED if why == DISPUTED and key[0] in promised else why
            for key, why in waiting.items()
        }

    def _promised(self, moves):
        """Those of the documents that an open promise keeps quiet today."""
        today = self.company_id._o2c_today()
        promises = (
            self.env["o2c.payment.promise"]
            .sudo()
            .search([("state", "=", "open"), ("move_ids", "in", moves.ids)])
        )
        return (
            promises.filtered(lambda one: one.until and one.until >= today).move_ids
            & moves
        )

    def _title(self):
        """Extends: a reminder is known by its day."""
        if notice := self._notice():
            day = day_text(self.env, notice.sent_on or notice.date)
            return self.env._("Reminder of %s", day)
        return super()._title()

    def _reader_language(self):
        """Extends: the language of the reminder."""
        return self._notice().lang or super()._reader_language()
