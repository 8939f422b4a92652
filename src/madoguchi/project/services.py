"""The list of services. Taking a line out takes its routes, menu, figures and data out with it."""

SERVICES = [
    "plan",
    "procedures",
    "surveys",
]
