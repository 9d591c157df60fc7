"""The steps of the shipped ladders get names of their own: they can be translated."""

STEPS = {"standard": (3, 17), "four": (2, 18, 34, 50)}


def migrate(cr, version):
    if not version:
        return
    for ladder, days in STEPS.items():
        for number, day in enumerate(days, 1):
            cr.execute(
                """
                INSERT INTO ir_model_data (module, name, model, res_id, noupdate)
                SELECT 'o2c_dunning', %s, 'o2c.dunning.step', s.id, TRUE
                  FROM o2c_dunning_step s
                  JOIN ir_model_data d ON d.res_id = s.ladder_id
                   AND d.module = 'o2c_dunning' AND d.name = %s
                 WHERE s.days = %s
                    ON CONFLICT DO NOTHING
                """,
                (
                    f"o2c_dunning_step_{ladder}_{number}",
                    f"o2c_dunning_ladder_{ladder}",
                    day,
                ),
            )
