"""At the desk: what was agreed, announced, disputed and asked, and how it went."""

from odoo import SUPERUSER_ID, api, models
from odoo.exceptions import UserError

from odoo.addons.o2c_base.tools.local_form import money_text

from ..policy import desk_form, proof
from .o2c_customer_desk import FormErrors

#: Records of each kind that a list shows.
MOST_LISTED = 30
MODELS = {
    "plan": "o2c.payment.plan",
    "promise": "o2c.payment.promise",
    "dispute": "o2c.dispute",
    "question": "o2c.question",
}
#: Plans that a customer never saw: proposals that a colleague is working on.
UNSEEN = ("draft",)


class O2cCustomerDesk(models.AbstractModel):
    _inherit = "o2c.customer.desk"

    @api.model
    def _moves_of(self, record):
        """Documents that a record is about, in sudo."""
        return record.move_id if "move_id" in record._fields else record.move_ids

    @api.model
    def _kind_of(self, record):
        return next(kind for kind, model in MODELS.items() if model == record._name)

    @api.model
    def _talk_domain(self, visitor, kind):
        """Records of the customer that somebody outside may know of."""
        root = visitor.company.root_id
        domain = [
            ("partner_id", "=", visitor.customer.id),
            ("company_id", "child_of", root.id),
        ]
        if kind == "plan":
            domain.append(("state", "not in", UNSEEN))
        if kind == "question":
            # what a colleague wrote down about him stays inside
            domain += [("source", "in", ("portal", "mail")), ("kind", "!=", "note")]
        return domain

    @api.model
    def _visible(self, visitor, records):
        """Those that this visitor may see: he must know every document in them."""
        if not proof.sees_talks(visitor.proof):
            return records.browse()
        about = {record.id: self._moves_of(record) for record in records}
        moves = self.env["account.move"].sudo().union(*about.values())
        if visitor.proof == proof.LOGIN:
            mine = self.env["account.move"].with_user(visitor.user)
            allowed = mine.search([("id", "in", moves.ids)]).sudo()
            whole = visitor.contact._o2c_sees_company()
        elif proof.sees_all(visitor.proof) and visitor.contact._o2c_sees_company():
            allowed, whole = moves, True
        else:
            allowed, whole = visitor.link._moves(), False
        return records.filtered(
            lambda one: about[one.id] <= allowed if about[one.id] else whole
        )

    @api.model
    def _talks(self, visitor):
        """Everything that was said, newest first.

        :return: list of dicts for a list
        """
        rows = []
        for kind, model in MODELS.items():
            found = (
                self.env[model]
                .sudo()
                .search(
                    self._talk_domain(visitor, kind), order="id desc", limit=MOST_LISTED
                )
            )
            rows += [self._talk_row(one) for one in self._visible(visitor, found)]
        return sorted(rows, key=lambda row: row["at"], reverse=True)

    @api.model
    def _talk(self, visitor, kind, number):
        """One record that this visitor may see, in sudo; empty when there is none."""
        if kind not in MODELS:
            return None
        found = (
            self.env[MODELS[kind]]
            .sudo()
            .search([*self._talk_domain(visitor, kind), ("id", "=", number)])
        )
        return self._visible(visitor, found)[:1] or None

    @api.model
    def _talk_row(self, record):
        """How it stands with a record, in a few words."""
        kind = self._kind_of(record)
        tone, state = getattr(self, f"_{kind}_state")(record)
        return {
            "kind": kind,
            "id": record.id,
            "record": record,
            "at": record.create_date,
            "day": self._moment_day(record, record.create_date),
            "title": getattr(self, f"_{kind}_title")(record),
            "about": ", ".join(self._moves_of(record).mapped("name")),
            "tone": tone,
            "state": state,
        }

    @api.model
    def _plan_title(self, plan):
        return self.env._(
            "Payment plan %(number)s over %(amount)s",
            number=plan.name,
            amount=money_text(self.env, plan.total, plan.currency_id),
        )

    @api.model
    def _plan_state(self, plan):
        late = plan.line_ids.filtered(lambda line: line.state in ("late", "missed"))
        if plan.state == "running" and late:
            return "late", self.env._("an instalment is late")
        return {
            "waiting": ("plain", self.env._("we look at it")),
            "running": ("good", self.env._("agreed, running")),
            "kept": ("good", self.env._("paid, thank you")),
            "broken": ("late", self.env._("ended, everything is due")),
            "withdrawn": ("plain", self.env._("withdrawn")),
            "refused": ("late", self.env._("not agreed")),
        }[plan.state]

    @api.model
    def _promise_title(self, promise):
        return self.env._(
            "Payment of %(amount)s announced for %(day)s",
            amount=money_text(self.env, promise.amount, promise.currency_id),
            day=self._day(promise.date),
        )

    @api.model
    def _promise_state(self, promise):
        return {
            "open": ("good", self.env._("noted")),
            "kept": ("good", self.env._("paid, thank you")),
            "broken": ("late", self.env._("not received")),
            "withdrawn": ("plain", self.env._("withdrawn")),
        }[promise.state]

    @api.model
    def _dispute_title(self, dispute):
        return self.env._(
            "Dispute of %(amount)s: %(cause)s",
            amount=money_text(self.env, dispute.amount, dispute.currency_id),
            cause=dict(self._causes()).get(dispute.cause, ""),
        )

    @api.model
    def _dispute_state(self, dispute):
        return {
            "open": ("plain", self.env._("we look into it")),
            "credited": ("good", self.env._("you are right, credited")),
            "rejected": ("late", self.env._("not agreed")),
            "settled": ("good", self.env._("settled")),
            "withdrawn": ("plain", self.env._("withdrawn")),
        }[dispute.state]

    @api.model
    def _question_title(self, question):
        return self.env._("Question: %s", question.name)

    @api.model
    def _question_state(self, question):
        return {
            "open": ("plain", self.env._("we answer soon")),
            "answered": ("good", self.env._("answered")),
            "dropped": ("plain", self.env._("closed")),
        }[question.state]

    # the conversation

    @api.model
    def _thread(self, record):
        """What was said about it, oldest first: letters that left, and messages.

        Notes of colleagues for themselves are no part of it, as in Odoo's own portal.
        """
        comment = self.env.ref("mail.mt_comment")
        messages = (
            self.env["mail.message"]
            .sudo()
            .search(
                [
                    ("model", "=", record._name),
                    ("res_id", "=", record.id),
                    ("subtype_id", "=", comment.id),
                    ("is_internal", "=", False),
                    ("message_type", "in", ("comment", "email")),
                ],
                order="date, id",
            )
        )
        letters = (
            self.env["o2c.customer.letter"]
            .sudo()
            .search(
                [
                    ("res_model", "=", record._name),
                    ("res_id", "=", record.id),
                    ("state", "in", ("queued", "sent")),
                ]
            )
        )
        rows = [self._thread_message(record, message) for message in messages]
        rows += [
            {
                "at": letter.create_date,
                "day": self._moment_day(letter, letter.create_date),
                "ours": True,
                "who": letter.company_id.name,
                "body": letter.content,
                "files": [],
            }
            for letter in letters
        ]
        return sorted(rows, key=lambda row: row["at"])

    @api.model
    def _thread_message(self, record, message):
        author = message.author_id
        ours = author.commercial_partner_id != record.partner_id
        return {
            "at": message.date,
            "day": self._moment_day(record, message.date),
            "ours": ours,
            "who": record.company_id.name if ours else author.name,
            "body": message.body,
            "files": [(one.id, one.name) for one in message.attachment_ids],
        }

    @api.model
    def _thread_file(self, record, number):
        """A file of the conversation, in sudo; empty when it is not part of it."""
        known = [key for row in self._thread(record) for key, _name in row["files"]]
        files = self.env["ir.attachment"].sudo()
        return files.browse(number) if number in known else files

    @api.model
    def _may_reply(self, record):
        """Whether a word more makes sense; a question opens again by it."""
        return record.state in ("open", "waiting", "running", "answered", "rejected")

    @api.model
    def _reply(self, visitor, record, values, uploads=()):
        """The customer adds a word; no reminder leaves until somebody read it.

        :raise FormErrors: with sentences for the customer
        """
        token = desk_form.read_token(values.get("form"))
        if not token:
            raise FormErrors({"": self.env._("Please open this page again.")})
        if self.env["o2c.desk.receipt"]._known(token, visitor, "reply"):
            return
        desk = self.with_user(SUPERUSER_ID).with_company(visitor.company)
        record = record.with_env(desk.env)
        text, reason = desk_form.read_text(values.get("text"))
        files, problem = desk._read_files(uploads)
        errors = {"text": self._reason(reason)} if reason else {}
        if problem:
            errors["files"] = problem
        if not self._may_reply(record):
            errors[""] = self.env._("This is closed. Please ask a new question.")
        if errors:
            raise FormErrors(errors)
        desk._take_reply(token, visitor, record, text, files)

    @api.model
    def _take_reply(self, token, visitor, record, text, files):
        """The word and its files on the record, once."""
        try:
            self._check_pace(visitor)
        except UserError as error:
            raise FormErrors({"": str(error)}) from error
        with self.env.cr.savepoint():
            receipt = self.env["o2c.desk.receipt"]._claim(token, visitor, "reply")
            if receipt:
                receipt._keep(record)
                self._say(visitor, record, "reply", files, text)
                moves = self._moves_of(record)
                if len(moves.currency_id) == 1:
                    # tonight's run finds a case that waits for somebody to read it
                    self.env["o2c.dunning.case"]._case_of(moves)
                record._letter_answered()
