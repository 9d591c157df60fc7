"""Texts are made of blocks from now on: their old columns may be empty.
The rhythm that people set counts every day; working days are theirs to choose."""


def migrate(cr, version):
    if not version:
        return
    cr.execute("ALTER TABLE o2c_notice_text ALTER COLUMN opening DROP NOT NULL")
    cr.execute(
        "ALTER TABLE o2c_dunning_ladder ADD COLUMN IF NOT EXISTS working_days bool"
    )
    cr.execute("UPDATE o2c_dunning_ladder SET working_days = FALSE")
