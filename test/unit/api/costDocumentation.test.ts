/** The numbers of docs/costs.md are those of the code; its examples run with those of the other guides. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { socketLimits } from "@pareidolia/api/http/operationSlots";
import { limits } from "@pareidolia/api/limits/limits";
import { expect, it } from "vitest";

const text = readFileSync(path.resolve(import.meta.dirname, "../../../docs/costs.md"), "utf8");

it("has the limits of the code", () => {
  const rows = {
    "cost of one operation": limits.cost,
    "levels of fields": limits.depth,
    aliases: limits.aliases,
    "characters of a document, comments and spaces included": limits.documentLength,
    "tokens of a document": limits.tokens,
    "pairs of fields that validation compares": limits.comparisons,
    "values of a list argument, unless its description says otherwise": limits.listValues,
    "values of a response": limits.values,
  };
  const { statements, seconds } = limits.database;
  expect(text).toContain(`| statements and seconds in the database | ${statements} and ${seconds} |`);
  expect(text).toContain(`| ${socketLimits.operations} and ${socketLimits.operationsOfUser} | \`TOO_MANY_OPERATIONS\``);
  for (const [name, value] of Object.entries(rows)) expect(text).toContain(`| ${name} | ${value.toLocaleString("en")} |`);
});
