// status(c)
// What has become of the claim by the time asked for.
CASE WHEN c.retracted_at <= $known_at THEN 'retracted' WHEN c.superseded_at <= $known_at THEN 'superseded'
     WHEN c.disputed_at <= $known_at THEN 'disputed' ELSE c.status END
