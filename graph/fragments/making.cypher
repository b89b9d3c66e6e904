// making()
// The relations by which somebody issued, signed, sponsored or prepares a measure, as keys end.
[' ISSUED', ' SIGNED', ' SPONSORED', ' PREPARES']
