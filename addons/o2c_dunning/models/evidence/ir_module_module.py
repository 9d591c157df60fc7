"""Uninstalling deletes the evidence: it is exported first."""

from odoo import models
from odoo.exceptions import RedirectWarning
from odoo.tools import SQL


class IrModuleModule(models.Model):
    _inherit = "ir.module.module"

    def button_uninstall(self):
        """Refuse while there are sent reminders that no export has."""
        going = self + self.downstream_dependencies()
        if "o2c_dunning" in going.mapped("name"):
            self._o2c_check_exported()
        return super().button_uninstall()

    def _o2c_check_exported(self):
        """Every sent reminder stands in a finished export of its company."""
        self.env["o2c.dunning.notice"].flush_model()
        self.env["o2c.notice.proof"].flush_model()
        self.env["o2c.evidence.export"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT count(*) FROM o2c_dunning_notice n
                  LEFT JOIN o2c_notice_proof p ON p.notice_id = n.id
                 WHERE n.state IN ('sent', 'bounced')
                   AND COALESCE(p.sequence, 2147483647) > COALESCE((
                       SELECT max(e.last_sequence) FROM o2c_evidence_export e
                        WHERE e.company_id = n.company_id AND e.state = 'done'), 0)
                """
            )
        )
        count = rows[0][0]
        if count:
            action = self.env.ref("o2c_dunning.o2c_evidence_export_action")
            raise RedirectWarning(
                self.env._(
                    "Uninstalling deletes %(count)s sent reminders, which may be your "
                    "only proof in court, and no export has them. Make the export, "
                    "download it, and uninstall again.",
                    count=count,
                ),
                action.id,
                self.env._("To the export"),
            )
