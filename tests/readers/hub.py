"""A hub, by hubdata and jsonschema: the configuration is as version 6 wants it, and every number is that of the run."""

import json
import sys
from pathlib import Path

import hubdata
import jsonschema

from of_run import LEVELS, simulated, table

run, export = map(Path, sys.argv[1:3])
schema = json.loads((Path(__file__).parent / "hub_tasks.schema.json").read_text())
tasks = json.loads((export / "hub-config/tasks.json").read_text())
check = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
check.check_schema(schema)
wrong = [f"{list(error.path)}: {error.message}" for error in check.iter_errors(tasks)]
assert not wrong, wrong[:5]

hub = hubdata.connect_hub(str(export.resolve()))
rows = hub.get_dataset().to_table().to_pylist()
allowed = [{key: set(it["optional"]) for key, it in group["task_ids"].items()} for group in tasks["rounds"][0]["model_tasks"]]
values = {}
for row in rows:
    assert row["model_id"] == "aigap-base" and str(row["origin_date"]) == "2023-12-31", row
    year = row["target_end_date"].year
    assert row["horizon"] == 12 * (year - 2023) and str(row["target_end_date"]) == f"{year}-12-31", row
    plain = {key: value if key == "horizon" else str(value) for key, value in row.items()}
    assert any(all(plain[key] in own for key, own in group.items()) for group in allowed), row
    key = (row["target"], row["location"], year, row["output_type"], row["output_type_id"])
    assert key not in values, key
    values[key] = row["value"]

compared = 0
for row in simulated(run):
    own = (row["metric"], row["region"], int(row["year"]))
    wanted = {("quantile", str(float(level[1:]) / 100)): row[level] for level in LEVELS}
    wanted |= {("median", "NA"): row["p50"], ("mean", "NA"): row["mean"]}
    for (kind, level), text in wanted.items():
        found = values.get((*own, kind, level), values.get((*own, kind, None)))
        if text:
            assert found == float(text), (own, kind, level, found, text)
            compared += 1
for row in table(run, "quantiles.csv"):
    if row["value"]:
        own = (row["metric"], row["region"], int(row["year"]), "quantile", row["level"])
        assert values[own] == float(row["value"]), own
        compared += 1
for row in table(run, "probabilities.csv"):
    (location,) = {it["region"] for it in simulated(run) if it["metric"] == "gap"}
    yes, no = (values[row["question"], location, int(row["year"]), "pmf", it] for it in ("yes", "no"))
    assert yes == float(row["probability"]) and abs(yes + no - 1) < 1e-12
    compared += 1
for row in (row for row in table(run, "paths.csv") if row["year"]):
    own = (row["metric"], row["region"], int(row["year"]), "sample", row["path"])
    if own in values:
        assert values[own] == float(row["value"])
        compared += 1
samples = sum(key[3] == "sample" for key in values)
levels = {key[4] for key in values if key[3] == "quantile"}
assert samples > 0 and len(levels) == 23, (samples, levels)
for own in {key[:3] for key in values}:
    of = [values[(*own, "quantile", level)] for level in sorted(levels, key=float) if (*own, "quantile", level) in values]
    assert of == sorted(of) and len(of) in (0, 23), own
assert compared > 3000, compared
print(f"{len(rows)} rows, {compared} numbers")
