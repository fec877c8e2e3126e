/** The rules of a plan in words, and whether the link admits the voters that it needs. */
import { resolveParameters } from "@pareidolia/core/parameterSpec";
import { resolveProtocol } from "@pareidolia/perception/protocols/registry";
import { placeWarnings } from "@pareidolia/perception/simulation/forecast";
import { timingSpecs } from "@pareidolia/perception/trials/timing";
import { describe, expect, it } from "vitest";
import { planFacts } from "../../../../apps/web/src/features/study/planFacts.ts";
import { planFacts as comparedFacts } from "../../../../apps/web/src/features/studyComparison/planFacts.ts";
import { studyDesign } from "../../../support/studyDesigns.ts";
import { studyPlan, withImageHashes } from "../../../support/studyPlans.ts";

const timing = resolveParameters(timingSpecs, { blankMs: 0, imageMs: 0, maskMs: 0, answerMs: 0 });
const planWith = (times: typeof timing) =>
  studyPlan(withImageHashes(studyDesign(8, { phases: [{ protocol: resolveProtocol("yesNo", { cantTell: "missing" }), timing: times }] })));

describe("a plan in words", () => {
  const facts = new Map(planFacts(planWith(timing)));
  it("names each parameter and its value", () => {
    expect(facts.get("Question")).toBe("Yes or no (can't tell: missing)");
    expect(facts.get("Stop at")).toMatch(/^[^:]+ \([^:]+: .+\)$/);
    const compared = new Map(comparedFacts([planWith(timing)]).map(({ name, values }) => [name, values[0]]));
    expect(compared.get("Details of the questions")).toBe("can't tell: missing");
  });

  it("says which parts a trial lacks", () => {
    expect(facts.get("Trial")).toBe("no blank, image until the answer, no mask, no time limit");
    const brief = planWith({ blankMs: 500, imageMs: 63, maskMs: 100, answerMs: 2500 });
    expect(new Map(planFacts(brief)).get("Trial")).toBe("blank 500 ms, image 63 ms, mask 100 ms, answer within 2500 ms");
  });

  it("warns of fewer places than voters that the plan needs", () => {
    expect(placeWarnings({ voters: 200 }, 3)).toEqual([
      { message: expect.stringContaining("needs about 200 voters, and the link admits only 3"), field: "anonymousVoters" },
    ]);
    expect(placeWarnings({ voters: 200 }, 200)).toEqual([]);
  });
});
