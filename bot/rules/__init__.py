"""The field's rules as pure functions: no clock, no database, no words."""
