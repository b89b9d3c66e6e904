// titled(d)
// The columns of a document as a list of sources tells it.
d.id AS id, d.name AS name, d.publisher AS publisher, d.published AS published, d.url AS url, d.licence AS licence
