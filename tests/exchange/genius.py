"""Utilities of Genius XML files, in fractions, from the rules of docs/formats.md and nothing of the library."""

import re
import xml.etree.ElementTree as ElementTree
from fractions import Fraction


def parse(path):
    """The root element, with what files of Genius get wrong put right."""
    data = open(path, "rb").read()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("cp1252")
    text = re.sub(r"<\?xml\s.*?\?>", "", text, flags=re.DOTALL)
    text = re.sub(r"&(?!(?:#\w+|\w+);)", "&amp;", text)
    return ElementTree.fromstring(text)


def issues(root):
    """Issue elements in document order: in objectives, or directly in the utility space."""
    for child in root:
        if child.tag == "issue":
            yield child
        elif child.tag in ("objective", "utility_space"):
            yield from issues(child)


def bounds(issue):
    at = issue.find("range") if issue.find("range") is not None else issue
    return int(at.get("lowerbound")), int(at.get("upperbound"))


def kind(issue):
    return issue.get("etype") or issue.get("type") or issue.get("vtype") or "discrete"


def options(issue):
    """Names of the options of an issue of a domain."""
    if kind(issue) == "integer":
        low, high = bounds(issue)
        return [str(n) for n in range(low, high + 1)]
    return [item.get("value").strip() for item in issue.findall("item")]


class Profile:
    """Utility of an outcome given as {issue name: option name}."""

    def __init__(self, path, raw=False):
        root = parse(path)
        self.reservation = Fraction((root.find("reservation").get("value") if root.find("reservation") is not None else None) or 0)
        self.boxes = None
        name_of = {issue.get("index"): issue.get("name").strip() for issue in issues(root)}
        utility = root.find(".//utility")
        if utility is not None:
            self.most = Fraction(utility.get("maxutility"))
            self.boxes = [self.box(e, name_of) for e in utility.iter("hyperRectangle")]
            return
        weights = {name_of.get(w.get("index")): Fraction(w.get("value")) for w in root.iter("weight")}
        weights.pop(None, None)
        self.weights, self.sum = weights, 1 if raw else sum(weights.values())
        self.values = {issue.get("name").strip(): self.read_values(issue) for issue in issues(root)}

    @staticmethod
    def box(element, name_of):
        inside = [(name_of[b.get("index")], int(b.get("min")), int(b.get("max"))) for b in element.findall("INCLUDES")]
        outside = [(name_of[b.get("index")], int(b.get("min")), int(b.get("max"))) for b in element.findall("EXCLUDES")]
        return Fraction(element.get("utility")), inside, outside

    @staticmethod
    def read_values(issue):
        if kind(issue) == "integer":
            low, high = bounds(issue)
            line = issue.find("evaluator")
            if line.get("parameter1") is not None:
                offset, slope, origin = Fraction(line.get("parameter0")), Fraction(line.get("parameter1")), 0
            else:
                offset, slope, origin = Fraction(line.get("offset")), Fraction(line.get("slope")), low
            return {str(n): min(max(offset + slope * (n - origin), Fraction(0)), Fraction(1)) for n in range(low, high + 1)}
        values = {item.get("value").strip(): Fraction(item.get("evaluation")) for item in issue.findall("item")}
        most = max(values.values())
        return {o: v / most if most >= Fraction(1, 100000) else Fraction(0) for o, v in values.items()}

    def utility(self, x):
        if self.boxes is None:
            return sum(self.weights.get(i, 0) * v[x[i]] for i, v in self.values.items()) / self.sum
        total = Fraction(0)
        for add, inside, outside in self.boxes:
            holds = all(low <= int(x[i]) <= high for i, low, high in inside)
            if outside:
                holds = not all(low <= int(x[i]) <= high for i, low, high in outside)
            total += add if holds else 0
        return total / self.most
