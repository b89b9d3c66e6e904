// contests(x)
// Whether the claim, which disputes, corrects or supersedes another, was known by then and had not been retracted.
live(x) AND x.recorded_at <= $known_at AND standing(x) <> 'retracted'
