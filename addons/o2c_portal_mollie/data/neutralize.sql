-- a copy of a live database must not ask about the payments of the live one
UPDATE ir_cron SET active = false
 WHERE id IN (SELECT res_id FROM ir_model_data WHERE model = 'ir.cron' AND module = 'o2c_portal_mollie');
