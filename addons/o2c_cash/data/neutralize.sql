-- a copy of a live database books nothing by itself
UPDATE res_company SET o2c_cash_mode = 'watch' WHERE o2c_cash_mode = 'live';
UPDATE ir_cron SET active = false
 WHERE id IN (SELECT res_id FROM ir_model_data
               WHERE model = 'ir.cron' AND module = 'o2c_cash');
