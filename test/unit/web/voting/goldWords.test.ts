/** What the thank-you page says of gold photographs, and how questions name their label. */
import { describe, expect, it } from "vitest";
import type { QuestionKind } from "../../../../apps/web/src/features/voting/ballot.ts";
import { onlyKind } from "../../../../apps/web/src/features/voting/EndScreen.tsx";
import { questionText } from "../../../../apps/web/src/features/voting/Question.tsx";
import { textsIn } from "../../../../apps/web/src/features/voting/votingTexts.ts";
import { trialOf } from "../../../support/fakeBallot.ts";

const trialWith = (number: number, kind: QuestionKind, label: string | null = null) =>
  trialOf(number, { question: { ...trialOf(0).question, kind, label, framing: "LOOKS_LIKE" } });

describe("the words for gold photographs", () => {
  it.each([
    ["ONE_LABEL_OF", "photographs named right.", "Fotos richtig benannt."],
    ["ONE_IMAGE_OF", "photographs found.", "Fotos gefunden."],
    ["YES_NO", "photographs recognised.", "Fotos erkannt."],
    ["FREE_TEXT", "photographs described right.", "Fotos richtig beschrieben."],
    ["RATINGS", "photographs rated right.", "Fotos richtig eingeschätzt."],
    ["PAIR", "photographs chosen right.", "Fotos richtig gewählt."],
    [null, "photographs answered right.", "Fotos richtig beantwortet."],
  ] as const)("fit the question: %s", (kind, english, german) => {
    expect(textsIn("en").goldPassed(3, kind)).toBe(english);
    expect(textsIn("de").goldPassed(3, kind)).toBe(german);
    expect(textsIn("de").goldPassed(1, kind)).toBe(german.replace("Fotos", "Foto"));
  });

  it("are those of every question where a session asks several", () => {
    const yesNo = trialWith(0, "YES_NO");
    expect(onlyKind(new Map([[0, yesNo]]))).toBe("YES_NO");
    expect(
      onlyKind(
        new Map([
          [0, yesNo],
          [1, trialWith(1, "ONE_LABEL_OF")],
        ]),
      ),
    ).toBeNull();
    expect(onlyKind(new Map())).toBeNull();
  });
});

it("names a label without an article after a colon", () => {
  for (const kind of ["PAIR", "ONE_IMAGE_OF"] as const)
    expect(questionText(trialWith(0, kind, "circle"), textsIn("en"))).toMatch(/ this: circle\?$/);
  expect(textsIn("en").rateOne[0]).toMatch(/ this: $/);
});
