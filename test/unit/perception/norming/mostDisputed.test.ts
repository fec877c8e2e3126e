import { mostDisputed, type PersonChoice } from "@pareidolia/perception/norming/mostDisputed";
import { describe, expect, it } from "vitest";

const choices = (answers: readonly (readonly number[])[], phase = 0): PersonChoice[] =>
  answers.flatMap((ofItem, item) => ofItem.map((answer) => ({ item, phase, answer })));

describe("the most disputed images", () => {
  it("are those with the smallest share of agreeing pairs, least first", () => {
    // Fleiss 1971, P_i: 2 of 6 pairs, 0 of 3, 3 of 6, none.
    const found = mostDisputed(
      choices([
        [1, 1, 2, 2],
        [1, 2, 3],
        [1, 1, 1, 2],
        [1, 1],
      ]),
      10,
    );
    expect(found).toEqual([
      { item: 1, votes: 3, agreement: 0 },
      { item: 0, votes: 4, agreement: 2 / 6 },
      { item: 2, votes: 4, agreement: 3 / 6 },
    ]);
    expect(
      mostDisputed(
        choices([
          [1, 1, 2, 2],
          [1, 2, 3],
        ]),
        1,
      ).map(({ item }) => item),
    ).toEqual([1]);
  });

  it("do not include images with one vote or full agreement", () => {
    expect(mostDisputed(choices([[1], [2, 2, 2], []]), 10)).toEqual([]);
  });

  it('count "can\'t tell" as an answer', () => {
    expect(mostDisputed(choices([[1, -1]]), 10)).toEqual([{ item: 0, votes: 2, agreement: 0 }]);
  });

  it("compare only answers to the same question", () => {
    expect(mostDisputed([...choices([[1, 1]], 0), ...choices([[0, 0]], 1)], 10)).toEqual([]);
    const mixed = [...choices([[1, 1]], 0), ...choices([[0, 1]], 1)];
    expect(mostDisputed(mixed, 10)).toEqual([{ item: 0, votes: 4, agreement: 0.5 }]);
  });

  it("with equal agreement are in order of their votes, then of their indices, whatever the order of votes", () => {
    const all = choices([
      [1, 2],
      [1, 2, 3],
      [1, 2],
    ]);
    for (const order of [all, all.toReversed()]) expect(mostDisputed(order, 10).map(({ item }) => item)).toEqual([1, 0, 2]);
  });
});
