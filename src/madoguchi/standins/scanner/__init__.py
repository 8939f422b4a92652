"""A stand-in for clamd: speaks its protocol, knows EICAR and nothing else; faults on demand."""
