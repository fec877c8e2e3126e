/** What every list and every mutation of the schema has in common, so that strangers need to learn it once. */
import { openValueSchemas } from "@pareidolia/api/openValue/openValueSchemas";
import { createSchema } from "@pareidolia/api/schema";
import {
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  isUnionType,
} from "graphql";
import { beforeAll, describe, expect, it } from "vitest";
import { boundedLists } from "../../support/boundedLists.ts";

let schema: GraphQLSchema;
beforeAll(async () => {
  schema = await createSchema();
});

type Field = GraphQLField<unknown, unknown>;

const objectTypes = (): GraphQLObjectType[] =>
  Object.values(schema.getTypeMap()).filter((type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith("__"));

const fieldsOf = (type: GraphQLNamedType | undefined | null): Field[] => (isObjectType(type) ? Object.values(type.getFields()) : []);

const isConnection = ({ type }: Field): boolean => getNamedType(type).name.endsWith("Connection");

describe("lists", () => {
  const listed = (): { name: string; parent: GraphQLObjectType; field: Field }[] =>
    objectTypes().flatMap((parent) =>
      fieldsOf(parent).map((field) => {
        const declaring = parent.getInterfaces().find((each) => field.name in each.getFields()) ?? parent;
        return { name: `${declaring.name}.${field.name}`, parent, field };
      }),
    );

  it("that grow with use are connections, of 25 rows by default and at most 100", () => {
    const connections = listed().filter(({ field }) => isConnection(field));
    expect(connections.length).toBeGreaterThan(40);
    const wrong = connections.filter(({ field: { args } }) => {
      const of = (name: string) => args.find((argument) => argument.name === name);
      const says = of("first")?.description?.includes("0 to 100. Default: 25.") === true;
      const types = ["first", "after", "last", "before"].map((name) => String(of(name)?.type));
      return !says || types.join() !== "Int,String,Int,String";
    });
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });

  it("are ordered by `orderBy` and nothing else", () => {
    const ordered = listed().filter(({ field: { args } }) => args.some(({ type }) => getNamedType(type).name.endsWith("Order")));
    expect(ordered.length).toBeGreaterThan(5);
    const named = ordered.map(({ field: { args } }) => args.find(({ type }) => getNamedType(type).name.endsWith("Order"))?.name);
    expect(new Set(named)).toEqual(new Set(["orderBy"]));
    const others = ["sort", "sortBy", "order", "orderedBy"];
    expect(listed().filter(({ field: { args } }) => args.some(({ name }) => others.includes(name)))).toEqual([]);
  });

  it("in pages are filtered by `filter`, and by a search where they have one", () => {
    const common = new Set(["first", "after", "last", "before", "filter", "orderBy"]);
    const more = new Map(
      listed()
        .filter(({ field }) => isConnection(field))
        .map(
          ({ name, field: { args } }) =>
            [
              name,
              args
                .map((argument) => argument.name)
                .filter((each) => !common.has(each))
                .toSorted(),
            ] as const,
        )
        .filter(([, names]) => names.length > 0),
    );
    expect(Object.fromEntries(more)).toEqual({
      // A text of the search language.
      "Query.runs": ["search"],
      "Query.galleryImages": ["search"],
      "Query.experiments": ["search"],
      "Experiment.runs": ["search"],
      "Query.runGroups": ["groupBy", "measures", "search"],
      // Parts of one run and of one study.
      "AscentRun.trajectories": ["classes", "configurations"],
      "Study.images": ["indices", "role"],
    });
  });

  it("in pages have edges with cursors, nodes, page info, and a count that costs a statement of its own", () => {
    for (const type of objectTypes().filter(({ name }) => name.endsWith("Connection"))) {
      const { edges, nodes, pageInfo, totalCount } = type.getFields();
      const edge = edges && (getNamedType(edges.type) as GraphQLObjectType).getFields();
      expect([type.name, String(edge?.["cursor"]?.type), String(pageInfo?.type), String(totalCount?.type)]).toEqual([
        type.name,
        "String!",
        "PageInfo!",
        "Int!",
      ]);
      expect([type.name, nodes && getNamedType(nodes.type)]).toEqual([type.name, edge?.["node"] && getNamedType(edge["node"].type)]);
      expect([type.name, Number(totalCount?.extensions["complexity"]) > 0]).toEqual([type.name, true]);
    }
  });

  it("of objects without pages are bounded, and each has its reason", () => {
    const inPages = ({ name }: GraphQLObjectType): boolean => name.endsWith("Connection");
    const plain = listed().filter(
      ({ parent, field }) => !inPages(parent) && isListType(getNullableType(field.type)) && isCompositeType(getNamedType(field.type)),
    );
    const names = new Set(plain.map(({ name }) => name));
    const given = new Set(Object.values(boundedLists).flat());
    expect([...names].filter((name) => !given.has(name)).toSorted()).toEqual([]);
    expect([...given].filter((name) => !names.has(name)).toSorted()).toEqual([]);
  });
});

describe("mutations", () => {
  const mutations = (): Field[] => fieldsOf(schema.getMutationType());
  const inputOf = ({ args }: Field) => args[0] && getNamedType(args[0].type);

  const takesKey = (type: GraphQLNamedType | undefined): boolean => isInputObjectType(type) && "idempotencyKey" in type.getFields();

  it("take one argument, `input`, with an idempotency key that may be left out", () => {
    expect(mutations().length).toBeGreaterThan(100);
    expect(mutations().filter(({ args }) => args.length !== 1 || args[0]?.name !== "input")).toEqual([]);
    expect(
      mutations()
        .filter((field) => !takesKey(inputOf(field)))
        .map(({ name }) => name),
    ).toEqual([]);
    const demanding = mutations().filter((field) => {
      const input = inputOf(field);
      return isInputObjectType(input) && isNonNullType(input.getFields()["idempotencyKey"]?.type);
    });
    expect(demanding).toEqual([]);
  });

  it("answer with a union of one success and of errors, which implement `Error`", () => {
    for (const { name, type } of mutations()) {
      const payload = getNamedType(type);
      expect([name, isNonNullType(type), isUnionType(payload)]).toEqual([name, true, true]);
      if (!isUnionType(payload)) continue;
      const isError = (each: GraphQLObjectType): boolean => each.getInterfaces().some((of) => of.name === "Error");
      const [successes, errors] = [payload.getTypes().filter((each) => !isError(each)), payload.getTypes().filter(isError)];
      expect([name, successes.map(({ name: of }) => of.endsWith("Error"))]).toEqual([name, [false]]);
      // A repeated key can be refused by every mutation.
      expect([name, errors.map((each) => each.name)]).toEqual([name, expect.arrayContaining(["InvalidInputError", "ConflictError"])]);
    }
  });
});

describe("scalars", () => {
  it("are GraphQL's own, instants, and values with a JSON Schema of their kind; none is any JSON", () => {
    const own = Object.values(schema.getTypeMap()).filter((type) => isScalarType(type) && !isSpecifiedScalarType(type));
    const kinds = Object.keys(openValueSchemas);
    expect(own.map(({ name }) => name).toSorted()).toEqual([...kinds, "DateTime"].toSorted());
    for (const type of own)
      expect([type.name, isScalarType(type) && type.specifiedByURL]).toEqual([
        type.name,
        type.name === "DateTime" ? "https://www.rfc-editor.org/rfc/rfc3339" : `/value-schemas/${type.name}.json`,
      ]);
  });
});

describe("confidences", () => {
  const figures = (): { name: string; parent: GraphQLObjectType; field: Field }[] =>
    objectTypes().flatMap((parent) =>
      fieldsOf(parent)
        .filter(({ type }) => getNamedType(type).name === "Float")
        .map((field) => ({ name: `${parent.name}.${field.name}`, parent, field })),
    );

  it("of the search, on float pixels, say so in their names, and those of stored images do not", () => {
    const ofSearch = figures().filter(({ field }) => /float pixels/.test(field.description ?? ""));
    expect(ofSearch.length).toBeGreaterThan(8);
    expect(ofSearch.filter(({ field }) => !field.name.startsWith("search")).map(({ name }) => name)).toEqual([]);
    const named = figures().filter(({ field }) => /search/i.test(field.name));
    expect(named.filter(({ field }) => !/float pixels/.test(field.description ?? "")).map(({ name }) => name)).toEqual([]);
  });

  it("of the search stand beside those of the stored image", () => {
    const types = objectTypes().filter((type) => type.getFields()["searchConfidence"] !== undefined);
    expect(types.map(({ name }) => name).toSorted()).toEqual(["ChainElite", "CurvePoint", "Elite", "Trajectory", "TrajectoryMilestone"]);
    expect(types.filter((type) => type.getFields()["storedConfidence"] === undefined)).toEqual([]);
  });
});
