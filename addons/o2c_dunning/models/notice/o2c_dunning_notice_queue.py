"""Sending: amounts are taken again, then mails are queued, calls planned, letters kept
for the printer. Mail leaves through Odoo's own queue; a notice is sent only when the
mail server took it."""

import logging
from dataclasses import replace

from odoo import api, fields, models
from odoo.fields import Command, Domain
from odoo.tools import SQL, email_split, formataddr, split_every

from ...policy.ladder import Step
from ...policy.message import still_due

_logger = logging.getLogger(__name__)
BATCH = 500
MAX_TRIES = 5


class O2cDunningNotice(models.Model):
    _inherit = "o2c.dunning.notice"

    @api.model
    def _send_queue(self, company, now):
        """Send what is approved and may leave; only in a live company.

        :param company: ``res.company`` that collects
        :param datetime now: naive UTC moment
        :return: number of notices that left or were put in the mail queue
        """
        company = company.sudo().root_id
        if company._o2c_mode("dunning") != "live":
            return 0
        notices = self.sudo().with_company(company)
        notices = notices.with_context(
            allowed_company_ids=company.ids, tz=company._o2c_zone()
        )
        cases = notices.env["o2c.dunning.case"]
        with self.env.registry.cursor() as lock:
            key = SQL("SELECT pg_try_advisory_xact_lock(%s, %s)", 7203, company.id)
            lock.execute(key)
            if not lock.fetchone()[0]:
                return 0
            cases._commit()
            ready = notices.search(self._queue_domain(company, now))
            ready = ready._in_office_hours(company, now)
            cases._commit(remaining=len(ready))
            count = 0
            for batch_ids in ready._sending_batches():
                count += notices.browse(batch_ids)._send_batch(company, now)
                if not cases._commit(processed=len(batch_ids)):
                    break
        return count

    @api.model
    def _queue_domain(self, company, now):
        """Approved notices, and failed ones whose time has come again."""
        again = (
            Domain("state", "=", "failed")
            & Domain("tries", "<", MAX_TRIES)
            & Domain("retry_at", "<=", now)
        )
        hours = Domain.TRUE
        if company._o2c_dunning_window():
            hours = Domain("leaves_at", "=", False) | Domain("leaves_at", "<=", now)
        return (
            Domain("company_id", "=", company.id)
            & hours
            & Domain("channel", "in", self._queued_ways())
            & (Domain("state", "=", "approved") | again)
        )

    @api.model
    def _queued_ways(self):
        """Hook: ways for which the queue itself does what is to be done."""
        return ["email", "call"]

    def _sending_batches(self):
        """Ids of notices that are sent together: hundreds at once, but a notice with
        papers to make goes by itself, after the others.

        :return: list of lists of ids
        """
        slow = self.filtered(lambda notice: notice._papers_to_make())
        fast = split_every(BATCH, (self - slow).ids)
        return [*fast, *([notice.id] for notice in slow)]

    def _send_batch(self, company, now):
        """Take amounts again and send a batch.

        :return: number of notices on their way
        """
        leaving = self._take_again(company, company._o2c_today(now))
        leaving = leaving._freeze_content(company)._make_papers()
        leaving._dispatch(company, now)
        return len(leaving)

    def _dispatch(self, company, now):
        """Hook: every notice goes its way; its text and its papers are made."""
        self.filtered(lambda one: one.channel == "call")._plan_calls()
        self.filtered(lambda one: one.channel == "email")._queue_mails(company, now)

    def _take_again(self, company, today):
        """Amounts, items and reasons as they are now; withdrawn when nothing is due.

        :return: the notices that may leave
        """
        cases = self.env["o2c.dunning.case"]
        rules = company._o2c_dunning_rules(today)
        judged = self._judged_again(company, rules)
        kept, lines, leaving = [], [], self.browse()
        for notice, (account, message) in zip(self, judged, strict=True):
            if not message or not message.step:
                notice._withdraw(notice._why_not_any_more(account, message, rules))
                continue
            leaving += notice
            kept.append((notice, account, message))
            lines += [
                line | {"notice_id": notice.id}
                for line in cases._line_rows(account, message, live=True)
            ]
        leaving._replace_lines(lines)
        steps = cases._step_values(company, {m.step.key for _n, _a, m in kept})
        recipients = cases._recipients(leaving.partner_id.ids)
        for notice, account, message in kept:
            recipient = recipients[account.partner_id]
            values = notice._values_now(
                message, steps, recipient, today, account.channel
            )
            notice.write(values)
        return leaving

    def _judged_again(self, company, rules):
        """Account and message of each of these, as they are now."""
        cases, pairs = self.env["o2c.dunning.case"], []
        accounts = {
            (account.partner_id, account.currency_id): account
            for account in cases._open_accounts(
                company, rules.today, self.partner_id.ids
            )
        }
        for notice in self:
            account = accounts.get((notice.partner_id.id, notice.currency_id.id))
            pairs.append((account, account and notice._message_now(account, rules)))
        return cases._without_early(company, pairs, rules)

    def _message_now(self, account, rules):
        """What is left of this notice, by the same policy that wrote it."""
        self.ensure_one()
        reminded = {
            (line.move_id.id, line.instalment): Step(line.step_id.id, line.step_days)
            for line in self.line_ids
            if line.live
        }
        listed = {}
        for item in account.items:
            step = reminded.get((item.key.move_id, item.key.instalment))
            if step:
                listed[item.key] = step
        debtor = replace(account.debtor, pending="")
        return still_due(debtor, account.items, account.credit, rules, listed)

    def _replace_lines(self, rows):
        """The lines as they are now, for all these notices at once."""
        if not self:
            return
        self.env.flush_all()
        self.env.execute_query(
            SQL(
                "DELETE FROM o2c_dunning_notice_line WHERE notice_id = ANY(%s)",
                self.ids,
            )
        )
        self.env["o2c.dunning.case"]._insert(self.line_ids.browse(), rows)
        self.invalidate_recordset(["line_ids"])
        self.env["o2c.dunning.notice.line"].invalidate_model()

    def _values_now(self, message, steps, recipient, today, channel=""):
        """Values of the notice as it leaves today.

        :param str channel: how the customer asked to be approached, if he did
        """
        step = dict(steps[message.step.key])
        step.pop("approval")
        wish = step | {"wish": channel}
        step["channel"] = "letter"
        if self.channel != "letter":
            step["channel"] = self._way_now(wish, recipient)
        return step | {
            "date": today,
            "amount": float(message.total),
            "amount_company": float(round(message.total_company, 2)),
            "contact_id": recipient["contact_id"],
            "email_to": recipient["email"],
            "lang": recipient["lang"],
            "pay_by": fields.Date.add(
                today,
                days=self.env["o2c.dunning.step"].browse(step["step_id"]).pay_within,
            ),
        }

    def _way_now(self, step, recipient):
        """Hook: the way by which this notice reaches the customer today.

        :param dict step: values of the step, with the customer's wish
        :param dict recipient: see ``cases._recipients``
        """
        return self.case_id._reachable_channel(step, recipient)

    def _freeze_content(self, company):
        """Write down exactly what each customer will read, and seal it.

        :return: the notices whose text could be made
        """
        texts = self.env["o2c.notice.text"]._for_company(company)
        floor = self._company_facts(company)
        urls = self._payment_urls()
        written = self.browse()
        for notice in self:
            try:
                rendered = notice._rendered(texts, floor, urls)
            except Exception as error:
                _logger.exception("Notice %s could not be written", notice.id)
                notice._fail(self.env._("The text could not be made: %s", error))
                continue
            notice.subject, notice.content = rendered["subject"], rendered["content"]
            notice.content_hash = notice._seal()
            written += notice
        return written

    def _queue_mails(self, company, now):
        """Put one mail per notice in Odoo's queue, as few statements as possible."""
        notices = self.filtered(lambda one: one.channel == "email" and one.email_to)
        if not notices:
            return
        sender = company.o2c_dunning_email or company.email_formatted
        reply_to = self.env["o2c.dunning.case"]._notify_get_reply_to(
            default=sender, author_id=company.partner_id.id
        )[False]
        files = notices._attachments()
        mails = self.env["mail.mail"].create(
            [
                notice._mail_values(
                    company, sender, reply_to or sender, files.get(notice.id)
                )
                for notice in notices
            ]
        )
        for notice, mail in zip(notices, mails, strict=True):
            notice.write(
                {
                    "state": "queued",
                    "tries": notice.tries + 1,
                    "failure_reason": False,
                    "mail_message_id": mail.mail_message_id.id,
                }
            )
        self.env["o2c.delivery.log"]._log(notices, "email", "queued", at=now)
        self.env.ref("mail.ir_cron_mail_scheduler_action")._trigger()

    def _attachments(self):
        """Hook: what goes along with these reminders, made before they are queued.

        :return: dict of notice id to ids of ``ir.attachment``
        """
        return {}

    def _mail_values(self, company, sender, reply_to, files=None):
        """One mail, on the thread of the case so that an answer gets there.

        :param files: ids of ``ir.attachment`` that go along, if any
        """
        self.ensure_one()
        addresses = email_split(self.email_to) or [self.email_to]
        links = [Command.link(one) for one in files or ()]
        return {
            "subject": self.subject,
            "body_html": self.content,
            "body": self._chatter_line(),
            "email_from": sender,
            "reply_to": reply_to,
            "email_to": ",".join(
                formataddr((self.contact_id.name or "", address))
                for address in addresses
            ),
            "author_id": company.partner_id.id,
            "model": "o2c.dunning.case",
            "res_id": self.case_id.id,
            "message_type": "email_outgoing",
            "is_notification": True,
            "auto_delete": True,
        } | ({"attachment_ids": links} if links else {})

    def _chatter_line(self):
        """What the chatter of the case says; the message itself is in the notice."""
        return self.env._(
            "%(step)s sent to %(address)s: %(amount)s",
            step=self.step_name,
            address=self.email_to,
            amount=self._money(self.amount, self._installed_lang()),
        )

    def _plan_calls(self):
        """A call to make becomes an activity on the case."""
        for notice in self:
            case = notice.case_id
            owner = (
                case.user_id or notice.company_id.o2c_responsible_id or self.env.user
            )
            script = notice._rendered()["script"]
            notice.activity_id = case.activity_schedule(
                "mail.mail_activity_data_call",
                date_deadline=notice.date,
                summary=notice.step_name,
                note=script,
                user_id=owner.id,
            )
            notice.write({"state": "queued", "tries": notice.tries + 1})

    @api.model
    def _cron_send(self):
        """Sends in every live company."""
        for company in self.env["res.company"]._o2c_companies("dunning"):
            self._send_queue(company, fields.Datetime.now())
