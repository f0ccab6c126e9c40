"""Numbers of the model language: exact rationals, central values, formulas over quantities, dates.

Readings chosen where docs/language.md leaves room:
- the central value of `50 +- 10` is the stated mean, whatever range its unit implies;
- a hyphen, plus or percent sign that touches a name belongs to it, in formulas too: `a - b` needs its spaces;
- a day is 1/31 month, a week 7/31 and a year 12 months: the measure in which `months` is defined.
"""

import re
from fractions import Fraction

PLAIN = r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?"
EXACT = rf"{PLAIN}(?:%|/\d+(?:\.\d+)?)?"
EXACT_RE = re.compile(rf"^{EXACT}$")
RANGE_RE = re.compile(rf"^({EXACT})\s*\.\.\s*({EXACT})$")
NORMAL_RE = re.compile(rf"^({EXACT})\s*\+-\s*({EXACT})$")
PERT_RE = re.compile(rf"^({PLAIN}%?)/({PLAIN}%?)/({PLAIN}%?)$")
DRIFT_RE = re.compile(r"^(.*\S)\s+per\s+(day|week|month|year)$")
OPERAND_RE = re.compile(r"[\w][\w.%+-]*")
MONTHS_IN = {"day": Fraction(1, 31), "week": Fraction(7, 31), "month": Fraction(1), "year": Fraction(12)}


class ModelError(Exception):
    """The file is not a model."""


def exact(text):
    """The value of `35`, `-0.35`, `1/3`, `1e3` or `40%`."""
    if not EXACT_RE.match(text):
        raise ModelError(f"no number: {text!r}")
    if text.endswith("%"):
        return Fraction(text[:-1]) / 100
    top, _, bottom = text.partition("/")
    return Fraction(top) / Fraction(bottom or 1)


def central(node, lookup):
    """Central value of any number; `lookup` gives the central value of a quantity by its id."""
    if isinstance(node, dict):
        if "coders" in node:
            values = [central(value, lookup) for value in node["coders"].values()]
            return sum(values) / len(values)
        return central(node["value"], lookup)
    text = node.strip()
    if EXACT_RE.match(text):
        return exact(text)
    if match := RANGE_RE.match(text):
        return (exact(match[1]) + exact(match[2])) / 2
    if match := NORMAL_RE.match(text):
        return exact(match[1])
    if match := PERT_RE.match(text):
        return exact(match[2])
    return Formula(text, lookup).value()


def drift_per_month(node, lookup):
    """Central value of `+1.0 per month`, for one month."""
    if isinstance(node, dict):
        return drift_per_month(node["value"], lookup)
    match = DRIFT_RE.match(node.strip())
    if not match:
        raise ModelError(f"no drift: {node!r}")
    return central(match[1], lookup) / MONTHS_IN[match[2]]


class Formula:
    """Recursive descent over `+ - * / ( )`, min and max; evaluates while it reads."""

    def __init__(self, text, lookup):
        self.text, self.lookup, self.at = text, lookup, 0

    def value(self):
        result = self.sum()
        if self.peek():
            raise ModelError(f"cannot read the formula {self.text!r} at {self.at}")
        return result

    def peek(self):
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1
        return self.text[self.at : self.at + 1]

    def take(self, char):
        if self.peek() != char:
            raise ModelError(f"expected {char!r} in the formula {self.text!r} at {self.at}")
        self.at += 1

    def sum(self):
        result = self.product()
        while (sign := self.peek()) and sign in "+-":
            self.at += 1
            right = self.product()
            result = result + right if sign == "+" else result - right
        return result

    def product(self):
        result = self.operand()
        while (sign := self.peek()) and sign in "*/":
            self.at += 1
            right = self.operand()
            result = result * right if sign == "*" else result / right
        return result

    def operand(self):
        char = self.peek()
        if char and char in "+-":
            self.at += 1
            inner = self.operand()
            return -inner if char == "-" else inner
        if char == "(":
            self.at += 1
            inner = self.sum()
            self.take(")")
            return inner
        match = OPERAND_RE.match(self.text, self.at)
        if not match:
            raise ModelError(f"cannot read the formula {self.text!r} at {self.at}")
        self.at = match.end()
        name = match[0]
        if name in ("min", "max") and self.peek() == "(":
            return (min if name == "min" else max)(self.arguments())
        return exact(name) if EXACT_RE.match(name) else self.lookup(name)

    def arguments(self):
        self.take("(")
        values = [self.sum()]
        while self.peek() == ",":
            self.at += 1
            values.append(self.sum())
        self.take(")")
        return values


def date(text):
    """(year, month, day); a missing month or day is 1."""
    parts = [int(part) for part in text.split("-")]
    return tuple(parts + [1] * (3 - len(parts)))


def months_between(start, end):
    years, months, days = (b - a for a, b in zip(date(start), date(end)))
    return 12 * years + months + Fraction(days, 31)
