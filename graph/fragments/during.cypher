// during(h)
// Whether the office may have been held while what the row's claim `c` says was so; what is done for good has one day.
h.from_min <= CASE c.to_min WHEN '9999-12-31' THEN c.from_max ELSE c.to_max END AND h.to_max >= c.from_min
