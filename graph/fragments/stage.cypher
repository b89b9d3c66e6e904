// stage(c)
// How far the measure of the claim has come, by what the claim says.
CASE WHEN c.status = 'planned' THEN 'planned' WHEN c.relation = 'PREPARES' THEN 'in preparation' ELSE 'in force' END
