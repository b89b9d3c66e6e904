// tail(cited, shown)
// What every answer ends with: the claims it cites with their evidence and who challenges them, the entities round
// them, order and limit.
[each IN cited | each {.*, said: null, standing: standing(each),
         evidence: [(each)-[piece:EVIDENCED_BY]->(source:Entity) WHERE known(piece) |
                    piece {.*, document: source.id}],
         challenges: CASE WHEN each.history IS NULL THEN [] ELSE
                     [(each)<-[how:DISPUTES|CORRECTS|SUPERSEDES]-(other:Claim)-[word:ATTRIBUTED_TO]->(voice:Entity)
                      WHERE live(other) AND standing(other) <> 'retracted'
                        AND known(word) |
                      voice {.*, said: null, alike: null, labels: labels(voice), challenge: type(how), challenger: other.id}] END,
         around: [(each)-[link:SUBJECT|OBJECT|ATTRIBUTED_TO|EVIDENCED_BY]->(near:Entity) WHERE known(link) |
                  near {.*, said: null, alike: null, labels: labels(near)}]
       }] AS claims,
       [each IN shown | each {.*, said: null, alike: null, labels: labels(each)}] AS entities
ORDER BY key LIMIT $limit
