"""A time-stamping authority (RFC 3161) for tests and rehearsals. Its signatures prove nothing."""
