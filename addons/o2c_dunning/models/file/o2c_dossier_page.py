"""Pages of a dossier that we write ourselves: sent, agreed, paid and said."""

from datetime import datetime

from odoo import models
from odoo.tools import format_datetime

from odoo.addons.o2c_base.tools.local_form import day_text, money_text


class O2cCollectionFile(models.Model):
    _inherit = "o2c.collection.file"

    def _page_html(self, kind, title):
        """Our own pages: what was sent, agreed, paid and said."""
        rows = [(self._moment(row[0]), *row[1:]) for row in self._page_rows(kind)]
        return self._render("o2c_dunning.dossier_page", {"title": title, "rows": rows})

    def _page_rows(self, kind):
        """Rows of one of our own pages: (moment, who or what, text)."""
        return {
            "sending": self._sending_rows,
            "agreement": self._agreement_rows,
            "payment": self._payment_rows,
            "correspondence": self._correspondence_rows,
        }[kind]()

    def _moment(self, value):
        """A date or a moment, written in the language of the company."""
        lang = self.company_id.partner_id.lang or self.env.lang
        if isinstance(value, datetime):
            zone = self.company_id._o2c_zone()
            return format_datetime(self.env, value, tz=zone, lang_code=lang)
        return day_text(self.env, value, lang)

    def _paid_text(self, partial):
        """What a payment took off."""
        return money_text(self.env, partial.debit_amount_currency, self.currency_id)

    def _day(self, moment):
        """The day on which something was, where the company is."""
        return self.company_id._o2c_today(moment) if moment else None

    def _sending_rows(self):
        """Every event in the delivery of the invoices and reminders."""
        moves = self.item_ids.move_id
        notices = self._sent_notices(moves)
        log = self.env["o2c.delivery.log"].search(
            [
                "|",
                "&",
                ("res_model", "=", "account.move"),
                ("res_id", "in", moves.ids),
                "&",
                ("res_model", "=", "o2c.dunning.notice"),
                ("res_id", "in", notices.ids),
            ],
            order="at, id",
        )
        words = {
            name: dict(log._fields[name]._description_selection(self.env))
            for name in ("channel", "event")
        }
        rows = [
            (
                line.at,
                f"{words['channel'][line.channel]}: {words['event'][line.event]}",
                " ".join(filter(None, (line.document, line.detail))),
            )
            for line in log
        ]
        rows += [
            (
                one.sent_at,
                self.env._("Proof"),
                f"{one.display_name}: {one.content_hash}",
            )
            for one in notices
        ]
        return rows

    def _agreement_rows(self):
        """Hook: what was promised, agreed and disputed."""
        rows = []
        for records, day, amount in (
            (self.case_id.promise_ids, "date", "amount"),
            (self.case_id.dispute_ids, "create_date", "amount"),
            (self.case_id.plan_ids, "started_on", "total"),
        ):
            states = dict(records._fields["state"]._description_selection(self.env))
            what = self.env["ir.model"].sudo()._get(records._name).name
            for one in records:
                rows.append(
                    (
                        one[day],
                        f"{what}: {states[one.state]}",
                        " ".join(
                            filter(
                                None,
                                (
                                    one.display_name,
                                    money_text(self.env, one[amount], self.currency_id),
                                    one.note,
                                ),
                            )
                        ),
                    )
                )
        return rows

    def _payment_rows(self):
        """What was paid or credited on each invoice."""
        rows = []
        for move in self.item_ids.move_id:
            lines = move.line_ids.filtered(
                lambda line: line.account_type == "asset_receivable"
            )
            for partial in lines.matched_credit_ids:
                credit = partial.credit_move_id
                rows.append(
                    (
                        partial.max_date,
                        move.name,
                        f"{self._paid_text(partial)} – "
                        f"{credit.move_id.ref or credit.move_id.name}",
                    )
                )
        return sorted(rows, key=lambda row: (row[0], row[1]))

    def _correspondence_rows(self):
        """Mails, calls and notes of the case and of what was agreed in it, oldest
        first; and the letters that went on paper."""
        printable = self.env["o2c.dossier.part"]._printable
        rows = []
        for records in self._talked_about():
            rows += [
                (one.date, one.author_id.name or one.email_from or "", one.body)
                for one in records.message_ids
                if one.body and one.message_type != "user_notification"
            ]
            if "letter_ids" in records._fields:
                rows += [
                    (one.sent_at, one.subject or "", one.content)
                    for one in records.letter_ids
                    if one.channel == "letter" and one.state == "sent"
                ]
        rows.sort(key=lambda row: row[0])
        return [(moment, who, printable(body)) for moment, who, body in rows]

    def _talked_about(self):
        """Hook: records whose thread belongs to the correspondence.

        :return: list of recordsets
        """
        case = self.case_id
        return [
            case,
            case.plan_ids,
            case.promise_ids,
            case.dispute_ids,
            case.question_ids,
        ]
