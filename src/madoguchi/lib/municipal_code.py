"""全国地方公共団体コード: five digits and a check digit (JIS X 0401, JIS X 0402)."""

WEIGHTS = (6, 5, 4, 3, 2)


def check_digit(five: str) -> str:
    """The sixth digit: the last digit of 11 less the weighted sum modulo 11."""
    total = sum(int(digit) * weight for digit, weight in zip(five, WEIGHTS, strict=True))
    return str(11 - total % 11)[-1]


def is_valid(code: str) -> bool:
    return len(code) == 6 and code.isascii() and code.isdigit() and check_digit(code[:5]) == code[5]
