"""Event files as nobody should write them: `detente monitor` tells every row that it cannot read, with its line, and loses none.

    python3 tests/oracle/hostile_events.py DETENTE
"""

import json
import os
import subprocess
import sys
import tempfile
import unittest

MODEL = """\
detente: 1
parties: {north: {}, south: {}}
issues: {x: {options: [p, q], no_deal: p}}
agreements:
  pact:
    parties: [north, south]
    clauses: {c: {readings: {r: {bound: [north, south], acts: any, from: 2031-05-01, until: 2031-06-01, why: invented}}}}
"""
HEAD = "id,source,date,act,actor,claimant,longitude,latitude,radius,count\n"
ROW = "a,s,2031-05-12,fire,north,south,30,50,100,\n"


class Hostile(unittest.TestCase):
    detente = None

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.model = self.write("model.yaml", MODEL)

    def write(self, name, content):
        path = os.path.join(self.folder.name, name)
        with open(path, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
        return path

    def ask(self, *paths):
        done = subprocess.run([self.detente, "monitor", self.model, *paths, "--json"], capture_output=True, timeout=250, check=False)
        return done.returncode, json.loads(done.stdout)["answer"] if done.returncode == 0 else None, done.stderr.decode()

    def read(self, content, rows, records, *told):
        """So many rows and records, the others set aside; each of `told` is said."""
        code, answer, talk = self.ask(self.write("events.csv", content))
        self.assertEqual(code, 0, talk)
        file = answer["set_aside"]["files"][0]
        self.assertEqual((file["rows"], file["records"], file["set_aside"]), (rows, records, rows - records), talk)
        for text in told:
            self.assertIn(text, talk)
        return answer

    def refused(self, path, code, *told):
        found, _, talk = self.ask(path)
        self.assertEqual(found, code, talk)
        for text in told:
            self.assertIn(text, talk)

    def test_quotes_that_do_not_match_cost_a_row(self):
        more = ROW.replace("a,", "b,", 1) + ROW.replace("a,", "c,", 1)
        self.read(HEAD + ROW.replace("s,", 's,"', 1) + more, 3, 2, "events.csv:2:")

    def test_encodings_are_known_by_their_bytes(self):
        text = HEAD + ROW.replace("a,", "ä,", 1)
        for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"):
            self.read(text.encode(encoding), 1, 1)
        self.read((HEAD + ROW).encode() + "ä,s,2031-05-12,fire,north,,,,,\n".encode("cp1252") + "ü,s,2031-05-12,fire,north,,,,,\n".encode(), 3, 3)
        self.read(HEAD.encode() + b"\x81\x8d,s,2031-05-12,fire,north,south,30,50,100,\n", 1, 1)
        self.refused(self.write("events.csv", text.encode("utf-16-le")), 3, "no reader knows these columns")

    def test_zero_bytes_are_told(self):
        self.read(HEAD + ROW.replace("fire", "fi\0re") + ROW, 2, 1, "events.csv:2:", "zero byte")

    def test_nothing_is_no_file_of_events(self):
        self.refused(self.write("events.csv", ""), 3, "nothing in this file")
        self.refused(self.write("events.csv", "\n\n"), 3, "nothing in this file")
        self.refused(self.write("events.csv", bytes(range(256)) * 40), 3, "error")
        self.refused(self.folder.name, 4, self.folder.name)
        self.refused(os.path.join(self.folder.name, "none.csv"), 4, "none.csv")
        self.read(HEAD, 0, 0)

    def test_days_that_are_none(self):
        bad = ["2031-02-30", "2031-13-01", "12/31/2031", "yesterday", "", "-1", "2031-05-12T25:00", "20310512", "10000-01-01"]
        good = ["2031-05-12", "2031-05-12T24:00", "9999-12-31", "0001-01-01"]
        rows = "".join(f"d{i},s,{day},fire,north,,,,,\n" for i, day in enumerate(bad + good))
        self.read(HEAD + rows, len(bad + good), len(good), *(f"events.csv:{i + 2}:" for i in range(len(bad))))

    def test_places_that_are_none(self):
        bad = ["nan,50,1", "inf,50,1", "50,130,1", "1e300,1,1", "30,50,-5", "30,50,nan", "0x1p3,5,1", "181,0,0"]
        good = ["180,90,1", "-180,-90,5", ",,", "30,50,1e30", "180,0,1000000"]
        rows = "".join(f"p{i},s,2031-05-12,fire,north,,{place},\n" for i, place in enumerate(bad + good))
        self.read(HEAD + rows, len(bad + good), len(good), *(f"events.csv:{i + 2}:" for i in range(len(bad))))

    def test_numbers_that_are_none(self):
        bad = ['"1,000"', "1 000", "1.000.000", "1'000", "--7", "7-9", ">", "+", "1e400", "0x10"]
        good = [" 7 ", "80+", ">80", "+7", "1e3"]
        rows = "".join(f"n{i},s,2031-05-12,fire,north,,,,,{count}\n" for i, count in enumerate(bad + good))
        self.read(HEAD + rows, len(bad + good), len(good), *(f"events.csv:{i + 2}:" for i in range(len(bad))))

    def test_rows_of_another_width(self):
        self.read(HEAD + "a,2031-05-12\n" + ROW + "b," * 20 + "\n", 3, 1, "events.csv:2:", "events.csv:4:")

    def test_a_row_without_end(self):
        self.read(HEAD + "a,s,2031-05-12," + "x" * (5 << 20) + ",,,,,,\n" + ROW, 2, 1, "events.csv:2:", "4 MiB")

    def test_ends_before_it_begins(self):
        rows = "a,2031-05-12,2031-05-10\nb,2031-05-12T10:00,2031-05-12T09:00\nc,2031-05-12,2031-05-12\n"
        self.read("id,date,end\n" + rows, 3, 1, "events.csv:2:", "events.csv:3:")

    def test_half_a_retraction(self):
        rows = "a,2031-05-12,,,fire,north\nb,,retraction,a,,\nc,,retraction,nobody,,\nd,,retraction,,,\n"
        answer = self.read("id,date,kind,revises,act,actor\n" + rows, 4, 3, "events.csv:5:", "revises")
        self.assertEqual(answer["incidents"], 0)

    def test_the_same_file_twice_counts_once(self):
        rows = HEAD + "".join(ROW.replace("a,", f"a{i},", 1) for i in range(20))
        path = self.write("events.csv", rows)
        code, answer, talk = self.ask(path, path)
        self.assertEqual((code, answer["incidents"]), (0, 20), talk)

    def test_broken_json(self):
        self.refused(self.write("e.json", '{"type":"FeatureCollection","features":[{"type":"Feature"'), 3, "e.json:1:")
        self.refused(self.write("e.json", '{"a":' + "[" * 100000), 3, "nested too deeply")

    def test_what_piles_up_does_not_cost_its_square(self):
        def many(row, count=20000):
            return HEAD + "".join(row(i) for i in range(count))

        self.read(many(lambda i: f"a,s,2031-05-12,fire,north,south,30,50,{i},\n"), 20000, 20000)  # one id
        self.read(many(lambda i: f"r{i},s{i % 2},2031-05-12,fire,{('north', 'south')[i % 2]},,30,50,100,\n"), 20000, 20000)
        answer = self.read(many(lambda i: f"r{i},s{i % 3},2031-05-12,fire,north,,30,50,100,\n", 3000), 3000, 3000)
        self.assertEqual(answer["incidents"], 1000)  # each told by three sources
        self.read(many(lambda i: f"r{i},source {i},2031-05-{1 + i % 28:02d},fire,actor {i},claimant {i},,,,\n", 5000), 5000, 5000)
        rows = "id,kind,revises,date,act,actor\n" + "".join(
            f"d{i},{'retraction' if i % 2 else ''},{'d0' if i % 2 else ''},2031-05-12,fire,north\n" for i in range(20000)
        )
        self.assertEqual(self.read(rows, 20000, 20000)["incidents"], 9999)


if __name__ == "__main__":
    Hostile.detente = os.path.abspath(sys.argv.pop(1))
    unittest.main()
