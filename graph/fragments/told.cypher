// told(verdicts)
// Of lists of verdicts each verdict once, in the order of letters, as a row tells them.
COLLECT { UNWIND verdicts AS some UNWIND some AS one RETURN DISTINCT one ORDER BY one }
