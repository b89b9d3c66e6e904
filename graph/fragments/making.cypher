// making(i)
// Whether the claim says who issued, signed, sponsored or prepares a measure.
i.relation IN ['ISSUED', 'SIGNED', 'SPONSORED', 'PREPARES'] AND holds(i)
