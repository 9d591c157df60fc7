-- a copy of a live database invoices and sends nothing
UPDATE ir_cron SET active = false
 WHERE id IN (SELECT res_id FROM ir_model_data
               WHERE module = 'o2c_billing' AND model = 'ir.cron');
UPDATE res_company
   SET o2c_billing_mode = 'watch', o2c_billing_automatic = false
 WHERE o2c_billing_mode = 'live';
