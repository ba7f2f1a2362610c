"""A Data Package, by frictionless: it is valid, and every field is that of the run's table."""

import sys
from pathlib import Path

from frictionless import Package

from of_run import table

run, export = map(Path, sys.argv[1:3])
package = Package(str(export / "datapackage.json"))
report = package.validate()
assert report.valid, report.flatten(["type", "message"])
compared = 0
for resource in package.resources:
    rows = table(run, resource.path)
    read = resource.read_rows()
    assert len(read) == len(rows), resource.path
    for own, row in zip(read, rows):
        for column, text in row.items():
            value = own[column]
            if text == "":
                assert value is None, (resource.path, column, value)
            elif isinstance(value, str):
                assert value == text, (resource.path, column)
            else:
                assert float(value) == float(text), (resource.path, column, value, text)
                compared += 1
assert compared > 1000, compared
print(f"{len(package.resources)} tables, {compared} numbers")
