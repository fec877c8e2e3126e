/** The parameters and metrics that a search names, and what to write instead of one that no run has. */
import { experimentFields } from "@pareidolia/search/fields/experimentFields";
import { runFields } from "@pareidolia/search/fields/runFields";
import { namedRecordedFields, unknownRecordedField } from "@pareidolia/search/namedRecordedFields";
import { describe, expect, it } from "vitest";

describe("the recorded fields of a search", () => {
  it("are those of its conditions, with their places", () => {
    const text = 'kind = imported AND (param.lr > 1 OR NOT "metric.val loss" IN (1, 2)) AND mutationRate = 1';
    const named = namedRecordedFields(text, runFields);
    expect(named.map(({ field, from, to }) => [field.name, text.slice(from, to)])).toEqual([
      ["param.lr", "param.lr"],
      ["metric.val loss", '"metric.val loss"'],
    ]);
  });

  it("are none of texts, of our methods' parameters, of experiments, and of a search that cannot be read", () => {
    for (const text of ["param.lr", '"param.lr"', "param.mutationRate = 1", "param.lr =", ""])
      expect(namedRecordedFields(text, runFields), text).toEqual([]);
    expect(namedRecordedFields("param.lr = 1", experimentFields)).toEqual([]);
  });

  it("lead to a problem that suggests the nearest name, in quotes if it needs them", () => {
    const problemOf = (text: string, known: readonly string[]) => {
      const [named] = namedRecordedFields(text, runFields);
      return named && unknownRecordedField(named, known);
    };
    expect(problemOf("a param.learnin_rate = 1", ["param.learning rate", "metric.loss"])).toEqual({
      from: 2,
      to: 20,
      message: "No run has the parameter `learnin_rate`.",
      hint: 'Did you mean `"param.learning rate"`?',
    });
    expect(problemOf("metric.los > 1", ["param.los", "metric.loss"])).toMatchObject({
      message: "No run has the metric `los`.",
      hint: "Did you mean `metric.loss`?",
    });
    expect(problemOf("metric.q > 1", ["param.learning rate"])?.hint).toContain("recordedFields");
  });
});
