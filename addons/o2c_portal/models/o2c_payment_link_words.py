"""The sentences of the pay page: whole ones, so that they can be translated well."""

from odoo import models

from odoo.addons.o2c_base.tools.local_form import day_text

from ..policy import left_out
from .o2c_payment_link_owed import BLOCKED, DISPUTED, PROMISED


class O2cPaymentLink(models.Model):
    _inherit = "o2c.payment.link"

    def _day(self, value):
        """A date as the reader writes it."""
        return day_text(self.env, value)

    def _add_words(self, page):
        """Complete the values of the page with what it says.

        :param dict page: values of :meth:`_page`
        :return: the same dict
        """
        for line in page["lines"]:
            line["due_text"] = self._due_text(line)
            line["late_text"] = self._late_text(line)
            line["paid_text"] = self._paid_text(line)
            line["part_text"] = self._part_text(line)
            line["told"] = self._line_words(line) if len(page["lines"]) > 1 else []
        for step in page["history"]:
            step["text"] = (
                self.env._("Credit note %s", step["name"])
                if step["credit"]
                else self.env._("Paid %s", self._day(step["date"]))
            )
        page["pay_text"] = self.env._("Pay %s", self._money(page["amount"]))
        page["online_text"] = self.env._("Pay online now")
        page["bank_first"] = self.partner_id.is_company
        page["of_text"] = self.env._("of %s that is open", self._money(page["owed"]))
        page["more_text"] = (
            self.env._("and %s more, all in the list below (CSV)", page["unshown"])
            if page["unshown"]
            else ""
        )
        page["notes"] = self._note_texts(page)
        page["left_out_words"] = self._left_out_words(page.setdefault("left_out", {}))
        page["closed_text"] = self._closed_text(page)
        return page

    def _received_text(self, amount):
        """Thanks for a part of what is open."""
        return self.env._(
            "We received your payment of %s, thank you.", self._money(amount)
        )

    def _due_text(self, line):
        """When it is or was due, or why it is not asked."""
        if line["waiting"] == BLOCKED:
            return self.env._("on hold, please contact us")
        if line["waiting"] == DISPUTED:
            return self.env._("in dispute, not asked now")
        if line["waiting"] == PROMISED:
            return self.env._("payment announced, not asked now")
        if line["waiting"]:
            return self.env._("a payment is under way")
        return self.env._("Due %s", self._day(line["due"])) if line["due"] else ""

    def _late_text(self, line):
        if line["waiting"] or line["days_late"] < 1:
            return ""
        if line["days_late"] == 1:
            return self.env._("1 day late")
        return self.env._("%s days late", line["days_late"])

    def _paid_text(self, line):
        """How much of a partly settled invoice is done."""
        if not line["paid"] or line["number"]:
            return ""
        return self.env._(
            "%(paid)s of %(total)s is settled",
            paid=self._money(line["paid"]),
            total=self._money(line["total"]),
        )

    def _part_text(self, line):
        if not line["number"]:
            return ""
        return self.env._(
            "instalment %(number)s of %(count)s",
            number=line["number"],
            count=line["numbers"],
        )

    def _line_words(self, line):
        """What else is to be told of a row: list of texts."""
        if line["waiting"] or not line["aside"]:
            return []
        money = self._money(line["aside"])
        return [self.env._("%s of it is in dispute", money)]

    def _note_texts(self, page):
        """What a careful reader wants to know about the amount.

        :return: list of (tone, sentence)
        """
        notes = []
        if page["credit"]:
            money = self._money(page["credit"])
            notes.append(
                (
                    "plain",
                    self.env._("Your credit of %s is set off if you pay all.", money)
                    if page["is_part"]
                    else self.env._("Your credit of %s is set off.", money),
                )
            )
        for line in page["lines"]:
            if line["discount"] and not page["is_part"]:
                text = self.env._(
                    "%(invoice)s: %(amount)s discount if you pay by %(day)s.",
                    invoice=line["move"].name,
                    amount=self._money(line["discount"]),
                    day=self._day(line["discount_until"]),
                )
                notes.append(("good", text))
        return notes

    def _closed_text(self, page):
        """Why there is nothing to pay now."""
        title = page["document_title"]
        texts = {
            "paid": self.env._("%s is settled. You do not have to do anything.", title),
            "credited": self.env._("A credit note covers %s.", title),
            "blocked": self.env._(
                "%s is on hold or in dispute. You do not have to pay it now.", title
            ),
            "waiting": self.env._(
                "Somebody started a payment of %s. As long as its result is not known "
                "you cannot pay again, so that nothing is paid twice. Open this page "
                "again in a few minutes.",
                self._money(page["owed"]),
            ),
            "closed": self.env._(
                "This document is not open for payment at the moment."
            ),
        }
        if self.res_model == "res.partner":
            texts |= self._closed_texts_of_all()
        if set(page["left_out"]) == {left_out.PROMISED}:
            texts["blocked"] = self.env._(
                "You announced this payment, so it is not asked now."
            )
        return texts.get(page["state"], "")

    def _closed_texts_of_all(self):
        """The same for all that a customer owes."""
        return {
            "paid": self.env._(
                "Everything is settled. You do not have to do anything."
            ),
            "credited": self.env._("Your credit covers everything that is open."),
            "blocked": self.env._(
                "What is still open is on hold or in dispute. You do not have to pay "
                "it now."
            ),
        }
