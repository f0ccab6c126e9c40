#!/usr/bin/env python3
"""tools/po2c.py finds every form of message id, and fails where a translation is missing or wrong."""
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent.parent

DECLARED = """
const char *dt__t(const dt_env *env, const char *msgid);
void dt__text_message(dt__text *text, const char *msgid, ...) __attribute__((sentinel));
void dt__diagnose(dt_env *env, dt_severity severity, dt__place place, const char *code, const char *msgid, ...);
void dt__hint(dt_env *env, const char *msgid, ...);
"""
SOURCE = r"""
static void blame(reader *r, const char *code, const char *msgid, const char *text) { dt__hint(r->env, msgid, text, NULL); }
#define COMPLAIN(env, place) dt__diagnose(env, DT_ERROR, place, "code", "from a macro", NULL)
static const char *const names[] = {DT__N("in a table"), DT_N("of the command")};
void f(dt_env *env) {
    dt__t(env, "adjacent " /* comment, "not a message" */
               "literals");
    dt__text_message(text, "with {0}, (commas) and \"quotes\"", name(a, "no message"), NULL);
    dt__diagnose(env, DT_ERROR, at(x, (y)), "code-of-it", "diagnosed {0} {1}", a, b, NULL);
    dt__hint(env, many ? "plural" : (x == 1 ? "singular" : "neither"), NULL);
    dt__t(env, lookup("inside a call"));
    dt__t(env, "umlaut \u00fc \xe2\x80\xa6");
    blame(r, "code", "by a function of this file", "no message");
    char c = '"'; dt__t(env, "after a char literal");
}
"""
FOUND = [
    "from a macro", "in a table", "of the command", "adjacent literals", 'with {0}, (commas) and "quotes"', "diagnosed {0} {1}",
    "plural", "singular", "neither", "umlaut ü …", "after a char literal",
    "by a function of this file",
]


def po(pairs):
    def q(s):
        return '"' + s.replace("\\", "\\\\").replace('"', '\\"') + '"'

    return 'msgid ""\nmsgstr "Language: zh-Hant\\n"\n\n' + "".join(f"#: x.c:1\nmsgid {q(a)}\nmsgstr {q(b)}\n\n" for a, b in pairs)


class Po2c(unittest.TestCase):
    def run_on(self, source, pairs, *extra):
        with tempfile.TemporaryDirectory() as folder:
            folder = Path(folder)
            (folder / "src").mkdir()
            (folder / "src" / "x.c").write_text(DECLARED + source, encoding="utf-8")
            (folder / "zh.po").write_text(po(pairs), encoding="utf-8")
            done = subprocess.run(
                [sys.executable, HERE / "tools/po2c.py", "--po", folder / "zh.po", "--sources", folder / "src", "--symbol", "table", "--output", folder / "out.c", *extra],
                capture_output=True, text=True)
            out = folder / "out.c"
            return done, out.read_text(encoding="utf-8") if out.exists() else None

    def test_finds_every_form(self):
        done, out = self.run_on(SOURCE, [(m, m.upper()) for m in FOUND])
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertIn(f"table_count = {len(FOUND)};", out)

    def test_table_is_sorted_by_bytes(self):
        _, out = self.run_on(SOURCE, [(m, "x {0} {1}" if "{1}" in m else "x {0}" if "{0}" in m else "x") for m in FOUND])
        keys = [line.split('", "')[0].strip() for line in out.splitlines() if line.startswith("    {")]
        self.assertEqual(keys, sorted(keys, key=str.encode))

    def test_names_what_is_missing(self):
        done, out = self.run_on('f(dt__t(env, "one"), dt__t(env, "two"), dt__t(env, "three"));', [("two", "二"), ("three", "")])
        self.assertEqual((done.returncode, out), (1, None))
        self.assertIn('"one"', done.stderr)
        self.assertIn('"three"', done.stderr)
        self.assertNotIn('"two"', done.stderr)

    def test_missing_may_be_allowed(self):
        done, out = self.run_on('dt__t(env, "one");', [], "--allow-untranslated")
        self.assertEqual(done.returncode, 0)
        self.assertIn("table_count = 0;", out)

    def test_places_must_agree(self):
        done, _ = self.run_on('dt__t(env, "{0} of {1}");', [("{0} of {1}", "{1}")])
        self.assertEqual(done.returncode, 1)
        self.assertIn("places differ", done.stderr)
        done, _ = self.run_on('dt__t(env, "{0} of {1}");', [("{0} of {1}", "{1}之{0}")])
        self.assertEqual(done.returncode, 0)

    def test_unmarked_message_is_named(self):
        done, _ = self.run_on('const char *text = "no {0} here";', [])
        self.assertEqual(done.returncode, 1)
        self.assertIn("not marked", done.stderr)

    def test_unused_translation_warns(self):
        done, _ = self.run_on('dt__t(env, "one");', [("one", "一"), ("old", "舊")])
        self.assertEqual(done.returncode, 0)
        self.assertIn('unused: "old"', done.stderr)

    def test_message_with_a_name_inside_fails(self):
        done, _ = self.run_on('dt__t(env, "one " PRIu64);', [])
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("literal", done.stderr)


if __name__ == "__main__":
    unittest.main()
