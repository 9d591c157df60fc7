-- a copy of a live database must not hand out the live address
UPDATE res_company SET o2c_public_url = NULL;
UPDATE ir_cron SET active = false
 WHERE id IN (SELECT res_id FROM ir_model_data WHERE model = 'ir.cron' AND module = 'o2c_portal');
