"""The last indexation is a step of its own: by what, and the tiers before it."""


def migrate(cr, version):
    """From the indexations that were carried out."""
    cr.execute(
        """
        UPDATE o2c_price_agreement_line line
           SET o2c_index_name = indexation.name
          FROM o2c_price_indexation_line row
          JOIN o2c_price_indexation indexation ON indexation.id = row.indexation_id
         WHERE row.res_model = 'o2c.price.agreement.line'
           AND row.state = 'applied' AND row.successor_id = line.id
        """
    )
    cr.execute(
        """
        UPDATE o2c_price_tier tier
           SET index_from_price = (pair ->> 1)::numeric
          FROM o2c_price_indexation_line row
         CROSS JOIN LATERAL jsonb_array_elements(
               CASE WHEN jsonb_typeof(row.tiers) = 'array' THEN row.tiers END) pair
         WHERE row.res_model = 'o2c.price.agreement.line'
           AND row.state = 'applied' AND row.successor_id = tier.line_id
           AND (pair ->> 0)::numeric = tier.quantity::numeric
           AND (pair ->> 2)::numeric = tier.fixed_price::numeric
        """
    )
