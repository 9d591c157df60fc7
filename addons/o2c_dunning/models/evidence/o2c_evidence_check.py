"""Checking the proof: over a selection on screen, over everything as a run."""

from markupsafe import Markup, escape

from odoo import api, fields, models

from odoo.addons.o2c_base.tools.local_form import day_text

BATCH = 500


class O2cEvidenceCheck(models.TransientModel):
    """The result of a check, in words."""

    _name = "o2c.evidence.check"
    _description = "Check of the Proof"

    notice_ids = fields.Many2many("o2c.dunning.notice", readonly=True)
    good = fields.Boolean(compute="_compute_result")
    unsealed = fields.Boolean(compute="_compute_result")
    result = fields.Html(compute="_compute_result")

    @api.depends("notice_ids")
    def _compute_result(self):
        for check in self:
            notices = check.notice_ids
            proofs = notices.sudo().proof_ids
            bad, words = check._words(proofs)
            waiting = len(notices) - len(proofs)
            check.good = not bad
            check.unsealed = not proofs
            lines = [
                self.env._(
                    "%(count)s reminders are exactly as they were sent.",
                    count=len(proofs) - len(words),
                )
            ]
            if waiting:
                lines.append(
                    self.env._(
                        "%(count)s are not sealed yet; that happens every hour.",
                        count=waiting,
                    )
                )
            check.result = Markup("<p>%s</p><ul>%s</ul>") % (
                Markup("<br/>").join(escape(line) for line in lines),
                Markup().join(Markup("<li>%s</li>") % text for text in words),
            )

    @api.model
    def _words(self, proofs):
        """What the findings say to a person.

        :return: (number of bad proofs, list of sentences)
        """
        said = {
            "changed": self.env._("what it says was changed after sending"),
            "chain": self.env._("its proof was changed"),
            "gap": self.env._("a reminder before it was taken away"),
            "order": self.env._("it does not hang on the reminder before it"),
        }
        bad, words = 0, []
        for proof, codes in proofs._findings().items():
            name = proof.notice_id.display_name
            wrong = [said[code] for code in codes if code in said]
            if wrong:
                bad += 1
                words.append(f"{name}: {', '.join(wrong)}.")
            else:
                words.append(
                    self.env._(
                        "%(reminder)s: text removed on %(day)s because it was older "
                        "than %(years)s years; hash and dates are there.",
                        reminder=name,
                        day=day_text(self.env, proof.removal_id.date),
                        years=proof.removal_id.years,
                    )
                )
        return bad, words

    @api.model
    def action_check_all(self):
        """Order a check of every reminder of the companies on screen."""
        self.env["o2c.dunning.notice"]._check_collector(manager=True)
        self.env.ref("o2c_dunning.ir_cron_proof_check").sudo()._trigger()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "message": self.env._(
                    "Every proof is being checked. The result stands under Runs."
                ),
                "next": self.env["ir.actions.act_window"]._for_xml_id(
                    "o2c_base.o2c_run_action"
                ),
            },
        }

    @api.model
    def _cron_check(self):
        """Check every proof of every company that has some."""
        companies = self.env["res.company"].sudo().search([("parent_id", "=", False)])
        for company in companies:
            self.sudo()._check_chain(company)

    @api.model
    def _check_chain(self, company):
        """One run over the whole chain of a company; findings stand in its report.

        :return: ``o2c.run``, empty when there is nothing to check
        """
        model = self.env["o2c.notice.proof"]
        model._seal_sent(company)
        proofs = model.search([("company_id", "=", company.id)], order="sequence")
        run = self.env["o2c.run"]
        if not proofs:
            return run
        run = run._start("proof", company, company._o2c_today(), len(proofs))
        for start in range(0, len(proofs), BATCH):
            batch = proofs[start : start + BATCH]
            found = batch._findings()
            for proof in found:
                bad, words = self._words(proof)
                if bad:
                    run._note("error", words[0], proof.notice_id.partner_id)
            failed = sum(set(codes) != {"removed"} for codes in found.values())
            run._advance(done=len(batch) - failed, failed=failed)
            batch.invalidate_recordset()
        run._note(
            "info",
            self.env._(
                "%(good)s of %(all)s proofs are right.",
                good=run.done_count,
                all=len(proofs),
            ),
        )
        run._finish()
        return run


class O2cRun(models.Model):
    _inherit = "o2c.run"

    kind = fields.Selection(
        selection_add=[("proof", "Check of the proof")], ondelete={"proof": "cascade"}
    )
