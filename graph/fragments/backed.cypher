// backed(n)
// What its counterparts' own sources say of them: offices held at the time of the row's claim `c`, measures issued,
// agreements entered into.
COLLECT {
         UNWIND judged(n) AS j
         UNWIND [' HOLDS_OFFICE', ' PARTY_TO'] AS ending
         MATCH (b:Claim {outgoing: CASE j.subject WHEN n.id THEN j.object ELSE j.subject END + ending})
         WHERE holds(b) AND (ending <> ' HOLDS_OFFICE' OR during(b)) RETURN b
       } + COLLECT {
         UNWIND judged(n) AS j
         UNWIND [' HOLDS_OFFICE', ' ISSUED'] AS ending
         MATCH (b:Claim {incoming: CASE j.subject WHEN n.id THEN j.object ELSE j.subject END + ending})
         WHERE holds(b) AND (ending <> ' HOLDS_OFFICE' OR during(b)) RETURN b
       }
