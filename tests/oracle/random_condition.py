"""Random conditions in the text of docs/language.md, with no more parentheses than their tree needs, or a few more."""

ATOM, NOT, AND, OR, THEN, IF, IFF = 6, 5, 4, 3, 2, 1, 0


class Conditions:
    """`issues`: id -> (options, ordered)."""

    def __init__(self, rng, issues):
        self.rng, self.issues = rng, issues

    def any(self, most_issues=3):
        """A condition over at most so many issues."""
        rng = self.rng
        names = rng.sample(list(self.issues), min(rng.randint(1, most_issues), len(self.issues)))
        return self.text(names, rng.choice((0, 0, 1, 1, 1, 2, 2, 3)))

    def atom(self, issue):
        """A condition over one issue that some of its options keep."""
        return self.render(self.compare(issue), IFF)

    def equals(self, issue, option):
        return f"{self.name(issue)} == {self.name(option)}"

    def text(self, names, depth):
        return self.render(self.tree(names, depth), IFF)

    def tree(self, names, depth):
        rng = self.rng
        if depth == 0 or rng.random() < 0.1:
            return self.compare(rng.choice(names))
        level = rng.choice((NOT, AND, AND, AND, OR, OR, OR, THEN, THEN, IF, IF, IFF))
        if level == NOT:
            return NOT, "not", [self.tree(names, depth - 1)]
        word = {AND: "and", OR: "or", THEN: "=>", IF: "if", IFF: rng.choice(("<=>", "iff"))}[level]
        many = rng.choice((2, 2, 3)) if level in (AND, OR) else 2
        return level, word, [self.tree(names, depth - 1) for _ in range(many)]

    def compare(self, issue):
        rng = self.rng
        options, ordered = self.issues[issue]
        if rng.random() < 0.02:
            return ATOM, rng.choice(("true", "false")), []
        if rng.random() < 0.25:
            listed = rng.sample(options, rng.randint(1, max(1, len(options) - 1)))
            word = rng.choice(("in", "not in"))
            return ATOM, f"{self.name(issue)} {word} [{', '.join(map(self.name, listed))}]", []
        sign = rng.choice(("==", "!=", "<", "<=", ">", ">=") if ordered else ("==", "==", "!="))
        space = "" if rng.random() < 0.1 else " "
        return ATOM, f"{self.name(issue)}{space}{sign}{space}{self.name(rng.choice(options))}", []

    def name(self, name):
        return f"'{name}'" if self.rng.random() < 0.03 else name

    def render(self, tree, wanted):
        level, word, parts = tree
        if level == ATOM:
            text = word
        elif level == NOT:
            text = "not " + self.render(parts[0], NOT)
        else:
            tighter = level + 1
            text = f" {word} ".join(self.render(part, tighter) for part in parts)
        return f"({text})" if level < wanted or self.rng.random() < 0.05 else text
