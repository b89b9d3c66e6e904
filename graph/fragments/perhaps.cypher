// perhaps(h)
// The word that says that by dates or source the office was not held then for certain, or none.
CASE WHEN h.status IN ['asserted', 'reported'] AND h.to_min >= c.from_max
              AND h.from_max <= CASE c.to_min WHEN '9999-12-31' THEN c.from_min ELSE c.to_min END
         THEN '' ELSE 'possibly ' END
