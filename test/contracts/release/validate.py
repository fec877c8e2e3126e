"""Checks an unpacked release with the programs that define its formats; prints one JSON object.

Usage: validate.py FOLDER. Documents of the web that the formats refer to are read from the folder of the Python environment
if they are there: ro-crate-1.2-context.jsonld, datacite-v4.6.json. Otherwise the context is loaded from the web, and DataCite is not checked.
"""

import json
import logging
import pathlib
import sys

folder = pathlib.Path(sys.argv[1])
report = {}


def croissant():
    """What mlcroissant says about the metadata, and the records that it reads."""
    from importlib.metadata import version

    import mlcroissant

    messages = []

    class Handler(logging.Handler):
        def emit(self, record):
            if record.levelno >= logging.WARNING:
                messages.append(record.getMessage())

    from absl import logging as absl_logging

    absl_logging.get_absl_logger().addHandler(Handler())
    dataset = mlcroissant.Dataset(jsonld=folder / "croissant.json")
    issues = dataset.metadata.ctx.issues
    records = {}
    for record_set in dataset.metadata.record_sets:
        rows = list(dataset.records(record_set.uuid))
        text = lambda value: value.decode() if isinstance(value, bytes) else value
        first = {key: text(value) for key, value in rows[0].items()} if rows else {}
        records[record_set.uuid] = {
            "rows": len(rows),
            "first": {key: value if isinstance(value, (str, int, float, bool)) else type(value).__name__ for key, value in first.items()},
        }
    return {
        "version": version("mlcroissant"),
        "conformsTo": str(dataset.metadata.ctx.conforms_to),
        "errors": sorted(issues.errors and [str(e) for e in issues.errors] or []),
        "warnings": sorted(str(w) for w in issues.warnings) + messages,
        "records": records,
    }


def crate():
    """The issues that roc-validator finds, by severity."""
    from importlib.metadata import version

    from rocrate_validator import models, services

    context = pathlib.Path(sys.prefix) / "ro-crate-1.2-context.jsonld"
    if context.exists():
        serve_context(context)
    settings = services.ValidationSettings(
        rocrate_uri=folder,
        profile_identifier="ro-crate-1.2",
        requirement_severity=models.Severity.RECOMMENDED,
        offline=False,
    )
    result = services.validate(settings)
    return {
        "version": version("roc-validator"),
        "required": sorted(f"{i.check.identifier}: {i.message}" for i in result.get_issues() if i.severity == models.Severity.REQUIRED),
        "recommended": sorted({f"{i.check.identifier}: {i.message}" for i in result.get_issues() if i.severity == models.Severity.RECOMMENDED}),
    }


def serve_context(path):
    """Answers requests for RO-Crate's context with a local copy."""
    from rocrate_validator.utils import http

    def get(self, url, *args, **kwargs):
        import requests

        if not url.startswith("https://w3id.org/ro/crate/1.2/context"):
            raise requests.ConnectionError(f"{url} is not requested in this test")

        response = requests.Response()
        response.status_code = 200
        response.url = url
        response.headers["Content-Type"] = "application/ld+json"
        response._content = path.read_bytes()
        return response

    http.HttpRequester.get = get


def data_cite():
    import jsonschema

    schema = pathlib.Path(sys.prefix) / "datacite-v4.6.json"
    if not schema.exists():
        return None
    validator = jsonschema.Draft201909Validator(json.loads(schema.read_text()))
    return {"errors": [error.message for error in validator.iter_errors(json.loads((folder / "datacite.json").read_text()))]}


def parquet():
    import pyarrow
    import pyarrow.parquet as pq

    table = pq.read_table(folder / "trials.parquet")
    return {
        "version": pyarrow.__version__,
        "types": {field.name: str(field.type) for field in table.schema},
        "rows": table.to_pylist(),
    }


for name, check in [("croissant", croissant), ("crate", crate), ("parquet", parquet), ("dataCite", data_cite)]:
    try:
        report[name] = check()
    except Exception as error:  # noqa: BLE001
        report[name] = {"failed": f"{type(error).__name__}: {error}"}
print(json.dumps(report))
