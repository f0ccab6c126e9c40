#!/usr/bin/env python3
"""Known outcomes (../shared/data/forecast/deu3, where it is there): errors, scores and single predictions that other
implementations gave.  Exit 77 without the data."""
import csv
import json
import subprocess
import sys
from pathlib import Path

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "forecast" / "deu3"
# model: n, mean error, tolerance
ERRORS = {"mixture": (353, 22.53, .05), "nash_positions": (353, 23.21, .01), "compromise": (353, 23.34, .01),
          "pce": (353, 23.46, .01), "mean_salience": (353, 23.65, .01), "mean": (353, 23.71, .01), "eum": (353, 24.56, .05),
          "exchange": (324, 25.7, .3), "midpoint": (353, 28.02, .01), "weighted_median": (353, 28.07, .01),
          "median": (353, 28.59, .01), "reference": (253, 51.11, .01)}
SCORES = {"mixture": 15.70, "pce": 17.375, "actors": 18.27, "uniform": 19.511, "compromise": 23.341}
POWER = {"gdp": 23.08, "shapley": 23.74}
COLUMNS = {"compromise": "compromise_cs_votes", "weighted_median": "wmedian_cs_votes", "mean": "mean_unweighted",
           "median": "median_unweighted", "pce": "pce_mean_vp1", "eum": "eum_bdm_min_r1_mean", "mixture": "cv10_mixture6_median",
           "mean_salience": "mean_s", "mean_capability": "mean_c_votes", "compromise_squared": "compromise_votes_sal2"}


def ask(detente, *options):
    done = subprocess.run([detente, "backtest", str(DATA / "deu3_blksv.tsv"), "--json", "--resamples", "0", *options],
                          capture_output=True, text=True, check=True)
    return json.loads(done.stdout)["answer"]


def main():
    if not DATA.exists():
        print(f"skipped: {DATA} is not there")
        return 77
    answer, failed = ask(sys.argv[1], "--models", "all"), []

    def check(what, found, expected, tolerance):
        print(f"{what}: {found}, expected {expected}")
        if found is None or abs(found - expected) > tolerance:
            failed.append(what)

    for model, (n, mae, tolerance) in ERRORS.items():
        check(f"{model} n", answer["models"][model]["n"], n, 0)
        check(f"{model} mae", answer["models"][model]["mae"], mae, tolerance + .005)
    for model, crps in SCORES.items():
        check(f"{model} crps", answer["models"][model]["crps"], crps, .006)
    check("smp n", answer["models"]["smp"]["n"], 353, 0)
    for power, mae in POWER.items():
        found = ask(sys.argv[1], "--models", "compromise", "--power", power)
        check(f"compromise by {power}", found["models"]["compromise"]["mae"], mae, .01)
    with open(DATA / "per_issue_predictions.csv", encoding="utf-8") as lines:
        rows = {row["isnr"]: row for row in csv.DictReader(lines)}
    for model, column in COLUMNS.items():
        pairs = [(i["predictions"][model], float(rows[i["id"]][column])) for i in answer["per_issue"] if rows[i["id"]][column]]
        check(f"{model}, largest difference on an issue", max(abs(a - b) for a, b in pairs), 0, .01 if model == "eum" else 2e-6)
    print("failed: " + ", ".join(failed) if failed else "all as expected")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
