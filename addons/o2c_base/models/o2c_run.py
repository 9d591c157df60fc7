"""The run record: long work that shows where it is and can be resumed."""

from odoo import api, fields, models


class O2cRun(models.Model):
    """One pass of a nightly or queued job over one company."""

    _name = "o2c.run"
    _description = "Run"
    _order = "id desc"
    _rec_name = "kind"

    kind = fields.Selection(
        [("other", "Other")],
        required=True,
        readonly=True,
        index=True,
        help="Which job this was. Each add-on adds its own kinds.",
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, ondelete="cascade", readonly=True
    )
    date = fields.Date(
        required=True, readonly=True, help="The business date that the run worked for."
    )
    state = fields.Selection(
        [
            ("running", "Running"),
            ("waiting", "Waits for a person"),
            ("done", "Done"),
            ("partly", "Done with failures"),
            ("cancelled", "Cancelled"),
        ],
        default="running",
        required=True,
        readonly=True,
        index=True,
    )
    total = fields.Integer(readonly=True, help="How much there was to do.")
    done_count = fields.Integer(string="Done", readonly=True)
    failed_count = fields.Integer(string="Failed", readonly=True)
    progress = fields.Float(
        compute="_compute_progress", help="Share of the work that is behind us, in %."
    )
    started_at = fields.Datetime(default=fields.Datetime.now, readonly=True)
    ended_at = fields.Datetime(readonly=True)
    seconds = fields.Float(
        string="Duration (s)", compute="_compute_seconds", digits=(16, 1)
    )
    note_ids = fields.One2many("o2c.run.note", "run_id", readonly=True)

    _running_uniq = models.UniqueIndex(
        "(company_id, kind) WHERE state = 'running'",
        "This job is already running in this company. Wait until it has ended.",
    )

    @api.depends("total", "done_count", "failed_count")
    def _compute_progress(self):
        for run in self:
            handled = run.done_count + run.failed_count
            run.progress = 100.0 * handled / run.total if run.total else 100.0

    @api.depends("started_at", "ended_at")
    def _compute_seconds(self):
        for run in self:
            ends = run.ended_at or run.started_at
            run.seconds = (ends - run.started_at).total_seconds() if ends else 0.0

    @api.depends("kind", "date", "company_id")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for run in self:
            run.display_name = f"{kinds.get(run.kind, run.kind)} {run.date or ''}"

    @api.model
    def _is_done(self, kind, company, date):
        """Whether a job was done without a failure on a day.

        :param str kind: a value of :attr:`kind`
        """
        done = [
            ("company_id", "=", company.id),
            ("kind", "=", kind),
            ("date", "=", date),
            ("state", "=", "done"),
        ]
        return bool(self.sudo().search_count(done, limit=1))

    @api.model
    def _start(self, kind, company, date, total=0):
        """Open the run of a job, or pick up the one that was interrupted.

        :param str kind: a value of :attr:`kind`
        :param company: ``res.company`` record the job works for
        :param date date: business date; a run interrupted on another date is closed
            as partly done, so that no date is mixed with another
        :param int total: how many pieces of work there are
        :return: the run, in state running
        """
        running = self.sudo().search(
            [
                ("kind", "=", kind),
                ("company_id", "=", company.id),
                ("state", "=", "running"),
            ]
        )
        if running and running.date == date:
            running.total = running.done_count + running.failed_count + total
            return running
        if running:
            running._note(
                "warning", self.env._("Interrupted; the run of a later date took over.")
            )
            running.write({"state": "partly", "ended_at": fields.Datetime.now()})
            running.flush_recordset()  # before the unique index sees the new run
        return self.sudo().create(
            {"kind": kind, "company_id": company.id, "date": date, "total": total}
        )

    def _advance(self, done=0, failed=0):
        """Count work that was done and work that failed."""
        self.ensure_one()
        self.write(
            {
                "done_count": self.done_count + done,
                "failed_count": self.failed_count + failed,
            }
        )

    def _note(self, level, text, partner=None):
        """Add a line to the report of the run.

        :param str level: "info", "warning" or "error"
        :param str text: what happened, for a person
        :param partner: ``res.partner`` record concerned, if any
        """
        self.ensure_one()
        return (
            self.env["o2c.run.note"]
            .sudo()
            .create(
                {
                    "run_id": self.id,
                    "level": level,
                    "text": text,
                    "partner_id": partner.id if partner else False,
                }
            )
        )

    def _finish(self, state=None):
        """Close the run: done, or partly when something failed.

        :param str state: "waiting" when a person must decide before work goes on
        """
        for run in self:
            run.write(
                {
                    "state": state or ("partly" if run.failed_count else "done"),
                    "ended_at": fields.Datetime.now(),
                }
            )

    @api.autovacuum
    def _gc_runs(self):
        """Runs older than a year are history nobody reads, except failed ones."""
        limit = fields.Datetime.subtract(fields.Datetime.now(), days=365)
        self.search(
            [("state", "=", "done"), ("started_at", "<", limit)], limit=1000
        ).unlink()


class O2cRunNote(models.Model):
    """A line in the report of a run."""

    _name = "o2c.run.note"
    _description = "Run Note"
    _order = "id"
    _rec_name = "text"

    run_id = fields.Many2one(
        "o2c.run", required=True, index=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(related="run_id.company_id")
    level = fields.Selection(
        [("info", "Information"), ("warning", "Warning"), ("error", "Error")],
        required=True,
        readonly=True,
    )
    text = fields.Text(required=True, readonly=True)
    partner_id = fields.Many2one(
        "res.partner", index="btree_not_null", ondelete="set null", readonly=True
    )
