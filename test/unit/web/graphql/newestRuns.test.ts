/** Responses that arrive out of order never revert a run. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import {
  buildSchema,
  getNamedType,
  type OperationDefinitionNode,
  parse,
  print,
  type SelectionSetNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from "graphql";
import { expect, it } from "vitest";
import { changingFields, createNewestRuns } from "../../../../apps/web/src/graphql/client/newestRuns.ts";
import { runTypes } from "../../../../apps/web/src/graphql/runTypes.ts";

const root = path.join(import.meta.dirname, "../../../..");
const run = (id: string, eventSeq: number, fields: object) => ({ __typename: "EvolutionRun", id, eventSeq, ...fields });

it("a late response gets each newer field, but keeps its event number, from which its lists continue", () => {
  const newest = createNewestRuns();
  newest({ cancelRun: { run: run("a", 3, { state: "RUNNING", control: "NONE", generation: 9 }) } });
  newest({ runEvents: { seq: 5, run: run("a", 5, { state: "CANCELLED", generation: 12 }) } });
  expect(newest({ cancelRun: { run: run("a", 4, { key: "RUN-1", state: "RUNNING", control: "CANCEL", generation: 10 }) } })).toEqual({
    cancelRun: { run: run("a", 4, { key: "RUN-1", state: "CANCELLED", control: "CANCEL", generation: 12 }) },
  });
});

it("the later of two responses with the same event number counts, as a pause request adds no event", () => {
  const newest = createNewestRuns();
  newest(run("a", 4, { control: "NONE" }));
  expect(newest(run("a", 4, { control: "PAUSE" }))).toEqual(run("a", 4, { control: "PAUSE" }));
  expect(newest(run("a", 4, { control: "NONE" }))).toEqual(run("a", 4, { control: "NONE" }));
});

it("runs are distinguished and found in lists, and everything else is unchanged", () => {
  const newest = createNewestRuns();
  newest({ runs: { nodes: [run("a", 7, { state: "SUCCEEDED" })] } });
  const other = {
    runs: { nodes: [null, run("b", 1, { state: "QUEUED" }), { __typename: "EvolutionRun", id: "a", state: "RUNNING" }], totalCount: 2 },
    elite: { __typename: "Elite", id: "a", eventSeq: 1, generation: 3 },
  };
  expect(newest(other)).toEqual(other);
  expect(newest({ node: run("a", 6, { state: "RUNNING", archive: [1] }) })).toEqual({
    node: run("a", 6, { state: "SUCCEEDED", archive: [1] }),
  });
  expect(newest(undefined)).toBeUndefined();
});

it("every document has eventSeq next to the changing fields of a run, no aliases of them, and equal selections of the same field", () => {
  const schema = buildSchema(readFileSync(path.join(root, "apps/api/schema.graphql"), "utf8"));
  const runs = new Set<string>(["Run", ...runTypes]);
  const named = [...runs].flatMap((name) => Object.keys((schema.getType(name) as unknown as { getFields(): object }).getFields()));
  expect([...changingFields].filter((field) => !named.includes(field))).toEqual([]);

  const faults: string[] = [];
  let selections = 0;
  const parts = new Map<string, string>();
  const pages = path.join(root, "apps/web/src");
  for (const file of readdirSync(pages, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".graphql"))) {
    const document = parse(readFileSync(path.join(pages, file), "utf8"));
    const types = new TypeInfo(schema);
    let within = "";
    visit(
      document,
      visitWithTypeInfo(types, {
        OperationDefinition: (node: OperationDefinitionNode) => void (within = node.name?.value ?? ""),
        FragmentDefinition: (node) => void (within = node.name.value),
        SelectionSet(node) {
          const parent = types.getParentType();
          if (parent === null || parent === undefined || !runs.has(getNamedType(parent).name)) return;
          const fields = node.selections.filter((selection) => selection.kind === "Field");
          const changing = fields.filter(({ name }) => changingFields.has(name.value));
          selections += changing.length;
          for (const { alias, name, selectionSet } of changing) {
            if (alias !== undefined) faults.push(`${within} has the alias ${alias.value} for ${name.value}`);
            // A newer value replaces an older one completely.
            const subfields = selectionSet === undefined ? "" : print(selectionSet);
            if ((parts.get(name.value) ?? subfields) !== subfields) faults.push(`${within} selects other subfields of ${name.value}`);
            parts.set(name.value, subfields);
          }
          if (changing.length > 0 && !fields.some(({ name }) => name.value === "eventSeq"))
            faults.push(`${within} in ${file} lacks eventSeq`);
        },
      }),
    );
  }
  expect(faults).toEqual([]);
  expect(selections).toBeGreaterThan(10);
});

it("changingFields has every field of a run's progress that can change", () => {
  const document = parse(readFileSync(path.join(root, "apps/web/src/features/run/run.graphql"), "utf8"));
  const fixed = new Set(["__typename", "id", "key", "name", "generations", "totalEvaluations", "nicheCount", "createdAt", "eventSeq"]);
  const progress = document.definitions.find((part) => part.kind === "FragmentDefinition" && part.name.value === "RunProgress");
  if (progress?.kind !== "FragmentDefinition") throw new Error("There is no fragment RunProgress.");
  const namesIn = (part: SelectionSetNode | undefined): string[] =>
    (part?.selections ?? []).flatMap((each) => {
      if (each.kind === "Field") return [each.name.value];
      return each.kind === "InlineFragment" ? namesIn(each.selectionSet) : [];
    });
  const names = namesIn(progress.selectionSet);
  expect(names).toContain("generation");
  expect(names.filter((name) => !fixed.has(name) && !changingFields.has(name))).toEqual([]);
});
