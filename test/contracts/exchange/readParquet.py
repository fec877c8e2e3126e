"""Reads the Parquet tables of a bundle with pyarrow; prints one JSON object: rows by the name of the table.

Usage: readParquet.py FILE.parquet ...
"""

import json
import pathlib
import sys

import pyarrow.parquet as parquet

tables = {}
for name in sys.argv[1:]:
    file = parquet.ParquetFile(name)
    tables[pathlib.Path(name).stem] = {
        "groups": file.metadata.num_row_groups,
        "types": {field.name: str(field.type) for field in file.schema_arrow},
        "rows": file.read().to_pylist(),
    }
print(json.dumps(tables))
