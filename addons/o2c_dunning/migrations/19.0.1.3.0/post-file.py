"""Who had a claim before this was noted had its dossier too."""


def migrate(cr, version):
    if not version:
        return
    cr.execute(
        """
        UPDATE o2c_collection_file
           SET dossier_sent_on = handed_over_on
         WHERE dossier_sent_on IS NULL AND handed_over_on IS NOT NULL
           AND state IN ('handed_over', 'partly_paid')
        """
    )
