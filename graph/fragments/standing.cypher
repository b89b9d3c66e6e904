// standing(c)
// What had become of the claim by the time asked for: the last word of its history until then.
CASE WHEN c.history IS NULL THEN 'current' ELSE
     coalesce(substring(last([turn IN c.history WHERE turn <= $known_at + '~']), 21), 'current') END
