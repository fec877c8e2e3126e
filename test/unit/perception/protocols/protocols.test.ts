import { canonicalJson } from "@pareidolia/core/canonicalJson";
import { Purpose, Random } from "@pareidolia/core/random";
import { foilPolicyIds, getFoilPolicy } from "@pareidolia/perception/foils/registry";
import {
  agreesWithLabel,
  chanceOf,
  parseProtocol,
  passesGold,
  passesNoise,
  protocolKinds,
  readAnswer,
  resolveProtocol,
} from "@pareidolia/perception/protocols/registry";
import { plainStimulus } from "@pareidolia/perception/protocols/stimulus";
import { describe, expect, it } from "vitest";
import { classesUpTo, imagesOf } from "../../../support/studyDesigns.ts";

const screen = { images: ["one"], labels: [4, 7], exemplars: [] };

describe("every protocol", () => {
  it.each(protocolKinds.map(({ id }) => id))("%s is stored with all parameters and read again", (kind) => {
    for (const cantTell of ["notOffered", "missing", "disagreement"]) {
      const protocol = resolveProtocol(kind, { cantTell });
      expect(parseProtocol(JSON.parse(canonicalJson(protocol)))).toEqual(protocol);
    }
  });

  it.each(protocolKinds.map(({ id }) => id))('%s accepts "can\'t tell" only if it is offered, and counts it as the study says', (kind) => {
    const answer = { cantTell: true } as const;
    const [not, missing, disagreement] = ["notOffered", "missing", "disagreement"].map((cantTell) => resolveProtocol(kind, { cantTell }));
    if (not === undefined || missing === undefined || disagreement === undefined) throw new Error("No protocol.");
    expect(() => readAnswer(not, screen, answer)).toThrow("does not offer");
    expect(readAnswer(missing, screen, answer)).toEqual(answer);
    expect(agreesWithLabel(missing, { target: 0 }, answer)).toBeNull();
    expect(agreesWithLabel(disagreement, { target: 0 }, answer)).toBe(false);
    expect(passesGold(missing, { target: 0 }, answer)).toBe(false);
    expect(passesNoise(missing, answer)).toBe(true);
  });

  it.each(protocolKinds.map(({ id }) => id))("%s refuses answers that are not its own", (kind) => {
    const protocol = resolveProtocol(kind, {});
    for (const value of [
      null,
      {},
      "yes",
      { choice: -1 },
      { choice: 99 },
      { choice: 0.5 },
      { text: "  " },
      { ratings: [9, 9] },
      { ratings: [1] },
    ])
      expect(() => readAnswer(protocol, screen, value)).toThrow("The answer must");
  });

  it("is refused with a parameter that it does not have, or a value out of range, naming it", () => {
    expect(() => resolveProtocol("alternatives", { alternatives: 49 })).toThrow("Alternatives must be from 2 to 48");
    expect(() => resolveProtocol("yesNo", { alternatives: 2 })).toThrow('Unknown parameter "alternatives"');
    expect(() => resolveProtocol("toString" as "yesNo", {})).toThrow("Unknown protocol");
    expect(() => parseProtocol({ version: 1, kind: "yesNo", values: {} })).toThrow("A stored protocol lacks cantTell.");
    expect(() => parseProtocol({ version: 0, kind: "yesNo", values: {} })).toThrow("has version 0; this program reads version 1");
    expect(() => parseProtocol(null)).toThrow("not an object");
    expect(() => parseProtocol({ version: 1, kind: "yesNo", values: { cantTell: "sometimes" } })).toThrow(
      "damaged. Can't tell must be one of",
    );
  });
});

describe("the meaning of answers", () => {
  it("of N labels and of the reverse: the target's position agrees; chance is 1 in N", () => {
    for (const kind of ["alternatives", "reverse"] as const) {
      const protocol = resolveProtocol(kind, { alternatives: 16 });
      expect(agreesWithLabel(protocol, { target: 3 }, readAnswer(protocol, screen, { choice: 3 }))).toBe(true);
      expect(agreesWithLabel(protocol, { target: 3 }, readAnswer(protocol, screen, { choice: 15 }))).toBe(false);
      expect(agreesWithLabel(protocol, { target: null }, { choice: 3 })).toBeNull();
      expect(chanceOf(protocol)).toBe(1 / 16);
    }
  });

  it("of yes or no: yes recognises the image, and noise is passed by no", () => {
    const protocol = resolveProtocol("yesNo", {});
    expect(agreesWithLabel(protocol, { target: 0 }, readAnswer(protocol, screen, { choice: 0 }))).toBe(true);
    expect(passesNoise(protocol, { choice: 1 })).toBe(true);
    expect(passesNoise(protocol, { choice: 0 })).toBe(false);
    expect(chanceOf(protocol)).toBeNull();
  });

  it("of free text: trimmed, composed characters, no more than allowed, neither right nor wrong", () => {
    const protocol = resolveProtocol("freeText", { maximumLength: 5 });
    expect(readAnswer(protocol, screen, { text: "  ma\u0308use " })).toEqual({ text: "m\u00e4use" });
    expect(() => readAnswer(protocol, screen, { text: "sea snake" })).toThrow("from 1 to 5 characters");
    expect(agreesWithLabel(protocol, { target: null }, { text: "snake" })).toBeNull();
  });

  it("of ratings: one label agrees above the middle of the scale; of several, the machine's must be the only highest", () => {
    const one = resolveProtocol("confidenceRating", { levels: 5 });
    expect([1, 2, 3].map((rating) => agreesWithLabel(one, { target: 0 }, { ratings: [rating] }))).toEqual([false, false, true]);
    const every = resolveProtocol("confidenceRating", { levels: 11, labels: "every" });
    expect(agreesWithLabel(every, { target: 1 }, readAnswer(every, screen, { ratings: [3, 8] }))).toBe(true);
    expect(agreesWithLabel(every, { target: 1 }, readAnswer(every, screen, { ratings: [8, 8] }))).toBe(false);
  });

  it("of pairs: right only if the images have different labels", () => {
    expect(chanceOf(resolveProtocol("pairwise", { pairs: "sameLabel" }))).toBeNull();
    expect(chanceOf(resolveProtocol("pairwise", { pairs: "otherLabel" }))).toBe(0.5);
  });
});

describe("every foil policy", () => {
  const labels = classesUpTo(30);
  const request = (count: number) => ({
    stimuli: imagesOf(labels).map((stimulus) => ({ ...stimulus, truth: (stimulus.label + 15) % 30 })),
    count,
    labels,
    voter: new Random({ seed: 1, generation: 0, index: 0, purpose: Purpose.TRIAL }),
    trial: (index: number) => new Random({ seed: 1, generation: 0, index: index + 1, purpose: Purpose.TRIAL }),
  });

  it.each(foilPolicyIds)("%s gives distinct foils, never the label or the true class", (id) => {
    for (const count of [1, 3]) {
      const { stimuli } = request(count);
      for (const [index, foils] of getFoilPolicy(id).choose(request(count)).entries()) {
        expect(new Set([...foils, stimuli[index]?.label, stimuli[index]?.truth]).size).toBe(count + 2);
      }
    }
  });

  it("near and far are ordered by label distance", () => {
    const stimuli = [plainStimulus("one", 10)];
    const distances = (id: "near" | "far"): number[] =>
      getFoilPolicy(id)
        .choose({ ...request(4), stimuli })
        .flat()
        .map((foil) => Math.abs(foil - 10));
    expect(distances("near")).toEqual([1, 1, 2, 2]);
    expect(distances("far")).toEqual([19, 18, 17, 16]);
  });

  it("cyclic shifts keep each label a foil as often as it is a target, also with several images of a label", () => {
    const stimuli = classesUpTo(24).map((index) => plainStimulus(`image-${index}`, index % 6));
    const foils = getFoilPolicy("cyclicShift")
      .choose({ ...request(2), stimuli })
      .flat();
    expect(classesUpTo(6).map((label) => foils.filter((foil) => foil === label).length)).toEqual([8, 8, 8, 8, 8, 8]);
  });
});

describe("canonical JSON", () => {
  // The example of RFC 8785, section 3.2.2.
  it("prints the example of its standard", () => {
    const example = {
      numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"/",
      literals: [null, true, false],
    };
    expect(canonicalJson(example)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it("sorts by UTF-16 code units, and refuses values that JSON does not have", () => {
    expect(canonicalJson({ "\ufb33": 1, "\ud83d\ude00": 2, "\u20ac": 3, "1": 4 })).toBe('{"1":4,"\u20ac":3,"\ud83d\ude00":2,"\ufb33":1}');
    expect(() => canonicalJson({ a: [1, undefined] })).toThrow("document.a[1]");
    expect(() => canonicalJson({ a: Number.NaN })).toThrow("NaN");
    expect(() => canonicalJson("\ud800")).toThrow("malformed text");
  });
});
