/** Every mutation that replaces a value of an object takes the value that its sender has seen, and every page sends it. */
import { createSchema } from "@pareidolia/api/schema";
import { type GraphQLInputObjectType, type GraphQLSchema, getNamedType } from "graphql";
import { beforeAll, describe, expect, it } from "vitest";
import { readWebSources } from "../../support/webSources.ts";

let schema: GraphQLSchema;
beforeAll(async () => {
  schema = await createSchema();
});

/** First words of the mutations that replace values. */
const writing = new Set(["allow", "change", "choose", "edit", "rename", "set", "update"]);

/** First words of all others: they create, end, move or act, and replace nothing that another person may have written. */
const acting = [
  ..."ablate add archive assign cancel cast check code comment create decide delete empty finish fork invite join leave lock make".split(
    " ",
  ),
  ..."map mark measure move open pause pin preview raise register remove replay request rerun restore resume reveal revoke rotate save".split(
    " ",
  ),
  ..."score send settle start store suspend switch tag test transfer trash unarchive undo unlock unpin upload verify withdraw".split(" "),
];

/** Inputs without previous values, and why. */
const excused: Readonly<Record<string, string>> = {
  "changeRoomMembers.add": "names members who are added, regardless of other members",
  "changeRoomMembers.remove": "names members who are removed, regardless of other members",
  "changeStudyState.state": "a study's states follow one another, and a transition that is not due is refused",
  "chooseNotifications.email": "concerns only the sender",
  "chooseNotifications.kind": "concerns only the sender",
  "chooseNotifications.product": "concerns only the sender",
  "chooseNotifications.webhook": "concerns only the sender",
  "editStudy.access": "the revision stands for all values",
  "editStudy.draft": "the revision stands for all values",
  "editStudy.title": "the revision stands for all values",
  "renameTag.merge": "says how, not what",
  "setDefaultView.list": "concerns only the sender",
  "setExperimentVisibility.renewLink": "makes a new link, whichever there was",
};

const firstWord = (name: string): string => /^[a-z]+/.exec(name)?.[0] ?? name;

function mutations() {
  return Object.values(schema.getMutationType()?.getFields() ?? {}).map(({ name, args }) => {
    const input = args.find((argument) => argument.name === "input");
    return { name, input: input === undefined ? null : (getNamedType(input.type) as GraphQLInputObjectType) };
  });
}

/** The object whose values change, as `runId` of `renameRun`, and what every input has. */
const identifies = (name: string, field: string): boolean =>
  field === "idempotencyKey" ||
  field === "revision" ||
  (field.endsWith("Id") && name.toLowerCase().includes(field.slice(0, -2).toLowerCase())) ||
  ["ruleId", "roomId"].includes(field);

const previousOf = (field: string): string => `previous${field[0]?.toUpperCase()}${field.slice(1)}`;

describe("a mutation that writes fields", () => {
  it("is told by its first word", () => {
    const unknown = mutations().filter(({ name }) => !writing.has(firstWord(name)) && !acting.includes(firstWord(name)));
    expect(unknown.map(({ name }) => name)).toEqual([]);
    const used = new Set(mutations().map(({ name }) => firstWord(name)));
    expect([...writing, ...acting].filter((word) => !used.has(word))).toEqual([]);
  });

  it("takes the value that it replaces, for each field", () => {
    const missing = new Set<string>();
    for (const { name, input } of mutations().filter((each) => writing.has(firstWord(each.name)))) {
      const fields = input?.getFields() ?? {};
      for (const field of Object.keys(fields)) {
        if (field.startsWith("previous") || identifies(name, field)) continue;
        const previous = fields[previousOf(field)];
        if (previous === undefined) missing.add(`${name}.${field}`);
        else expect(String(getNamedType(previous.type)), `${name}.${field}`).toBe(String(getNamedType(fields[field]?.type)));
      }
    }
    expect([...missing].toSorted()).toEqual(Object.keys(excused).toSorted());
  });

  it("is sent by a page through the one place that compares both values", () => {
    const names = mutations().flatMap(({ name, input }) =>
      Object.keys(input?.getFields() ?? {}).some((field) => field.startsWith("previous")) ? [name] : [],
    );
    expect(names.length).toBeGreaterThan(10);
    const senders = readWebSources().filter(({ text }) =>
      names.some((name) => text.includes(`${name[0]?.toUpperCase()}${name.slice(1)}Document`)),
    );
    expect(senders.length).toBeGreaterThan(10);
    expect(senders.filter(({ text }) => !text.includes("useReplacement(")).map(({ path }) => path)).toEqual([]);
  });
});
