-- a copy keeps the key figures it came with: it takes no new ones by itself
UPDATE ir_cron SET active = false
 WHERE id IN (SELECT res_id FROM ir_model_data
               WHERE model = 'ir.cron' AND module = 'o2c_insight');
-- and signs with a key of its own: what it exports is not the company's word
DELETE FROM o2c_proof_key WHERE id NOT IN (SELECT key_id FROM o2c_proof_export
                                            WHERE key_id IS NOT NULL);
UPDATE o2c_proof_key SET private_pem = '', retired_on = COALESCE(retired_on, now());
