/** The tables in which the norming rooms of a study are exported. */
import { readFileSync } from "node:fs";
import { roomAgreement } from "@pareidolia/perception/norming/roomAgreement";
import {
  type ExportedRoomImage,
  type RoomImageRow,
  roomImageColumns,
  roomImageTable,
  roomVoteColumns,
  roomVoteTable,
} from "@pareidolia/perception/norming/roomTables";
import { describe, expect, it } from "vitest";
import { readCsv } from "../../../support/readCsv.ts";

const of: ExportedRoomImage = {
  study: "STU-12",
  planHash: "ab",
  room: 2,
  place: 0,
  item: 7,
  image: "cd",
  state: "DECIDED",
  machine: { label: 5, name: "quilt" },
  comments: 3,
};
const at = new Date("2026-01-02T03:04:05.678Z");
const votes = [0, 1, 2, 3, 4, 5, 6, 7].flatMap((place) =>
  [0, 1, 2, 3, 4, 5].flatMap((member) => [
    { place, member, round: 1 as const, label: member === 2 || (member === 3 && place > 4) ? place : 5 },
    { place, member, round: 2 as const, label: place === 3 || (place === 4 && member === 1) ? 6 : 5 },
  ]),
);
const row: RoomImageRow = {
  of,
  members: 3,
  blindVotes: 3,
  secondVotes: 3,
  agreement: roomAgreement(votes),
  decision: { outcome: "CLASS", choice: { label: 5, name: "quilt" }, reason: '=HYPERLINK("x"), said two', decidedBy: "Ada", decidedAt: at },
};

describe("the table of votes", () => {
  const choices = [{ label: 5, name: "quilt" }, { label: 6, name: "zebra" }, null];
  const rows = choices.map((choice, member) => ({ of, pseudonym: `M-0${member + 1}`, round: 1 as const, choice, votedAt: at }));
  const cells = readCsv(roomVoteTable.header.csv + rows.map(roomVoteTable.line.csv).join(""));

  it("has the answer of each member, and whether it is the machine's class", () => {
    expect(cells.map((each) => [each["member"], each["nothing"], each["answer_class"], each["answer_name"], each["agrees"]])).toEqual([
      ["M-01", "false", "5", "quilt", "true"],
      ["M-02", "false", "6", "zebra", "false"],
      ["M-03", "true", "", "", "false"],
    ]);
    expect(cells[0]).toMatchObject({ study: "STU-12", room: "2", item: "7", comments: "3", voted_at: "2026-01-02T03:04:05.678Z" });
  });
});

describe("the table of images", () => {
  const csv = roomImageTable.header.csv + roomImageTable.line.csv(row);
  const json = JSON.parse(roomImageTable.line.jsonl(row)) as Record<string, unknown>;

  it("has the agreement of the room before and after the discussion, with cases and intervals", () => {
    const { blind, again } = row.agreement;
    if (!blind.defined || !again.defined) throw new Error("The votes of this test have an agreement.");
    expect(json).toMatchObject({
      alpha_blind: blind.estimate,
      alpha_blind_low: blind.low,
      alpha_blind_high: blind.high,
      alpha_blind_images: 8,
      alpha_blind_votes: 48,
      alpha_again: again.estimate,
      alpha_again_votes: 48,
      alpha_again_undefined: null,
    });
  });

  it("says why an agreement is undefined, and leaves its figures empty", () => {
    const undecided = { ...row, decision: null, agreement: roomAgreement([]) };
    const empty = JSON.parse(roomImageTable.line.jsonl(undecided)) as Record<string, unknown>;
    expect(empty).toMatchObject({ alpha_blind: null, alpha_blind_votes: null, decision: null, decided_by: null, decided_at: null });
    expect(empty["alpha_blind_undefined"]).toMatch(/no such votes/);
  });

  it("has who decided what, when and why, without a formula for spreadsheets", () => {
    const [cells] = readCsv(csv);
    expect(cells).toMatchObject({
      decision: "CLASS",
      decision_class: "5",
      decision_name: "quilt",
      decision_reason: '\'=HYPERLINK("x"), said two',
      decided_by: "Ada",
      decided_at: "2026-01-02T03:04:05.678Z",
    });
    expect(json["decision_reason"]).toBe('=HYPERLINK("x"), said two');
  });
});

it.each([
  ["votes", roomVoteColumns],
  ["images", roomImageColumns],
] as const)("the columns of %s have distinct names, which the documentation describes", (_name, columns) => {
  const documentation = readFileSync(new URL("../../../../docs/room-tables.md", import.meta.url), "utf8");
  expect(new Set(columns.map(({ name }) => name)).size).toBe(columns.length);
  expect(documentation).toContain(columns.map(({ name, description }) => `| \`${name}\` | ${description} |`).join("\n"));
});
