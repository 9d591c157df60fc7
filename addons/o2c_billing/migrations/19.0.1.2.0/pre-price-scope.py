"""Agreements that exist hold for whom they held: not for subsidiaries too."""


def migrate(cr, version):
    if not version:
        return
    cr.execute(
        "ALTER TABLE o2c_price_agreement ADD COLUMN IF NOT EXISTS subsidiaries boolean"
    )
    cr.execute(
        "UPDATE o2c_price_agreement SET subsidiaries = FALSE WHERE subsidiaries IS NULL"
    )
