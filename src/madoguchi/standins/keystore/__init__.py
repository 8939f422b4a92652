"""A stand-in for a city's key store: the Transit engine of HashiCorp Vault and OpenBao, for rehearsals and tests."""
