/** Every part of the schema has a description that says more than its name, and numbers have their unit. */
import { readFileSync } from "node:fs";
import {
  buildSchema,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
} from "graphql";
import { describe, expect, it } from "vitest";

interface Described {
  /** Such as Query.runs(first). */
  readonly path: string;
  readonly name: string;
  /** The name of what it is part of. */
  readonly owner: string;
  readonly description: string;
  readonly type: string;
}

function* describedParts(schema: GraphQLSchema): Generator<Described> {
  for (const type of Object.values(schema.getTypeMap())) {
    if (isIntrospectionType(type) || isSpecifiedScalarType(type)) continue;
    const { name: owner } = type;
    yield { path: owner, name: owner, owner: "", description: type.description ?? "", type: "" };
    if (isEnumType(type))
      for (const { name, description } of type.getValues())
        yield { path: `${owner}.${name}`, name, owner, description: description ?? "", type: "" };
    if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const path = `${owner}.${field.name}`;
      yield { path, name: field.name, owner, description: field.description ?? "", type: String(field.type) };
      for (const { name, description, type: of } of "args" in field ? field.args : [])
        yield { path: `${path}(${name})`, name, owner: field.name, description: description ?? "", type: String(of) };
    }
  }
}

const wordsOf = (name: string): string =>
  name
    .replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, " ")
    .replaceAll("_", " ")
    .toLowerCase();

/** Whether a description says no more than the name: "The run's state." of `Run.state`. */
function repeatsName({ name, owner, description }: Described): boolean {
  const said = description
    .toLowerCase()
    .replace(/^(?:the|a|an|its|this)\s+/, "")
    .replaceAll(/[.`]/g, "")
    .replace(/\bof (?:the|a|an)\b/, "of")
    .trim();
  const [own, ofOwner] = [wordsOf(name), wordsOf(owner)];
  return [own, `${own}s`, `${own} of ${ofOwner}`, `${ofOwner} ${own}`, `${ofOwner}'s ${own}`].includes(said);
}

/** Numbers whose name ends with one of these have a unit that only the description can give or confirm. */
const measures =
  /(?:Seconds|Milliseconds|Ms|Bytes|ByteLength|Length|Speed|Confidence|Share|Probability|speed|confidence|share|probability)$/;
const units =
  /\b(?:seconds?|milliseconds|ms|bytes?|characters|pixels?|evaluations|per second|0 to 1|from 0 to 1|share|percent|grey levels|elements|steps)\b|\[0, 1\]/i;

function lacksUnit({ name, type, description }: Described): boolean {
  return /^(?:Int|Float)!?$/.test(type) && measures.test(name) && !units.test(description);
}

const population = /\bfor (?:other|these) /;

/** Ends of intervals of which neither they nor their type say over what the interval generalises. */
function endsWithoutPopulation(schema: GraphQLSchema): readonly string[] {
  return Object.values(schema.getTypeMap()).flatMap((type) => {
    if (!isObjectType(type) || population.test(type.description ?? "") || type.getFields()["intervalFor"] !== undefined) return [];
    const ends = Object.values(type.getFields()).filter((field) => /^low$|Low$/.test(field.name) && /^Float!?$/.test(String(field.type)));
    return ends.filter(({ description }) => !population.test(description ?? "")).map(({ name }) => `${type.name}.${name}`);
  });
}

const problemsOf = (schema: GraphQLSchema, isWrong: (part: Described) => boolean): readonly string[] =>
  [...describedParts(schema)].filter(isWrong).map(({ path, description }) => `${path}: ${description}`);

const isMissing = ({ description }: Described): boolean => !/^\S.*[.!?)`]$/s.test(description.trim());

describe("the committed schema", () => {
  const schema = buildSchema(readFileSync(new URL("../../../apps/api/schema.graphql", import.meta.url), "utf8"));

  it("describes each type, field, argument, input field and enum value in sentences", () => {
    expect(problemsOf(schema, isMissing)).toEqual([]);
    expect([...describedParts(schema)].length).toBeGreaterThan(4_000);
  });

  it("describes nothing by its name alone", () => {
    expect(problemsOf(schema, repeatsName)).toEqual([]);
  });

  it("gives the unit or the range of each measured number", () => {
    expect(problemsOf(schema, lacksUnit)).toEqual([]);
  });

  it("says over what each interval generalises", () => {
    expect(endsWithoutPopulation(schema)).toEqual([]);
  });
});

it("an interval that does not say over what it generalises is found", () => {
  const schema = buildSchema(`
    type Query { mean: Mean test: Test share: Share }
    type Mean { "Lower end of the 95% interval." low: Float "Upper end." high: Float }
    type Test { "Lower end of the 95% interval for other runs." deltaLow: Float! "Lower end." rateLow: Float }
    "A share with its interval for these voters and other images." type Share { "Lower end." low: Float }
  `);
  expect(endsWithoutPopulation(schema)).toEqual(["Mean.low", "Test.rateLow"]);
});

it("a missing description, one that repeats the name, and a number without a unit are found", () => {
  const schema = buildSchema(`
    "What can be read."
    type Query { "The run." run("Its ID." id: ID, "Newest first." sort: Sort): Run  "Query's name." name: String }
    "A run." type Run { "State of the run." state: Sort  "How long it took." wallSeconds: Float! "In bytes." byteLength: Int }
    "How to sort." enum Sort { NEWEST }
  `);
  expect(problemsOf(schema, isMissing)).toEqual(["Sort.NEWEST: "]);
  expect(problemsOf(schema, repeatsName).map((problem) => problem.split(":")[0])).toEqual([
    "Query.run",
    "Query.run(id)",
    "Query.name",
    "Run",
    "Run.state",
  ]);
  expect(problemsOf(schema, lacksUnit)).toEqual(["Run.wallSeconds: How long it took."]);
});
