"""What may be: records, life cycles and rules. No clock, no dice, no wires."""
