// holds(c)
// Whether the claim was recorded by then, is of a status and standing asked for, and may have been true at some time of
// that asked for, or must have been.
live(c) AND c.recorded_at <= $known_at AND c.from_min <= $as_of_max AND c.to_max >= $as_of_min
  AND (NOT $certain OR c.from_max <= $as_of_max AND c.to_min >= $as_of_min)
  AND c.status IN $status AND standing(c) IN $standing
