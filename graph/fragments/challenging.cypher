// challenging(c)
// The claims `x` that challenge the claim, and how: `r`.
MATCH (c)<-[r:DISPUTES|CORRECTS|SUPERSEDES]-(x:Claim)
