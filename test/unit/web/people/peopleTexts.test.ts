/** What people say, in words: which answers are shown one by one, and how a share compares with chance. */
import { expect, it } from "vitest";
import {
  answerRows,
  compareWithChance,
  describeAnswers,
  describeQuestion,
  describeShare,
  formatIntervalPercent,
  type ImageQuestion,
} from "../../../../apps/web/src/features/people/peopleTexts.ts";

const share = (agreeing: number, votes: number) => ({ agreeing, votes, share: agreeing / votes, low: 0.1, high: 0.6 });
const answer = (text: string, agreeing: number, agrees = false) => ({ kind: "LABEL" as const, text, agrees, given: share(agreeing, 42) });

const question: ImageQuestion = {
  number: 0,
  protocol: "alternatives",
  alternatives: 10,
  mentionsMachine: true,
  chance: 0.1,
  voteCount: 42,
  namedReason: null,
  excludedCount: 0,
  missingCount: 0,
  named: share(5, 42),
  answers: [answer("curtain", 14), answer("quilt", 9), answer("prayer rug", 5, true), answer("zebra", 4)],
};

it("the machine's label is among the answers in its place", () => {
  const { rows, others } = answerRows(question, "prayer rug");
  expect(rows.map(({ name, isMachines }) => [name, isMachines])).toEqual([
    ["curtain", false],
    ["quilt", false],
    ["prayer rug", true],
    ["zebra", false],
  ]);
  expect(others).toBe(0);
});

it("the machine's label is shown behind more frequent answers, and with no votes if no person chose it", () => {
  const more = Array.from({ length: 9 }, (_, index) => answer(`label ${index}`, 4));
  const late = answerRows({ ...question, answers: [...more, answer("prayer rug", 1, true)] }, "prayer rug");
  expect(late.rows.at(-1)).toMatchObject({ name: "prayer rug", isMachines: true });
  expect([late.rows.length, late.others]).toEqual([7, 3]);
  const never = answerRows({ ...question, named: share(0, 36), answers: more }, "prayer rug");
  expect(never.rows.at(-1)).toMatchObject({ name: "prayer rug", isMachines: true, given: { agreeing: 0, votes: 36 } });
  expect([never.rows.length, never.others]).toEqual([8, 2]);
});

it("answers without a label have names, and a question without options shows no machine's label", () => {
  const yes = { kind: "YES" as const, text: null, agrees: true, given: share(2, 3) };
  const cantTell = { kind: "CANT_TELL" as const, text: null, agrees: false, given: share(1, 3) };
  const { rows } = answerRows({ ...question, protocol: "yesNo", answers: [yes, cantTell] }, "prayer rug");
  expect(rows.map(({ name, isMachines }) => [name, isMachines])).toEqual([
    ["yes", false],
    ["can’t tell", false],
  ]);
});

it("a share is compared with chance by its interval, and described with its votes and interval", () => {
  const between = (low: number, high: number) => compareWithChance({ ...share(1, 4), low, high }, 0.25);
  expect([between(0.3, 0.9), between(0.1, 0.9), between(0.1, 0.2)]).toEqual(["above chance", "not above chance", "below chance"]);
  expect(compareWithChance(share(1, 4), null)).toBeNull();
  expect(describeShare({ agreeing: 14, votes: 42, share: 1 / 3, low: 0.21, high: 0.4842 })).toBe(
    "14 of 42 votes, 33.3%, 95% interval for other voters 21.0 – 48.4%",
  );
  expect(describeShare({ ...share(1, 1) })).toMatch(/^1 of 1 vote, 100%/);
  expect(formatIntervalPercent({ low: 0, high: 1 })).toBe("0.0 – 100.0");
});

it("a question is described by what voters read and could answer", () => {
  expect([describeQuestion(question), describeAnswers(question)]).toEqual(["What did the machine call this?", "ten options"]);
  expect(describeQuestion({ ...question, mentionsMachine: false })).toBe("What does it look like most?");
  expect(describeAnswers({ protocol: "yesNo", alternatives: null })).toBe("yes or no");
});
