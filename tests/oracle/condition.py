"""Conditions over outcomes: a recursive-descent parser that builds Python closures.

    iff  := if (("<=>" | "iff") if)*          loosest
    if   := then ["if" then]                  A if B  is  B => A
    then := or ["=>" or]
    or   := and ("or" and)*
    and  := not ("and" not)*
    not  := "not" not | atom                  tightest
    atom := "(" iff ")" | "true" | "false" | ISSUE == OPTION | ISSUE in [OPTION, ...] | ISSUE not in [...]

Reading chosen: "do not chain" forbids `a => b => c` and `a if b if c`; `a => b if c` is `(a => b) if c`,
because `=>` binds tighter than `if`.
"""

import operator
import re

from quantity import ModelError

TOKEN_RE = re.compile(r"\s*(?:'([^']*)'|(<=>|=>|==|!=|<=|>=|[<>()\[\],])|([\w.%+-]+))")
COMPARE = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}


def parse(text, issues):
    """A function outcome -> bool. `issues`: id -> object with `options` (ids, low to high) and `ordered`."""
    return Parser(text, issues).condition()


def tokens(text):
    """(kind, text) pairs; kind is `name` for quoted names, which are never keywords, else `word` or `sign`."""
    at, found = 0, []
    while text[at:].strip():
        match = TOKEN_RE.match(text, at)
        if not match:
            raise ModelError(f"cannot read the condition {text!r} at {at}")
        quoted, sign, word = match.groups()
        found.append(("name", quoted) if quoted is not None else ("sign", sign) if sign else ("word", word))
        at = match.end()
    return found


class Parser:
    def __init__(self, text, issues):
        self.text, self.issues, self.tokens, self.at = text, issues, tokens(text), 0

    def condition(self):
        result = self.iff()
        if self.at < len(self.tokens):
            self.fail("the end")
        return result

    def fail(self, wanted):
        raise ModelError(f"expected {wanted} in the condition {self.text!r} at token {self.at}")

    def accept(self, *texts):
        if self.at < len(self.tokens) and self.tokens[self.at][0] != "name" and self.tokens[self.at][1] in texts:
            self.at += 1
            return self.tokens[self.at - 1][1]
        return None

    def expect(self, text):
        if not self.accept(text):
            self.fail(repr(text))

    def name(self):
        if self.at >= len(self.tokens) or self.tokens[self.at][0] == "sign":
            self.fail("a name")
        self.at += 1
        return self.tokens[self.at - 1][1]

    def iff(self):
        left = self.when()
        while self.accept("<=>", "iff"):
            left = (lambda a, b: lambda x: a(x) == b(x))(left, self.when())
        return left

    def when(self):
        then = self.implies()
        if not self.accept("if"):
            return then
        given = self.implies()
        return lambda x: then(x) or not given(x)

    def implies(self):
        given = self.either()
        if not self.accept("=>"):
            return given
        then = self.either()
        return lambda x: then(x) or not given(x)

    def either(self):
        parts = [self.both()]
        while self.accept("or"):
            parts.append(self.both())
        return parts[0] if len(parts) == 1 else lambda x: any(part(x) for part in parts)

    def both(self):
        parts = [self.negation()]
        while self.accept("and"):
            parts.append(self.negation())
        return parts[0] if len(parts) == 1 else lambda x: all(part(x) for part in parts)

    def negation(self):
        if self.accept("not"):
            inner = self.negation()
            return lambda x: not inner(x)
        return self.atom()

    def atom(self):
        if self.accept("("):
            inner = self.iff()
            self.expect(")")
            return inner
        if constant := self.accept("true", "false"):
            return lambda x: constant == "true"
        issue = self.name()
        if issue not in self.issues:
            self.fail("an issue")
        if self.accept("not"):
            self.expect("in")
            options = self.options(issue)
            return lambda x: x[issue] not in options
        if self.accept("in"):
            options = self.options(issue)
            return lambda x: x[issue] in options
        return self.comparison(issue)

    def option(self, issue):
        name = self.name()
        if name not in self.issues[issue].options:
            self.fail(f"an option of {issue}")
        return name

    def options(self, issue):
        self.expect("[")
        found = {self.option(issue)}
        while self.accept(","):
            found.add(self.option(issue))
        self.expect("]")
        return found

    def comparison(self, issue):
        sign = self.accept(*COMPARE)
        if not sign:
            self.fail("a comparison")
        compare, option = COMPARE[sign], self.option(issue)
        if sign in ("==", "!="):
            return lambda x: compare(x[issue], option)
        if not self.issues[issue].ordered:
            self.fail("an ordered issue")
        place = {o: i for i, o in enumerate(self.issues[issue].options)}
        return lambda x: compare(place[x[issue]], place[option])
