/** The API reference: what its search finds, and that every link leads to a type. */
import { readFileSync } from "node:fs";
import { buildSchema, isIntrospectionType, isSpecifiedScalarType } from "graphql";
import { describe, expect, it } from "vitest";
import { findParts } from "../../../apps/web/src/features/apiReference/findParts.ts";
import { namedType } from "../../../apps/web/src/features/apiReference/referenceType.ts";
import { referenceTypes as types } from "../../../apps/web/src/features/apiReference/referenceTypes.ts";

const schema = buildSchema(readFileSync(new URL("../../../apps/api/schema.graphql", import.meta.url), "utf8"));

describe("the reference", () => {
  it("has each type of the schema, and each link in it leads to one", () => {
    const names = new Set(types.map(({ name }) => name));
    const expected = Object.values(schema.getTypeMap()).filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type));
    expect(names).toEqual(new Set(expected.map(({ name }) => name)));
    const ofGraphql = new Set(["ID", "Int", "Float", "String", "Boolean"]);
    const linked = types.flatMap(({ fields, members, implements: interfaces }) => [
      ...members,
      ...interfaces,
      ...fields.flatMap((field) => [field, ...field.arguments].map(({ type }) => namedType(type))),
    ]);
    expect(linked.length).toBeGreaterThan(2_000);
    expect(linked.filter((name) => !names.has(name) && !ofGraphql.has(name))).toEqual([]);
  });

  it("has the defaults", () => {
    const count = types.find(({ name }) => name === "RunConnection")?.fields.find(({ name }) => name === "totalCount");
    expect(count?.arguments[0]).toMatchObject({ name: "exact", type: "Boolean!", default: "false" });
  });
});

describe("a search", () => {
  const paths = (text: string) => findParts(types, text, 20).map(({ path }) => path);

  it("ranks names above mentions of them, and finds words of descriptions", () => {
    expect(paths("rateLimit").slice(0, 2)).toEqual(["RateLimit", "Query.rateLimit"]);
    expect(paths("run.statistics").length).toBeGreaterThan(0);
    expect(paths("EvolutionRun")[0]).toBe("EvolutionRun");
    expect(paths("goal switch").length).toBeGreaterThan(3);
  });

  it("leads to the field, the argument or the value", () => {
    expect(findParts(types, "Query.node(id)", 1)).toMatchObject([{ path: "Query.node(id)", address: "/api-reference/Query#node.id" }]);
    expect(findParts(types, "QUOTA_EXCEEDED", 1)).toMatchObject([{ address: "/api-reference/ErrorCode#QUOTA_EXCEEDED" }]);
  });

  it("finds nothing for no text, and nothing for an unknown word", () => {
    expect([paths(" "), paths("xyzzy")]).toEqual([[], []]);
  });
});
