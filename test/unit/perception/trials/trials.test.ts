import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { canonicalJson } from "@pareidolia/core/canonicalJson";
import { resolveParameters } from "@pareidolia/core/parameterSpec";
import { resolveProtocol } from "@pareidolia/perception/protocols/registry";
import { buildTrials } from "@pareidolia/perception/trials/buildTrials";
import { checkDesign, type DesignedTrials, parseDesign } from "@pareidolia/perception/trials/design";
import { timingSpecs } from "@pareidolia/perception/trials/timing";
import type { Trial } from "@pareidolia/perception/trials/trial";
import { williamsBlock } from "@pareidolia/perception/trials/williamsOrder";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nodeFlags } from "../../../support/programs.ts";
import { classesUpTo, imagesOf, studyDesign } from "../../../support/studyDesigns.ts";

const phaseOf = (kind: Parameters<typeof resolveProtocol>[0], values: Record<string, unknown> = {}) => ({
  protocol: resolveProtocol(kind, values),
  timing: resolveParameters(timingSpecs, {}),
});

/** A design of each kind of protocol, and of two phases. */
const designs: Readonly<Record<string, DesignedTrials>> = {
  yesNo: studyDesign(9, { phases: [phaseOf("yesNo")] }),
  freeTextThenLabels: studyDesign(10, { phases: [phaseOf("freeText"), phaseOf("alternatives", { foils: "near" })] }),
  ...Object.fromEntries(
    [2, 8, 9, 10, 16].map((count) => [
      `alternatives${count}`,
      studyDesign(20, { phases: [phaseOf("alternatives", { alternatives: count })] }),
    ]),
  ),
  allLabels: studyDesign(48, { phases: [phaseOf("alternatives", { alternatives: 48, foils: "random", arrangement: "eachVoter" })] }),
  secondChoice: studyDesign(12, { phases: [phaseOf("alternatives", { foils: "secondChoice" })], order: "random", places: "random" }),
  far: studyDesign(12, { phases: [phaseOf("alternatives", { alternatives: 4, foils: "far" })] }),
  reverse: studyDesign(12, { phases: [phaseOf("reverse", { alternatives: 3, exemplars: 5 })] }),
  confidenceRating: studyDesign(7, { phases: [phaseOf("confidenceRating", { labels: "every", levels: 11 })] }),
  pairwise: studyDesign(
    12,
    { phases: [phaseOf("pairwise")] },
    { stimuli: imagesOf(classesUpTo(12)).map((stimulus, index) => ({ ...stimulus, label: index % 4 })) },
  ),
};

const text = (design: DesignedTrials, voter: number, seed = 11): string => canonicalJson(buildTrials(design, { seed, voter }));
const counted = (trials: readonly Trial[]): Trial[] => trials.filter(({ role }) => role === "counted");
const names = Object.keys(designs);
const getDesign = (name: string): DesignedTrials => designs[name] as DesignedTrials;

describe("a voter's trials", () => {
  it("are the same bytes in a bare context of another process, which has no clock, randomness or module of Node", () => {
    const requests = names.flatMap((name) => [0, 1, 29].map((voter) => ({ design: getDesign(name), seed: 11, voter })));
    const program = fileURLToPath(new URL("../../../support/bareContext.ts", import.meta.url));
    const flags = [...nodeFlags, "--experimental-vm-modules"];
    const lines = execFileSync(process.execPath, [...flags, program], { input: JSON.stringify(requests), encoding: "utf8" }).split("\n");
    expect(lines.slice(0, -1)).toEqual(requests.map(({ design, voter }) => text(design, voter)));
  });

  /** Printed by this code at its first version: a change of any byte would reorder the sessions of open studies. */
  it("have not changed since the first version of designs", () => {
    const hash = createHash("sha256");
    for (const name of names) for (const voter of [0, 1, 29]) hash.update(`${text(getDesign(name), voter)}\n`);
    expect(hash.digest("hex")).toBe("9e03b53827d54398a8a7144652cad14c030a70e44c205c9253c1113d8d51d8ab");
  });

  it("differ between voters and seeds", () => {
    for (const name of names) {
      const design = getDesign(name);
      expect(new Set([text(design, 0), text(design, 1), text(design, 0, 12), text(design, 1, 12)]).size).toBe(4);
    }
  });

  it("do not depend on the order of a design's fields, and survive storing it", () => {
    for (const name of names) {
      const design = getDesign(name);
      checkDesign(design);
      const stored = parseDesign(JSON.parse(canonicalJson(design)));
      expect(stored).toEqual(design);
      expect(canonicalJson(Object.fromEntries(Object.entries(design).reverse()))).toBe(canonicalJson(design));
      expect(text(stored, 3)).toBe(text(design, 3));
    }
  });

  it("show each image of the study, eight of gold, four of noise and six canaries once in each phase", () => {
    for (const name of names.filter((id) => id !== "pairwise")) {
      const design = getDesign(name);
      for (const voter of [0, 5]) {
        const trials = buildTrials(design, { seed: 1, voter });
        for (const phase of design.phases.keys())
          for (const [role, count] of [
            ["counted", design.stimuli.length],
            ["gold", 8],
            ["noise", 4],
            ["canary", 6],
          ] as const) {
            const items = trials.filter((trial) => trial.phase === phase && trial.role === role).map(({ item }) => item);
            expect(items.sort((a, b) => a - b)).toEqual(classesUpTo(count));
          }
      }
    }
  });

  it("have a right answer for gold and none for noise", () => {
    const design = getDesign("alternatives10");
    const trials = buildTrials(design, { seed: 1, voter: 4 });
    const [gold, noise] = (["gold", "noise"] as const).map((role) => trials.filter((trial) => trial.role === role));
    expect(noise?.map(({ target }) => target)).toEqual([null, null, null, null]);
    expect(gold?.map(({ target, options }) => options[target as number])).toEqual(gold?.map(({ item }) => design.gold[item]?.label));
  });

  it("show no label before the phase that shows labels", () => {
    const design = getDesign("freeTextThenLabels");
    const trials = buildTrials(design, { seed: 1, voter: 4 });
    expect(trials.filter(({ phase }) => phase === 0).flatMap(({ screen }) => screen.labels)).toEqual([]);
    expect(trials.map(({ phase }) => phase)).toEqual(trials.map(({ phase }) => phase).sort((a, b) => a - b));
    expect(() => checkDesign({ ...design, phases: [...design.phases].reverse() })).toThrow("must come before");
  });

  it("pair each image of a label with another of the label, each image once", () => {
    const design = getDesign("pairwise");
    for (const voter of [0, 1, 2]) {
      const trials = counted(buildTrials(design, { seed: 2, voter }));
      const seen = trials.flatMap(({ options }) => options);
      expect(new Set(seen).size).toBe(seen.length);
      for (const { options, screen, target } of trials) {
        expect(options.map((option) => design.stimuli[option]?.label)).toEqual([screen.labels[0], screen.labels[0]]);
        expect(target).toBeNull();
      }
    }
  });
});

describe("counterbalancing", () => {
  it.each(["yesNo", "secondChoice", "alternatives8"])("%s: over a block of voters, every image is equally often at every place", (name) => {
    const design = { ...getDesign(name), order: "counterbalanced" as const };
    const count = design.stimuli.length;
    const block = williamsBlock(count);
    const at = new Map<string, number>();
    const after = new Map<string, number>();
    for (let voter = 0; voter < block; voter++) {
      const items = counted(buildTrials(design, { seed: 4, voter })).map(({ item }) => item);
      for (const [place, item] of items.entries()) {
        at.set(`${item} at ${place}`, (at.get(`${item} at ${place}`) ?? 0) + 1);
        if (place > 0) after.set(`${items[place - 1]} ${item}`, (after.get(`${items[place - 1]} ${item}`) ?? 0) + 1);
      }
    }
    expect(at.size).toBe(count * count);
    expect(new Set(at.values())).toEqual(new Set([block / count]));
    expect(after.size).toBe(count * (count - 1));
    expect(new Set(after.values()).size).toBe(1);
  });

  it.each([2, 8, 9, 10, 16])("of %d positions: balanced within a voter, and within a block of voters for each image", (count) => {
    const design = getDesign(`alternatives${count}`);
    const byImage = classesUpTo(20).map(() => new Set<number>());
    for (let voter = 0; voter < count; voter++) {
      const places = classesUpTo(count).map(() => 0);
      for (const { item, target } of counted(buildTrials(design, { seed: 9, voter }))) {
        byImage[item]?.add(target as number);
        places[target as number] = (places[target as number] as number) + 1;
      }
      expect(Math.max(...places) - Math.min(...places)).toBeLessThanOrEqual(1);
    }
    for (const places of byImage) expect(places.size).toBe(count);
  });

  it("assigns a share of the images so evenly that counts never differ by more than one", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 30 }), fc.integer({ min: 1, max: 30 }), fc.nat(1000), (count, wanted, seed) => {
        const size = Math.min(count, wanted);
        const design = studyDesign(count, { phases: [phaseOf("yesNo")] });
        const part = { ...design, perVoter: { counted: size, gold: 0, noise: 0, canaries: 0 } };
        const seen = classesUpTo(count).map(() => 0);
        for (let voter = 0; voter < 25; voter++) {
          const items = buildTrials(part, { seed, voter }).map(({ item }) => item);
          expect(new Set(items).size).toBe(size);
          for (const item of items) seen[item] = (seen[item] as number) + 1;
          expect(Math.max(...seen) - Math.min(...seen)).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 40 },
    );
  });

  it("shows the images that the server assigned", () => {
    const trials = counted(buildTrials(getDesign("alternatives2"), { seed: 3, voter: 8, items: [17, 2, 9, 4] }));
    expect(trials.map(({ item }) => item).sort((a, b) => a - b)).toEqual([2, 4, 9, 17]);
    for (const items of [[1, 1], [20], [-1]])
      expect(() => buildTrials(getDesign("alternatives2"), { seed: 3, voter: 8, items })).toThrow("distinct images of the study");
  });
});

describe("checks mixed into the trials", () => {
  it("come at a decaying rate, and canaries at a constant one", () => {
    const design = studyDesign(80, { phases: [phaseOf("yesNo")], decay: 10 });
    const firstHalf = { check: 0, canary: 0 };
    const voters = 200;
    for (let voter = 0; voter < voters; voter++) {
      let before = 0;
      for (const { role } of buildTrials(design, { seed: 6, voter })) {
        if (role === "counted") before++;
        else if (before < 40) firstHalf[role === "canary" ? "canary" : "check"]++;
      }
    }
    // Shares of the rate before trial 40: sums of 1 / (1 + t / 10) and of 1.
    const rate = (count: number): number => classesUpTo(count).reduce((sum, t) => sum + 1 / (1 + t / 10), 0);
    expect(firstHalf.check / (12 * voters)).toBeCloseTo(rate(40) / rate(81), 1);
    expect(firstHalf.check / (12 * voters)).toBeGreaterThan(0.65);
    expect(firstHalf.canary / (6 * voters)).toBeCloseTo(0.5, 1);
  });

  it("are at places that no voter can know", () => {
    const places = classesUpTo(60).map((voter) =>
      buildTrials(studyDesign(60), { seed: 6, voter })
        .flatMap(({ role, number }) => (role === "counted" ? [] : [number]))
        .join(),
    );
    expect(new Set(places).size).toBeGreaterThan(55);
  });
});

describe("a design that cannot work", () => {
  const design = getDesign("alternatives2");
  it.each<[string, DesignedTrials]>([
    ["at least one image", { ...design, stimuli: [] }],
    ["distinct", { ...design, labels: [1, 1] }],
    ["twice in gold", { ...design, gold: [...design.gold, ...design.gold] }],
    ["from 1 to 4 phases", { ...design, phases: [] }],
    ["from 0 to 8 of these images, not 9", { ...design, perVoter: { ...design.perVoter, gold: 9 } }],
    ["needs a group", { ...design, assignment: "onePerGroup" }],
    ["needs a condition", { ...design, assignment: "oneCondition" }],
    ["must be a positive number", { ...design, decay: 0 }],
  ])("is refused: %s", (message, broken) => expect(() => checkDesign(broken)).toThrow(message));

  it("is refused, in words without hashes, if images lack foils, other images or examples", () => {
    const build = (kind: Parameters<typeof resolveProtocol>[0], values: Record<string, unknown>) => () =>
      buildTrials({ ...studyDesign(6, { phases: [phaseOf(kind, values)] }), labels: classesUpTo(6), exemplars: [] }, { seed: 0, voter: 0 });
    expect(build("alternatives", { alternatives: 8 })).toThrow("too few for 7 foils by cyclic shift");
    expect(build("alternatives", { alternatives: 8, foils: "near" })).toThrow(
      "6 of 6 images that a voter sees have fewer than 7 possible foils: one of them has 5.",
    );
    expect(build("reverse", { alternatives: 8 })).toThrow(
      "Each image needs 7 images with other labels beside it, but one of a voter's 6 images has 5.",
    );
    expect(build("reverse", { alternatives: 2, exemplars: 3 })).toThrow("needs 3 examples, and has 0");
    expect(build("pairwise", {})).toThrow("has one image");
  });

  it("is refused with an impossible seed or voter", () => {
    expect(() => buildTrials(design, { seed: -1, voter: 0 })).toThrow("The seed");
    expect(() => buildTrials(design, { seed: 1, voter: 0.5 })).toThrow("voter's number");
  });

  it("is reported as damaged where it was stored, with the field", () => {
    const stored = JSON.parse(canonicalJson(design)) as Record<string, unknown>;
    expect(() => parseDesign({ ...stored, version: 2 })).toThrow("has version 2; this program reads version 1");
    expect(() => parseDesign({ ...stored, order: "any" })).toThrow("design.order is not one of");
    expect(() => parseDesign({ ...stored, phases: [{ protocol: { version: 1, kind: "guess", values: {} } }] })).toThrow(
      'Unknown protocol "guess"',
    );
  });
});
