import type { TextCode } from "@pareidolia/core/textCode";
import { codingAgreement } from "@pareidolia/perception/coding/codingAgreement";
import { type CodedText, codeAgrees, completeCodes, finalCode, isDisputed } from "@pareidolia/perception/coding/textCodes";
import { describe, expect, it } from "vitest";

const none: TextCode = { kind: "NONE", label: null };
const uncodable: TextCode = { kind: "UNCODABLE", label: null };
const of = (label: number): TextCode => ({ kind: "LABEL", label });
const coded = (text: string, codes: readonly TextCode[], decision: TextCode | null = null): CodedText => ({
  text,
  codes: codes.map((code, coder) => ({ ...code, coder })),
  decision,
});

describe("the final code of a text", () => {
  it("is the code on which all coders agree", () => {
    expect(finalCode(coded("dog", [of(3), of(3)]))).toEqual(of(3));
    expect(finalCode(coded("dog", [none, none, none]))).toEqual(none);
  });

  it("is the decision where coders differ, and missing while there is none", () => {
    const codes = [of(3), of(4)];
    expect(isDisputed(coded("dog", codes))).toBe(true);
    expect(finalCode(coded("dog", codes))).toBeNull();
    expect(finalCode(coded("dog", codes, none))).toEqual(none);
    expect(isDisputed(coded("dog", [none, uncodable]))).toBe(true);
  });

  it("is missing with the code of a single coder", () => {
    expect(finalCode(coded("dog", [of(3)]))).toBeNull();
  });
});

describe("the coding of a study", () => {
  const texts = [coded("dog", [of(3), of(3)]), coded("cat", [of(4), none])];

  it("is complete once each text that voters wrote has a final code", () => {
    expect(completeCodes(texts, ["dog", "dog"])).toEqual(new Map([["dog", of(3)]]));
    expect(completeCodes(texts, ["dog", "cat"])).toBeNull();
    expect(completeCodes(texts, ["dog", "cow"])).toBeNull();
    expect(completeCodes([coded("cat", [of(4), none], of(4))], ["cat"])).toEqual(new Map([["cat", of(4)]]));
  });

  it("is missing without texts", () => {
    expect(completeCodes(texts, [])).toBeNull();
  });

  it("lets an answer agree with its image's label, disagree, or do neither", () => {
    expect([of(3), of(4), none, uncodable].map((code) => codeAgrees(code, 3))).toEqual([true, false, false, null]);
  });
});

describe("the agreement of coders", () => {
  const options = { seed: 1, resamples: 500 };

  it("is Krippendorff's alpha of the texts with two codes, by hand", () => {
    // 4 texts, 8 codes: 5 times a, 3 times b; one text is disputed. alpha = 1 - (n - 1) * 2 / (2 * 5 * 3) = 1 - 14 / 30.
    const texts = [coded("1", [of(0), of(0)]), coded("2", [of(0), of(0)]), coded("3", [of(1), of(1)]), coded("4", [of(0), of(1)])];
    const { alpha, ...evidence } = codingAgreement([...texts, coded("5", [of(2)])], options);
    expect(evidence).toEqual({ texts: 4, codes: 8 });
    expect(alpha.estimate).toBeCloseTo(1 - 14 / 30, 12);
  });

  it("has an interval for other texts, which contains the estimate", () => {
    const texts = Array.from({ length: 40 }, (_, index) => coded(String(index), [of(index % 4), of(index % 7 === 0 ? 5 : index % 4)]));
    const { alpha } = codingAgreement(texts, options);
    if (!alpha.defined) throw new Error(alpha.reason);
    expect(alpha.low).toBeLessThan(alpha.estimate);
    expect(alpha.high).toBeGreaterThan(alpha.estimate);
    expect(codingAgreement(texts, options)).toEqual(codingAgreement(texts, options));
  });

  it("is undefined with the reason where the texts show no agreement", () => {
    expect(codingAgreement([], options)).toMatchObject({ texts: 0, codes: 0, alpha: { defined: false } });
    expect(codingAgreement([coded("1", [of(0), of(0)])], options).alpha).toMatchObject({
      reason: expect.stringContaining("at least two"),
    });
    const same = [coded("1", [of(0), of(0)]), coded("2", [of(0), of(0)])];
    expect(codingAgreement(same, options).alpha).toMatchObject({ reason: expect.stringContaining("All codes are the same") });
  });
});
