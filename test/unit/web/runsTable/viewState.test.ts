/** The view of the table of runs survives the URL; a part of an address that names nothing is reported and not used. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addressProblems } from "../../../../apps/web/src/features/marks/addressProblems.ts";
import {
  defaultColumns,
  fieldsOf,
  findColumn,
  measuresOf,
  tableColumns,
} from "../../../../apps/web/src/features/runsTable/tableColumns.ts";
import {
  parseColumns,
  parseGroups,
  parseSort,
  rowsOfPage,
  shownRows,
  viewParsers,
  viewRules,
} from "../../../../apps/web/src/features/runsTable/viewState.ts";
import { writeSort } from "../../../../apps/web/src/features/views/listSort.ts";
import { runFields } from "../../../../packages/search/src/fields/runFields.ts";

const sortable = runFields.fields.filter(({ isSortable }) => isSortable).map(({ name }) => name);
const groupable = runFields.fields.filter(({ isGroupable }) => isGroupable).map(({ name }) => name);

/** Parameters and metrics of runs may have any name. */
const recordedName = fc
  .tuple(
    fc.constantFrom("param.", "metric."),
    fc.oneof(fc.string({ unit: "grapheme", minLength: 1 }), fc.constantFrom("a,b", 'a"b', "a b", "\\")),
  )
  .map((parts) => parts.join(""))
  .filter((name) => runFields.find(name)?.isRecorded === true);

/** A view as it is after the browser has read the address that was written. */
function roundTrip<Value>(parser: { serialize(value: Value): string; parse(text: string): Value | null }, value: Value): Value | null {
  const address = new URLSearchParams({ key: parser.serialize(value) }).toString();
  return parser.parse(new URLSearchParams(address).get("key") ?? "");
}

describe("the view in the URL", () => {
  it("is read as it was written", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", maxLength: 200 }),
        fc.record({
          column: fc.oneof(fc.constantFrom(...sortable, "n"), recordedName),
          direction: fc.constantFrom("ASC" as const, "DESC" as const),
        }),
        fc.uniqueArray(fc.oneof(fc.constantFrom(...tableColumns.map(({ id }) => id)), recordedName), { maxLength: 12 }),
        fc.uniqueArray(fc.oneof(fc.constantFrom(...groupable), recordedName), { minLength: 1, maxLength: 4 }),
        fc.nat(5000),
        (q, sort, columns, group, rows) => {
          expect(roundTrip(viewParsers.q, q)).toBe(q);
          expect(roundTrip(viewParsers.sort, sort)).toEqual(sort);
          expect(roundTrip(viewParsers.columns, columns)).toEqual(columns);
          expect(roundTrip(viewParsers.group, group)).toEqual(group);
          expect(roundTrip(viewParsers.rows, rows)).toBe(rows);
        },
      ),
    );
  });

  it.each([
    ["sort", "-medain", "-median"],
    ["sort", "notes", "name"],
    ["columns", "state,nothing", "state,images"],
    ["group", "created", "preset"],
    ["rows", "-3", "50"],
    ["q", "a".repeat(1001), "a".repeat(1000)],
  ])("reports %s=%s and accepts %s=%s", (name, wrong, right) => {
    const problemsOf = (text: string) => addressProblems(new URLSearchParams({ [name]: text }), viewRules);
    expect(problemsOf(wrong)).toHaveLength(1);
    expect(problemsOf(right)).toEqual([]);
  });

  it("takes other names of a field, and shows whole pages", () => {
    expect(parseSort("-confidence")).toEqual({ column: "median", direction: "DESC" });
    expect(writeSort({ column: "median", direction: "DESC" })).toBe("-median");
    expect(parseColumns("none")).toEqual([]);
    expect(parseGroups("preset,seed")).toEqual(["preset", "seed"]);
    expect([0, 1, rowsOfPage, rowsOfPage + 1, 1e9].map(shownRows)).toEqual([50, 50, 50, 100, 2000]);
  });
});

describe("the columns", () => {
  it("have unique names, and the usual ones exist", () => {
    expect(new Set(tableColumns.map(({ id }) => id)).size).toBe(tableColumns.length);
    for (const id of defaultColumns) expect(findColumn(id)).toBeDefined();
  });

  it("are also the parameters and metrics of runs, whose numbers are summarised", () => {
    const columns = ["param.learning rate", "metric.accuracy"].flatMap((id) => findColumn(id) ?? []);
    expect(columns).toMatchObject([
      { label: "learning rate", sortField: "param.learning rate", isNumber: false },
      { label: "accuracy", sortField: "metric.accuracy", isNumber: true },
    ]);
    expect(measuresOf(columns)).toEqual(["median", "param.learning rate", "metric.accuracy"]);
    expect(parseColumns('param.lr,"param.a,b",metric.x')).toEqual(["param.lr", "param.a,b", "metric.x"]);
    expect(parseColumns("param.,state")).toBeNull();
  });

  it("say which fields and measures the API reads", () => {
    const columns = ["seed", "images", "mutationRate", "state"].flatMap((id) => findColumn(id) ?? []);
    expect(fieldsOf(columns)).toEqual(["median", "updated", "name", "seed", "mutationRate", "state"]);
    expect(measuresOf(columns)).toEqual(["median", "seed", "mutationRate"]);
  });

  it("have what a run counts as reached with its measure, and are found by the name of earlier links", () => {
    expect(parseColumns("state,fooling,reached")).toEqual(["state", "reached"]);
    expect(parseSort("-fooling")).toEqual({ column: "reached", direction: "DESC" });
    const columns = ["fooling"].flatMap((id) => findColumn(id) ?? []);
    expect(fieldsOf(columns)).toEqual(["median", "updated", "name", "reached", "results", "measure"]);
    expect(measuresOf(columns)).toEqual(["median"]);
  });
});
