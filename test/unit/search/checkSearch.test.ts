/** Searches are read as written, and a problem is at its characters, with what to write instead. */
import { checkSearch } from "@pareidolia/search/checkSearch";
import { experimentFields } from "@pareidolia/search/fields/experimentFields";
import { runFields } from "@pareidolia/search/fields/runFields";
import { deepestSearch, maxSearchLength, maxTerms } from "@pareidolia/search/parseSearch";
import { describe, expect, it } from "vitest";

const now = Date.parse("2026-11-27T12:00:00Z");
const check = (text: string) => checkSearch(text, { registry: runFields, now });

/** The condition without its field's properties. */
function valuesOf(text: string) {
  const { value, problem } = check(text);
  expect(problem).toBeUndefined();
  return value?.kind === "comparison" ? value.values : null;
}

describe("a value", () => {
  const day = (text: string) => Date.parse(`${text}T00:00:00Z`);
  it.each([
    ["median > .99", { kind: "number", number: 0.99 }],
    ["stepSize = 1e-3", { kind: "number", number: 0.001 }],
    ["median >= 99.9%", { kind: "number", number: 0.999 }],
    ["run = RUN-142", { kind: "number", number: 142 }],
    ["run = run-142", { kind: "number", number: 142 }],
    ["seed = -3", { kind: "number", number: -3 }],
    ["state = Finished", { kind: "text", text: "SUCCEEDED" }],
    ["by = me", { kind: "me" }],
    ['by = "me"', { kind: "text", text: "me" }],
    ["assignee = none", { kind: "none" }],
    ['name = "none"', { kind: "text", text: "none" }],
    ["pinned = yes", { kind: "flag", flag: true }],
    ['name = "a \\"b\\" \\\\"', { kind: "text", text: 'a "b" \\' }],
    ["created = 2026-11-01", { kind: "period", from: day("2026-11-01"), to: day("2026-11-02") }],
    ["created = 2026-11-01T10:30", { kind: "period", from: day("2026-11-01") + 37_800_000, to: day("2026-11-01") + 37_860_000 }],
    ["created > 2026-11-01T10:30", { kind: "period", from: day("2026-11-01") + 37_800_000, to: day("2026-11-01") + 37_800_000 }],
    ["created <= 2026-11-01T10:30:05", { kind: "period", from: day("2026-11-01") + 37_805_000, to: day("2026-11-01") + 37_805_000 }],
    ["created = 2026-11-01T00:00:00.250Z", { kind: "period", from: day("2026-11-01") + 250, to: day("2026-11-01") + 251 }],
    ["created = yesterday", { kind: "period", from: day("2026-11-26"), to: day("2026-11-27") }],
    ["param.lr = 0.1", { kind: "number", number: 0.1 }],
    ['param.lr = "0.1"', { kind: "text", text: "0.1" }],
    ["param.lr ~ 0.1", { kind: "text", text: "0.1" }],
    ["param.lr = True", { kind: "flag", flag: true }],
    ['param.lr = "true"', { kind: "text", text: "true" }],
    ["param.lr = adaptive", { kind: "text", text: "adaptive" }],
    ["param.lr = none", { kind: "none" }],
    ["param.lr >= 5%", { kind: "number", number: 0.05 }],
    ["metric.accuracy < 1e-3", { kind: "number", number: 0.001 }],
    ['"metric.val loss" = none', { kind: "none" }],
    ["started > -7d", { kind: "period", from: now - 7 * 86_400_000, to: now - 7 * 86_400_000 }],
  ])("%s", (text, value) => {
    expect(valuesOf(text)).toEqual([value]);
  });

  it("is one of several after IN", () => {
    expect(valuesOf("seed IN (1, 2)")).toEqual([
      { kind: "number", number: 1 },
      { kind: "number", number: 2 },
    ]);
  });
});

describe("a condition", () => {
  it("binds NOT before AND before OR, in any case, and joins neighbours by AND", () => {
    const { value } = check("a or NOT b c and (d OR e)");
    expect(value).toEqual({
      kind: "or",
      parts: [
        { kind: "text", text: "a" },
        {
          kind: "and",
          parts: [
            { kind: "not", part: { kind: "text", text: "b" } },
            { kind: "text", text: "c" },
            {
              kind: "or",
              parts: [
                { kind: "text", text: "d" },
                { kind: "text", text: "e" },
              ],
            },
          ],
        },
      ],
    });
  });

  it("is missing in an empty search", () => {
    expect(check("  ")).toEqual({ value: null });
  });

  it("reads numbers and dates as text where no field is", () => {
    expect(check("142").value).toEqual({ kind: "text", text: "142" });
    expect(check("2026-11-01").value).toEqual({ kind: "text", text: "2026-11-01" });
  });
});

describe("a problem", () => {
  it.each([
    ["NOT medain > 3", 4, 10, "Unknown field `medain`.", "Did you mean `median`?"],
    ["AND zzz = 3", 0, 3, "Expected a condition before `AND`.", "Write one before it, or remove the word."],
    [
      "state = dead",
      8,
      12,
      "`state` has no value `dead`.",
      "Choose one of queued, running, paused, succeeded, failed, cancelled, crashed.",
    ],
    ["state = runing", 8, 14, "`state` has no value `runing`.", /^Did you mean `running`\?/],
    ["median >", 8, 8, "Expected a number after `>`.", /./],
    ["median > AND x", 9, 12, "Expected a number after `>`.", /./],
    ["median > cppn", 9, 13, "Expected a number after `>`.", /0\.99/],
    ["state > failed", 6, 7, "`state` cannot be compared with `>`.", "Use one of = != IN."],
    ["started > 2026-02-30", 10, 20, "`2026-02-30` is not a date.", /2026-11-01/],
    ["started = -7d", 10, 13, "An age is an exact moment, which no date equals.", "Write `started > -7d`."],
    ["pinned = 3", 9, 10, "`pinned` is true or false.", "Write `pinned = true`."],
    ["median > none", 9, 13, "`none` cannot be compared by size.", /= none/],
    ["param.lr > adaptive", 11, 19, "Expected a number after `>`.", "Write one such as 0.99 or 1e-3, or `param.lr = adaptive`."],
    ["param.lr < none", 11, 15, "`none` cannot be compared by size.", /= none/],
    ["metric.accuracy = high", 18, 22, "Expected a number after `=`.", /0\.99/],
    ["metric.accuracy ~ 1", 16, 17, "`metric.accuracy` cannot be compared with `~`.", /./],
    ['"param.a b" >', 13, 13, "Expected a value after `>`.", /./],
    ["lr = 0.1", 0, 2, "Unknown field `lr`.", /A parameter of that name is `param\.lr`, a metric `metric\.lr`\.$/],
    ['"label smoothing" = 1', 0, 17, "Unknown field `label smoothing`.", /`"param\.label smoothing"`/],
    ["param. = 1", 0, 6, "Unknown field `param.`.", /./],
    ["(a", 0, 1, "This parenthesis is not closed.", /`\)`/],
    ["a )", 2, 3, "This parenthesis has no opening one.", /./],
    ["a ()", 2, 4, "These parentheses are empty.", /./],
    ["state NOT IN (failed)", 6, 12, "NOT comes before the field.", "Write `NOT state IN (running, queued)`."],
    ["state IN (failed crashed)", 17, 24, "Expected a comma before `crashed`.", /./],
    ["state IN failed", 9, 15, "Expected a list of values in parentheses after `IN`.", /./],
    ["state IN ()", 10, 11, "Expected a value after `(`.", /./],
    ["= 3", 0, 1, "Expected a field before `=`.", /./],
    ["a OR", 4, 4, "Expected a condition after `OR`.", /./],
    ["a, b", 1, 2, "A comma separates the values of a list after IN.", /./],
    ['name = "abc', 7, 11, "This quote is not closed.", /`"`/],
    ["a ! b", 2, 3, "Unexpected `!`.", /quotes/],
  ])("%s", (text, from, to, message, hint) => {
    const { problem } = check(text);
    expect(problem).toMatchObject({ from, to, message });
    expect(problem?.hint).toMatch(hint);
  });

  it("is too much text, too many values, or too deep nesting", () => {
    expect(check("a".repeat(maxSearchLength)).problem).toBeUndefined();
    expect(check("a".repeat(maxSearchLength + 1)).problem).toMatchObject({
      from: 1000,
      to: 1001,
      message: expect.stringContaining("1,001"),
    });
    expect(check("a ".repeat(maxTerms)).problem).toBeUndefined();
    expect(check("a ".repeat(maxTerms + 1)).problem).toMatchObject({ message: expect.stringContaining("51") });
    const nested = (depth: number) => `${"(".repeat(depth)}a${")".repeat(depth)}`;
    expect(check(nested(deepestSearch)).problem).toBeUndefined();
    expect(check(nested(deepestSearch + 1)).problem?.message).toContain("nested");
    expect(check(`${"NOT ".repeat(400)}`).problem).toBeDefined();
  });
});

describe("recorded fields", () => {
  it("are any name after param. and metric., in its case and in quotes if it needs them", () => {
    for (const [text, name] of [
      ["param.lr", "param.lr"],
      ["PARAM.Lr", "param.Lr"],
      ["Metric.val/loss", "metric.val/loss"],
      ["param.optimizer.betas[0]", "param.optimizer.betas[0]"],
      ['"param.learning rate"', "param.learning rate"],
      ['"metric.a = \\"b\\""', 'metric.a = "b"'],
    ] as const) {
      const { value } = check(`${text} = 1`);
      expect(value).toMatchObject({ kind: "comparison", field: { name, isRecorded: true } });
    }
    expect(runFields.find("param.lr")).toMatchObject({ type: "mixed", parameter: "lr", label: "lr" });
    expect(runFields.find("metric.lr")).toMatchObject({ type: "number", metric: "lr" });
  });

  it("are not the parameters of our methods, whose type is known", () => {
    expect(runFields.find("param.mutationRate")).toMatchObject({ name: "mutationRate", type: "number", isRecorded: false });
    expect(runFields.find("param.mutationrate")).toMatchObject({ name: "param.mutationrate", isRecorded: true });
    expect(runFields.find("metric.mutationRate")).toMatchObject({ isRecorded: true });
  });

  it("are neither empty, too long, nor what Postgres cannot store, and experiments have none", () => {
    for (const name of ["param.", "metric.", "param", `param.${"a".repeat(201)}`, "param.a\0", "metric.\ud800", "other.lr"])
      expect(runFields.find(name), name).toBeNull();
    expect(experimentFields.find("param.lr")).toBeNull();
  });
});

describe("the fields", () => {
  it("are found by name, by alias and, for parameters, with the prefix", () => {
    expect(runFields.find("STATE")?.name).toBe("state");
    expect(runFields.find("key")?.name).toBe("run");
    expect(runFields.find("param.mutationRate")?.name).toBe("mutationRate");
    expect(runFields.find("param.encoding")?.parameter).toBe("encoding");
    expect(runFields.find("encoding")?.parameter).toBeUndefined();
    expect(experimentFields.find("median")).toBeNull();
  });
});
