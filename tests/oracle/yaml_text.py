"""Writes nested dicts, lists and texts as YAML in mixed styles: block or flow, plain or quoted. None is empty."""

import re

PLAIN_RE = re.compile(r"^(?:[^\W]|[+-](?=\w))[\w.%+\-/*=<>!()']*(?: [\w.%+\-/*=<>!()']+)*$")


def scalar(text, rng):
    """A text as a scalar that every YAML reader gives back unchanged."""
    if PLAIN_RE.match(text) and rng.random() < 0.93:
        return text
    if "'" not in text and rng.random() < 0.4:
        return f"'{text}'"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def flow(node, rng):
    if isinstance(node, dict):
        return "{" + ", ".join(f"{scalar(k, rng)}: {flow(v, rng)}" for k, v in node.items()) + "}"
    if isinstance(node, list):
        return "[" + ", ".join(flow(item, rng) for item in node) + "]"
    return scalar(node, rng)


def must_be_block(node):
    if isinstance(node, dict):
        return any(must_be_block(v) for v in node.values())
    if isinstance(node, list):
        return any(must_be_block(item) for item in node)
    return node is None


def fits_a_line(node, rng):
    if must_be_block(node):
        return False
    return not node or not isinstance(node, (dict, list)) or (len(str(node)) < 200 and rng.random() < 0.6)


def block(node, rng, indent=0):
    """Lines of a mapping or list in block style."""
    pad = " " * indent
    pairs = [(scalar(k, rng) + ":", v) for k, v in node.items()] if isinstance(node, dict) else [("-", v) for v in node]
    for head, value in pairs:
        if value is None:
            yield pad + head
        elif fits_a_line(value, rng):
            yield f"{pad}{head} {flow(value, rng)}"
        else:
            yield pad + head
            yield from block(value, rng, indent + rng.choice((2, 2, 4)))


def document(root, rng):
    lines = []
    for key, value in root.items():
        if rng.random() < 0.1:
            lines.append(f"# about {key}")
        if isinstance(value, (dict, list)) and value:
            lines += [f"{key}:", *block(value, rng, 2)]
        else:
            lines.append(f"{key}: {flow(value, rng)}")
    return "\n".join(lines) + "\n"
