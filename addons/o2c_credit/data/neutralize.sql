-- the nightly scoring of a copy tells nobody anything
UPDATE ir_cron SET active = false
 WHERE id IN (SELECT res_id FROM ir_model_data
               WHERE module = 'o2c_credit' AND model = 'ir.cron');
-- a copy asks no provider for anything and holds no keys
UPDATE o2c_report_source
   SET state = 'off', api_key = NULL, username = NULL, password = NULL,
       base_url = NULL;
-- nor does a copy mail alerts to anybody
UPDATE res_company SET o2c_digest = false;
