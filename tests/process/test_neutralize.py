"""A neutralized copy of a live database sends nothing and acts on nothing."""


def test_a_copy_of_a_live_database_is_harmless(late_payers):
    database = late_payers
    active = (
        "select count(*) from ir_cron c join ir_model_data d on d.res_id = c.id "
        r"and d.model = 'ir.cron' where d.module like 'o2c\_%' and c.active"
    )
    assert int(database.value(active)) > 0
    database.shell(
        'env["ir.config_parameter"].set_param("web.base.url", "https://a.b")'
    )

    database.neutralize()
    assert database.value(active) == "0"
    assert database.value("select count(*) from ir_mail_server where active") == "1"
    mails = database.value("select count(*) from mail_mail")
    database.shell('env["ir.cron"].search([]).method_direct_trigger()', timeout=300)
    assert database.value("select count(*) from mail_mail where state = 'sent'") == "0"
    assert database.value("select count(*) from mail_mail") == mails
