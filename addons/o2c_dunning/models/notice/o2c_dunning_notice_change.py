"""What changed in a reminder between writing and leaving: it is said, not found out."""

from odoo import api, fields, models
from odoo.tools import format_amount

#: Items whose amount stands in the total; the others are named only.
ASKED = ("remind", "open")


class O2cDunningNotice(models.Model):
    _inherit = "o2c.dunning.notice"

    written_as = fields.Json(
        readonly=True,
        copy=False,
        help="Amount and items as they were first written, once they are others.",
    )
    change_words = fields.Text(
        string="Changed Since Written",
        compute="_compute_change_words",
        help="What is asked differently from when the reminder was written.",
    )

    @api.depends("written_as", "amount", "line_ids.amount", "line_ids.kind")
    @api.depends_context("lang")
    def _compute_change_words(self):
        for notice in self:
            before = notice.written_as
            notice.change_words = before and notice._change_words(before)

    def _take_again(self, company, today):
        """Extends: what is asked differently from before is kept, and told in the
        conversation of the case."""
        before = {notice.id: notice._as_written() for notice in self}
        leaving = super()._take_again(company, today)
        changed = leaving.filtered(lambda one: one._as_written() != before[one.id])
        changed._tell_changes(company, before)
        (self - leaving)._tell_stays(company)
        return leaving

    def _tell_stays(self, company):
        """The cases hear which reminders stay home, and why."""
        speaker = self.with_context(lang=company.partner_id.lang)
        speaker._tell_cases(
            {one.id: one._withdrawn_words(one.failure_reason) for one in speaker}
        )

    def _as_written(self):
        """Amount and items of now, as JSON that can be compared later."""
        self.ensure_one()
        round_ = self.currency_id.round
        return {
            "amount": round_(self.amount),
            "items": {
                f"{line.move_id.id}/{line.instalment}": [
                    line.label,
                    round_(line.amount_asked if line.kind in ASKED else line.amount),
                ]
                for line in self.line_ids
                if line.kind in (*ASKED, "credit", "payment")
            },
        }

    def _tell_changes(self, company, before):
        """Keep how these were written, once, and tell the cases what is other now.

        :param dict before: notice id to amount and items until now
        """
        speaker = self.with_context(lang=company.partner_id.lang)
        for notice in speaker:
            notice.written_as = notice.written_as or before[notice.id]
        speaker._tell_cases(
            {one.id: one._change_words(before[one.id]) for one in speaker}
        )

    def _change_words(self, before):
        """Old and new amount, and what became of each item; empty when all is the same.

        :param dict before: as from :meth:`_as_written`
        """
        self.ensure_one()
        now = self._as_written()
        if now == before:
            return ""
        was, is_ = before["items"], now["items"]
        items = [self._item_words(was.get(key), is_.get(key)) for key in was | is_]
        total = self._total_words(before["amount"], now["amount"])
        return "\n".join(filter(None, [total, *items]))

    def _total_words(self, old, new):
        if old == new:
            return self.env._(
                "%(step)s: changed after it was written; the total stays %(amount)s.",
                step=self.step_name,
                amount=self._said_amount(new),
            )
        return self.env._(
            "%(step)s: changed after it was written, from %(old)s to %(new)s.",
            step=self.step_name,
            old=self._said_amount(old),
            new=self._said_amount(new),
        )

    def _item_words(self, old, new):
        """What became of one item.

        :param old: [number, amount] as it was, or None
        :param new: the same of now, or None
        """
        if old == new:
            return ""
        if not new:
            return self.env._(
                "%(number)s: %(old)s, not in it any more",
                number=old[0],
                old=self._said_amount(old[1]),
            )
        if not old:
            return self.env._(
                "%(number)s: %(new)s, new", number=new[0], new=self._said_amount(new[1])
            )
        return self.env._(
            "%(number)s: from %(old)s to %(new)s",
            number=new[0],
            old=self._said_amount(old[1]),
            new=self._said_amount(new[1]),
        )

    def _said_amount(self, amount):
        """An amount as the reader writes it."""
        return format_amount(self.env, amount, self.currency_id)
