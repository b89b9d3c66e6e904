// resting(d)
// Claims that rest on the document, each once, as the store comes by them.
MATCH (d)<-[link:EVIDENCED_BY]-(c:Claim) WHERE known(link) AND holds(c)
