import { chanceOf, type Protocol } from "@pareidolia/perception/protocols/registry";
import { plainStimulus, type Stimulus } from "@pareidolia/perception/protocols/stimulus";
import { stoppingProblems } from "@pareidolia/perception/study/checkRules";
import { phaseTextProblems } from "@pareidolia/perception/study/phaseTexts";
import { draftFromTemplate } from "@pareidolia/perception/study/studyDraft";
import { designFrom, getTemplate, templates } from "@pareidolia/perception/templates/registry";
import { textLanguages } from "@pareidolia/perception/templates/template";
import { buildTrials } from "@pareidolia/perception/trials/buildTrials";
import { checkDesign, type DesignedTrials, type Phase } from "@pareidolia/perception/trials/design";
import type { Trial } from "@pareidolia/perception/trials/trial";
import { resolveExclusion } from "@pareidolia/perception/voters/exclusion";
import { describe, expect, it } from "vitest";
import { classesUpTo, exemplarsOf, imagesOf } from "../../../support/studyDesigns.ts";

const ascending = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);
const voters = [0, 1, 2, 17, 199];
const session = (design: DesignedTrials, voter: number, seed = 3): readonly Trial[] => buildTrials(design, { seed, voter });

function protocolOf(id: string) {
  const [phase] = getTemplate(id).rules.phases;
  if (phase === undefined) throw new Error(`${id} has no phase`);
  return phase;
}

/** Images such as the original's: perturbed digits, each with a true and another digit, or one image of each label. */
function imagesLike(id: string): { readonly stimuli: Stimulus[]; readonly labels: number[] } {
  const { original } = getTemplate(id);
  const labels = classesUpTo(original.labels?.length ?? 12);
  if (id === "zhouFirestoneE5")
    return {
      labels,
      stimuli: labels.flatMap((truth) =>
        [1, 4].map((step) => ({ ...plainStimulus(`digit-${truth}-${step}`, (truth + step) % 10), truth })),
      ),
    };
  return { labels, stimuli: imagesOf(labels) };
}

const designLike = (id: string): DesignedTrials => {
  const { stimuli, labels } = imagesLike(id);
  return designFrom(getTemplate(id), { stimuli, labels, exemplars: exemplarsOf(labels) });
};

describe("every template", () => {
  const grouped = (stimuli: readonly Stimulus[]): Stimulus[] =>
    stimuli.map((stimulus, index) => ({ ...stimulus, group: `class ${index >> 1}`, condition: index % 2 === 0 ? "best" : "worst" }));

  it.each(templates.map(({ id }) => id))(
    "%s shows each image once, in an order of the voter's own, with the target on the screen",
    (id) => {
      const { stimuli, labels } = imagesLike(id);
      const design = designFrom(getTemplate(id), { stimuli: grouped(stimuli), labels, exemplars: exemplarsOf(labels) });
      checkDesign(design);
      const orders = voters.map((voter) => {
        const all = session(design, voter);
        const trials = all.filter(({ role }) => role === "counted");
        expect(all).toHaveLength(trials.length + (design.repeats ?? 0));
        const items = trials.map(({ item, phase }) => `${phase} ${item}`);
        expect(new Set(items).size).toBe(items.length);
        expect(all.map(({ number }) => number)).toEqual(classesUpTo(all.length));
        for (const { options, target, item, screen, phase } of trials) {
          const protocol = design.phases[phase]?.protocol as Protocol;
          expect(new Set(options).size).toBe(options.length);
          const chance = chanceOf(protocol);
          if (chance === null) continue;
          const stimulus = design.stimuli[item] as Stimulus;
          expect(options[target as number]).toBe(screen.images.length > 1 ? item : stimulus.label);
          expect(options.length).toBe(Math.round(1 / chance));
        }
        return items.join();
      });
      expect(new Set(orders).size).toBe(voters.length);
    },
  );
});

describe("Zhou & Firestone's templates (votes.md, section 1)", () => {
  it("show 500 ms blank and no time limit, without checks, in random order, to about 200 voters", () => {
    for (const template of templates.filter(({ id }) => id.startsWith("zhouFirestone"))) {
      expect(template.rules.phases.map(({ timing }) => timing)).toEqual([{ blankMs: 500, imageMs: 0, maskMs: 0, answerMs: 0 }]);
      expect(template.rules).toMatchObject({ order: "random", places: "random", assignment: "all" });
      expect(template.rules.perVoter).toMatchObject({ gold: 0, noise: 0, canaries: 0 });
      expect(template.original.voters).toBe(200);
      expect(template.stopping.values).toEqual({ votes: 200 });
      expect(template.rules.phases[0]?.protocol.values.cantTell).toBe("notOffered");
    }
  });

  it("E1: each label is once the target and once the foil of every subject, by one cyclic shift, left and right at random", () => {
    const design = designLike("zhouFirestoneE1");
    const shifts = new Set<number>();
    let left = 0;
    for (const voter of voters) {
      const trials = session(design, voter);
      expect(trials).toHaveLength(48);
      expect(ascending(trials.map(({ options, target }) => options[target as number] as number))).toEqual(classesUpTo(48));
      expect(ascending(trials.map(({ options, target }) => options[1 - (target as number)] as number))).toEqual(classesUpTo(48));
      const shiftsOfVoter = trials.map(
        ({ options, target }) => ((options[1 - (target as number)] as number) - (options[target as number] as number) + 48) % 48,
      );
      expect(new Set(shiftsOfVoter).size).toBe(1);
      shifts.add(shiftsOfVoter[0] as number);
      left += trials.filter(({ target }) => target === 0).length;
    }
    expect(shifts.size).toBeGreaterThan(2);
    expect(Math.abs(left / (48 * voters.length) - 0.5)).toBeLessThan(0.12);
  });

  it("E2: the foil is the network's second choice for the image", () => {
    const design = designLike("zhouFirestoneE2");
    for (const { options, target, item } of session(design, 5))
      expect(options[1 - (target as number)]).toBe(design.stimuli[item]?.runnersUp[0]);
  });

  it.each(["zhouFirestoneE3a", "zhouFirestoneE3b"])("%s: all 48 labels, shuffled once for each subject, then constant", (id) => {
    const design = designLike(id);
    const orders = voters.map((voter) => new Set(session(design, voter).map(({ screen }) => screen.labels.join())));
    for (const order of orders) expect(order.size).toBe(1);
    expect(new Set(orders.flatMap((order) => [...order])).size).toBe(voters.length);
    for (const { screen } of session(design, 0)) expect(ascending(screen.labels)).toEqual(classesUpTo(48));
  });

  it("E3b alone does not mention a machine", () => {
    const framings = Object.fromEntries(
      templates.flatMap(({ id, rules }) =>
        rules.phases.map(({ protocol }) => [id, "framing" in protocol.values && protocol.values.framing]),
      ),
    );
    expect(framings["zhouFirestoneE3a"]).toBe("machine");
    expect(framings["zhouFirestoneE3b"]).toBe("looksLike");
  });

  it("E4: one label, all eight images in one layout for each subject, five photographs of the label below; chance is 1/8", () => {
    const design = designLike("zhouFirestoneE4");
    const layouts = voters.map((voter) => new Set(session(design, voter).map(({ screen }) => screen.images.join())));
    for (const layout of layouts) expect(layout.size).toBe(1);
    expect(new Set(layouts.flatMap((layout) => [...layout])).size).toBe(voters.length);
    for (const { screen, item } of session(design, 1)) {
      const label = design.stimuli[item]?.label;
      expect(screen.labels).toEqual([label]);
      expect(screen.exemplars).toEqual([0, 1, 2, 3, 4].map((index) => `photo-${label}-${index}`));
      expect(new Set(screen.images)).toEqual(new Set(design.stimuli.map(({ image }) => image)));
    }
    expect(chanceOf(protocolOf("zhouFirestoneE4").protocol)).toBe(1 / 8);
  });

  it("E5: nine digits; the true one is not offered", () => {
    const design = designLike("zhouFirestoneE5");
    for (const { screen, item } of session(design, 2))
      expect(ascending(screen.labels)).toEqual(classesUpTo(10).filter((digit) => digit !== design.stimuli[item]?.truth));
  });

  it("E6: the machine's label or another, which is never the photograph's own", () => {
    const stimuli = imagesOf(classesUpTo(12)).map((stimulus) => ({ ...stimulus, truth: (stimulus.label + 1) % 12 }));
    const design = designFrom(getTemplate("zhouFirestoneE6"), { stimuli, labels: classesUpTo(12) });
    for (const voter of voters)
      for (const { screen, item } of session(design, voter)) {
        expect(screen.labels).toHaveLength(2);
        expect(screen.labels).not.toContain(design.stimuli[item]?.truth);
      }
  });
});

describe("the templates of other studies (votes.md, sections 1 and 5)", () => {
  it("show an image for 63 ms and a mask, or without a limit", () => {
    expect(protocolOf("elsayed").timing).toMatchObject({ imageMs: 63, answerMs: 2500 });
    expect(protocolOf("elsayed").timing.maskMs).toBeGreaterThan(0);
    expect(protocolOf("veerabadran").timing).toMatchObject({ imageMs: 0, maskMs: 0, answerMs: 0 });
  });

  it("rate each of ten classes on five levels, and repeat part of the images", () => {
    const design = designFrom(getTemplate("golan"), { stimuli: imagesOf(classesUpTo(10)), labels: classesUpTo(10) });
    for (const { screen } of session(design, 0)) expect(ascending(screen.labels)).toEqual(classesUpTo(10));
    expect(protocolOf("golan").protocol.values).toMatchObject({ levels: 5 });
  });

  it("have free text about all images before any label is seen", () => {
    const trials = session(designLike("freeTextFirst"), 0);
    expect(trials.slice(0, 12).flatMap(({ screen }) => screen.labels)).toEqual([]);
    expect(trials.slice(12).every(({ screen }) => screen.labels.length === 2)).toBe(true);
  });
});

describe("Dujmović's templates (votes.md, section 1)", () => {
  it("competitive foils are those listed for the image", () => {
    const design = designLike("dujmovicCompetitiveFoils");
    for (const { options, target, item } of session(design, 0))
      expect(new Set(options.filter((_, place) => place !== target))).toEqual(new Set(design.stimuli[item]?.foils.slice(0, 3)));
  });

  it("best and worst case: two consecutive voters see both images of each class between them, and no voter sees both", () => {
    const stimuli = classesUpTo(10).flatMap((label) =>
      ["best", "worst"].map((condition) => ({ ...plainStimulus(`${label}-${condition}`, label), condition, group: `class ${label}` })),
    );
    const design = designFrom(getTemplate("dujmovicBestAndWorst"), { stimuli, labels: classesUpTo(10) });
    for (const voter of [0, 2, 4]) {
      const [one, other] = [session(design, voter), session(design, voter + 1)];
      expect(ascending(one.map(({ item }) => design.stimuli[item]?.label as number))).toEqual(classesUpTo(10));
      expect(ascending([...one, ...other].map(({ item }) => item))).toEqual(classesUpTo(20));
    }
  });

  it("four conditions: four consecutive voters see one condition each", () => {
    const conditions = ["direct ImageNet", "direct MNIST", "CPPN ImageNet", "CPPN MNIST"];
    const stimuli = conditions.flatMap((condition) => imagesOf(classesUpTo(6), condition, { condition }));
    const design = designFrom(getTemplate("dujmovicFourConditions"), { stimuli, labels: classesUpTo(6) });
    const seen = [0, 1, 2, 3].map((voter) => new Set(session(design, voter).map(({ item }) => design.stimuli[item]?.condition)));
    for (const one of seen) expect(one.size).toBe(1);
    expect(new Set(seen.flatMap((one) => [...one]))).toEqual(new Set(conditions));
  });

  it("one of three images of static, with exemplars of the label", () => {
    const design = designLike("dujmovicOneOfThree");
    for (const { screen } of session(design, 7)) {
      expect(screen.images).toHaveLength(3);
      expect(screen.exemplars).toHaveLength(5);
    }
  });
});

describe("the texts of every template", () => {
  const mentionsMachine = /machine|computer|program|Maschine|Computer|Programm/;
  /** Whether a phase asks for the machine's answer. */
  const asksForMachine = ({ protocol }: Phase): boolean => "framing" in protocol.values && protocol.values.framing === "machine";

  it.each(templates)("of $id fit its questions in each language", ({ id, texts, rules }) => {
    for (const language of textLanguages) {
      const { introduction, phases } = texts[language];
      expect(introduction.length).toBeGreaterThan(40);
      expect([...phaseTextProblems({ [language]: phases }, [language], rules.phases)]).toEqual([]);
      for (const [index, { instructions, question }] of phases.entries()) {
        expect(instructions.length).toBeGreaterThan(40);
        const phase = rules.phases[index] as Phase;
        const isMachines = asksForMachine(phase);
        expect(mentionsMachine.test(instructions), instructions).toBe(isMachines);
        if (question !== null) expect(mentionsMachine.test(question), question).toBe(isMachines);
      }
      // "A computer has named these images" undoes every question that is not about the machine, and those that come first.
      expect(mentionsMachine.test(introduction), introduction).toBe(asksForMachine(rules.phases[0] as Phase));
    }
    expect(draftFromTemplate(id, 1)).toMatchObject({
      consent: { texts: { en: { introduction: texts.en.introduction } } },
      phaseTexts: { en: texts.en.phases },
    });
  });

  it("introduce each template in its own words", () => {
    for (const language of textLanguages)
      expect(new Set(templates.map(({ texts }) => texts[language].introduction)).size).toBe(templates.length);
  });

  it("ask for the other digit where the true one is not offered", () => {
    const [phase] = getTemplate("zhouFirestoneE5").texts.en.phases;
    expect(phase?.question).toBe("Which other digit did the machine see?");
    expect(getTemplate("zhouFirestoneE5").needsOwnClasses).toBe(true);
  });
});

describe("the rules of every template", () => {
  it.each(templates)("of $id stop images within the votes that they get", ({ id }) => {
    const { stopping, overlap, phases } = draftFromTemplate(id, 1);
    const design = { ...designLike(id), phases };
    expect([...stoppingProblems({ rules: { design, stopping, exclusion: resolveExclusion({}) }, overlap })]).toEqual([]);
  });
});
