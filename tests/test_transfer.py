"""Texts, ladders and policies travel between databases by Odoo's own export."""

from odoo.tests import TransactionCase, tagged

#: what a company settles for itself, with the fields that say it
SETTLED = {
    "o2c.notice.text": [
        "tone",
        "lang",
        "kind",
        "segment_id/id",
        "step_id/id",
        "subject",
        "script",
        "block_ids/id",
        "block_ids/sequence",
        "block_ids/kind",
        "block_ids/body",
    ],
    "o2c.dunning.ladder": [
        "name",
        "step_ids/id",
        "step_ids/name",
        "step_ids/days",
        "step_ids/min_interval",
        "step_ids/tone",
        "step_ids/channel",
        "step_ids/approval",
    ],
    "o2c.credit.policy": [
        "grade",
        "segment_id/id",
        "limit_factor",
        "down_payment",
        "over_limit",
        "overdue",
    ],
}


@tagged("post_install", "-at_install")
class TestTransfer(TransactionCase):
    def _exported(self, records, names):
        return records.export_data(["id", *names])["datas"]

    def test_what_is_exported_can_be_imported_elsewhere(self):
        for model, names in SETTLED.items():
            with self.subTest(model=model):
                records = self.env[model].search([], order="id")
                self.assertTrue(records)
                rows = self._exported(records, names)
                ids = self.env["ir.model.data"].search(
                    [("model", "=", model), ("res_id", "in", records.ids)]
                )
                known = {one.res_id: one.complete_name for one in ids}
                self.assertEqual(set(known), set(records.ids))
                records.unlink()  # another database has none of them
                loaded = self.env[model].load(
                    ["id", *names], [[str(cell or "") for cell in row] for row in rows]
                )
                self.assertFalse(loaded["messages"])
                again = self.env[model].browse(loaded["ids"])
                self.assertEqual(self._exported(again, names), rows)
