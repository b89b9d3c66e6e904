// sided(c)
// Of the claims found from `t` those that are wanted, each once: which of its ends it was found from, `sides`, the claims
// that led there, `via`, and the verdicts among them, `verdicts`.
WITH t, via, verdicts, c WHERE after(c.id) AND holds(c)
WITH c, collect(t.id) AS sides, reduce(all = [], way IN collect(via) | all + way) AS via, collect(verdicts) AS verdicts
