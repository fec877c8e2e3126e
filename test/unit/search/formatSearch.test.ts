/** A search survives being formatted and parsed; the examples of the documentation parse. */
import { readFileSync } from "node:fs";
import { checkSearch } from "@pareidolia/search/checkSearch";
import { imageFields } from "@pareidolia/search/fields/imageFields";
import { runFields } from "@pareidolia/search/fields/runFields";
import { formatTree, joinSearches, quote, writeValue } from "@pareidolia/search/formatSearch";
import { parseSearch } from "@pareidolia/search/parseSearch";
import { operators, type SearchTree, type Written } from "@pareidolia/search/searchTree";
import { writeFieldValue } from "@pareidolia/search/writeFieldValue";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

/** The parts of a tree, with those of parts of the same kind, as the parser merges them. */
const partsOf = (tree: SearchTree, kind: string): SearchTree[] =>
  (tree.kind === "and" || tree.kind === "or") && tree.kind === kind ? tree.parts.flatMap((part) => partsOf(part, kind)) : [tree];

/** Without positions. */
function shapeOf(tree: SearchTree): unknown {
  switch (tree.kind) {
    case "and":
    case "or":
      return [tree.kind, ...partsOf(tree, tree.kind).map(shapeOf)];
    case "not":
      return ["not", shapeOf(tree.part)];
    case "text":
      return ["text", tree.text];
    case "comparison":
      return [tree.field.text, tree.field.isQuoted, tree.operator, ...tree.values.map(({ text, isQuoted }) => [text, isQuoted])];
  }
}

const nowhere = { from: 0, to: 0 };
const written = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 12 }).map((text): Written => ({ text, isQuoted: true, ...nowhere })),
  fc
    .constantFrom("cppn", "0.99", "-3", "1e-3", "2026-11-01", "-7d", "me", "none", "RUN-142", "99%", "a.b", "é")
    .map((text): Written => ({ text, isQuoted: false, ...nowhere })),
);
const fieldName = fc.oneof(
  fc.constantFrom("median", "tag", "param.x").map((text) => ({ text, isQuoted: false })),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }).map((text) => ({ text: `param.${text}`, isQuoted: true })),
);
const comparison: fc.Arbitrary<SearchTree> = fc
  .tuple(fieldName, fc.constantFrom(...operators), fc.array(written, { minLength: 1, maxLength: 3 }))
  .map(([name, operator, values]) => ({
    kind: "comparison",
    field: { ...name, ...nowhere },
    operator,
    operatorSpan: nowhere,
    values: operator === "IN" ? values : values.slice(0, 1),
    ...nowhere,
  }));
const text = written.map((given): SearchTree => ({ kind: "text", ...given }));

const { tree } = fc.letrec<{ tree: SearchTree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    comparison,
    text,
    tie("tree").map((part): SearchTree => ({ kind: "not", part })),
    fc
      .tuple(fc.constantFrom("and" as const, "or" as const), fc.array(tie("tree"), { minLength: 2, maxLength: 3 }))
      .map(([kind, parts]): SearchTree => ({ kind, parts })),
  ),
}));

describe("a formatted search", () => {
  it("parses to the same tree", () => {
    fc.assert(
      fc.property(tree, (given) => {
        const formatted = formatTree(given);
        fc.pre(formatted.length <= 1000);
        const { value, problem } = parseSearch(formatted);
        if (problem?.message.startsWith("A search has at most")) return;
        expect(problem).toBeUndefined();
        expect(shapeOf(value as SearchTree)).toEqual(shapeOf(given));
        const again = formatTree(value as SearchTree);
        expect(formatTree(parseSearch(again).value ?? null)).toBe(again);
      }),
      { numRuns: 300 },
    );
  });

  it("has the words of the language in capitals, and only the parentheses that it needs", () => {
    const { value } = parseSearch('((a and (b  or c))) not "d e" state in ( failed,crashed )');
    expect(formatTree(value ?? null)).toBe('a AND (b OR c) AND NOT "d e" AND state IN (failed, crashed)');
  });
});

describe("a search that is built", () => {
  it("quotes what would be read otherwise", () => {
    expect(writeValue("paper")).toBe("paper");
    expect(writeValue("and")).toBe('"and"');
    expect(writeValue('a "b"')).toBe('"a \\"b\\""');
    expect(writeValue("")).toBe('""');
    expect(quote("\\")).toBe('"\\\\"');
  });

  it("keeps both searches that are joined", () => {
    expect(joinSearches("a OR b", "c = 1")).toBe("(a OR b) AND c = 1");
    expect(joinSearches("", "c = 1")).toBe("c = 1");
    expect(joinSearches("a", " ")).toBe("a");
  });
});

describe("a condition that is built from a stored value", () => {
  const values = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (Object.is(value, -0) ? 0 : value)),
    fc.boolean(),
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }),
    fc.constantFrom("none", "None", "me", "true", "FALSE", "0.1", "-1e5", "5%", "and", "IN", '"', "\\"),
  );

  it("is read as the same field and value", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }), values, (name, value) => {
        const field = runFields.find(`param.${name}`);
        fc.pre(field?.isRecorded === true);
        const { value: read } = checkSearch(`${writeValue(field.name)} = ${writeFieldValue(field, value)}`, {
          registry: runFields,
          now: 0,
        });
        const expected =
          typeof value === "number"
            ? { kind: "number", number: value }
            : typeof value === "boolean"
              ? { kind: "flag", flag: value }
              : { kind: "text", text: value };
        expect(read).toMatchObject({ kind: "comparison", field: { name: field.name }, values: [expected] });
      }),
      { numRuns: 500 },
    );
  });
});

describe("docs/search.md", () => {
  const documentation = readFileSync(new URL("../../../docs/search.md", import.meta.url), "utf8");
  const examples = [...documentation.matchAll(/```search\n([\s\S]*?)```/g)].flatMap(([, block]) => (block as string).trim().split("\n"));

  it.each(examples)("%s", (example) => {
    expect(checkSearch(example, { registry: runFields, now: 0 }).problem).toBeUndefined();
  });

  const ofImages = /```search images\n([\s\S]*?)```/.exec(documentation)?.[1]?.trim().split("\n") ?? [];

  it.each(ofImages)("%s, of images", (example) => {
    expect(checkSearch(example, { registry: imageFields, now: 0 }).problem).toBeUndefined();
  });

  it("has every example, and names every field of runs and of images", () => {
    expect(ofImages.length).toBeGreaterThan(3);
    for (const { name } of imageFields.fields) expect(documentation).toContain(`\`${name}\``);
    expect(examples.length).toBeGreaterThan(15);
    for (const { name, parameter } of runFields.fields) if (parameter === undefined) expect(documentation).toContain(`\`${name}\``);
  });
});
