"""Runs the code cells of a notebook one after another, as Jupyter does, and prints what each shows as JSON. Usage: runNotebook.py FILE"""

import ast
import contextlib
import io
import json
import sys

with open(sys.argv[1], encoding="utf-8") as file:
    notebook = json.load(file)

namespace = {"__name__": "__main__"}
shown = []
for cell in notebook["cells"]:
    if cell["cell_type"] != "code":
        continue
    tree = ast.parse("".join(cell["source"]))
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(tree, cell["id"], "exec"), namespace)
        value = None if last is None else eval(compile(ast.Expression(last.value), cell["id"], "eval"), namespace)
    shown.append({"id": cell["id"], "printed": printed.getvalue(), "value": None if value is None else repr(value)})

# What the test compares with the API's own answers.
elites, generations, exported = (namespace[name] for name in ("elites", "generations", "exported"))
json.dump(
    {
        "shown": shown,
        "elites": elites["image.sha256"].tolist(),
        "confidences": elites["storedConfidence"].tolist(),
        "generations": generations.index.tolist(),
        "exported": len(exported),
    },
    sys.stdout,
)
