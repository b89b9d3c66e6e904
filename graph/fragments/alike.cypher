// alike(of)
// The id, and those of what judgements hold to be the same thing, each `id` with the judgement that leads there, `way`.
[{id: of, way: []}] + COLLECT {
         MATCH (j:Claim {outgoing: of + ' COMPARED_WITH'}) WHERE j.verdict = 'same' AND holds(j)
         RETURN {id: j.object, way: [j]}
       } + COLLECT {
         MATCH (j:Claim {incoming: of + ' COMPARED_WITH'}) WHERE j.verdict = 'same' AND holds(j)
         RETURN {id: j.subject, way: [j]}
       }
