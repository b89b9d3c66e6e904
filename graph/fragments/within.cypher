// within(x)
// The territory and those in which it lies, each `id` with the claims that lead there, `way`.
[{id: x.id, way: []}] + COLLECT {
         UNWIND [' LOCATED_IN', ' PART_OF'] AS lies
         MATCH (l:Claim {outgoing: x.id + lies}) WHERE holds(l) RETURN {id: l.object, way: [l]}
       } + COLLECT {
         UNWIND [' LOCATED_IN', ' PART_OF'] AS lies
         MATCH (l:Claim {outgoing: x.id + lies}) WHERE holds(l)
         UNWIND [' LOCATED_IN', ' PART_OF'] AS above
         MATCH (u:Claim {outgoing: l.object + above}) WHERE holds(u) RETURN {id: u.object, way: [l, u]}
       }
