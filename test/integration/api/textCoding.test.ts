/** The coding of texts over HTTP: blind until the reveal, for researchers only, and one outcome of each race. */
import { withdrawVoter } from "@pareidolia/persistence/studies/voting/withdrawVoter";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type CodingWorld, startCodingWorld, writeTexts } from "../../support/codingWorld.ts";
import { readCsv } from "../../support/readCsv.ts";

let world: CodingWorld;
/** The voter who alone wrote "zebra". */
let zoe: string;

beforeEach(async () => {
  world = await startCodingWorld();
  const { database } = world.api;
  await writeTexts(database, world.opened, ["A dog!", "kat", "cow", "blob"]);
  await writeTexts(database, world.opened, ["a dog", "cat", "blob", "blob"]);
  zoe = await writeTexts(database, world.opened, ["zebra", "cat", "Kuh", "Henne"]);
});
afterEach(() => world.api.close());

const labels: Readonly<Record<string, number | null>> = {
  "a dog": 0,
  kat: 1,
  cat: 1,
  cow: 2,
  kuh: 2,
  henne: 3,
  zebra: null,
  blob: null,
};
const texts = Object.keys(labels).toSorted();
const codeOf = (label: number | null) => (label === null ? { kind: "NONE" } : { kind: "LABEL", label });
const code = (name: string, text: string, given: object = codeOf(labels[text] ?? null)) =>
  world.mutate(name, "codeText", { text, ...given });
async function codeAll(name: string, others: Readonly<Record<string, object>> = {}): Promise<void> {
  for (const text of texts) expect((await code(name, text, others[text])).__typename, `${name} ${text}`).toBe("TextCodingSuccess");
}
const find = (coding: { texts: { text: string }[] }, text: string) => coding.texts.find((each) => each.text === text);

describe("the texts to code", () => {
  it("are distinct after normalisation, with their votes and labels of similar spelling, and without their images", async () => {
    const coding = await world.read("rita");
    expect(coding.texts.map(({ text, votes }: { text: string; votes: number }) => [text, votes])).toEqual([
      ["a dog", 2],
      ["blob", 3],
      ["cat", 2],
      ["cow", 1],
      ["henne", 1],
      ["kat", 1],
      ["kuh", 1],
      ["zebra", 1],
    ]);
    const named = (text: string) =>
      (find(coding, text) as unknown as { suggestions: { name: string }[] }).suggestions.map(({ name }) => name);
    expect([named("a dog"), named("henne"), named("kat"), named("zebra")]).toEqual([["dog"], ["hen"], ["cat"], []]);
    expect(coding.labels[1]).toEqual({ label: 1, name: "cat", names: ["cat", "Katze"] });
    expect(coding).toMatchObject({ textCount: 8, ownCount: 0, isComplete: false, mayReveal: false, coders: [] });
  });

  it("are read by researchers and owners only, and not while they vote in the study", async () => {
    for (const name of ["visitor", "lea", "viv"]) expect(JSON.stringify(await world.read(name)), name).not.toContain("zebra");
    const { connection } = world.api.database;
    await connection.studyVoter.create({
      data: {
        id: "voting",
        studyId: world.opened.study.id,
        number: 90,
        userId: "ruth",
        items: [0],
        trialCount: 1,
        consentVersion: 1,
        language: "en",
        leaseExpiresAt: new Date(),
      },
    });
    const refused = JSON.stringify([await world.read("ruth"), await code("ruth", "zebra")]);
    expect(refused).toContain("You are voting in this study");
    expect(refused).not.toContain('"votes"');
  });

  it("are coded by researchers and owners only", async () => {
    for (const name of ["lea", "viv"]) expect(JSON.stringify(await code(name, "zebra")), name).toContain("can't code texts");
    expect((await code("ada", "zebra")).__typename).toBe("TextCodingSuccess");
  });
});

describe("before the reveal", () => {
  it("no coder, other researcher or owner reads another's code, by any field, mutation, audit entry or export", async () => {
    await codeAll("rita", { zebra: { kind: "UNCODABLE" } });
    await code("ron", "cat");
    for (const name of ["ron", "ruth", "ada"]) {
      const read = [(await world.read(name)).texts, await world.ask(name, "{ auditEntries(first: 50) { nodes { action after } } }")];
      // Suggestions follow from the text alone.
      const seen = JSON.stringify(read, (key, value: unknown) => (key === "suggestions" ? undefined : value));
      expect(seen, name).not.toContain("UNCODABLE");
      expect(seen.includes('"label":1'), name).toBe(name === "ron");
      const file = await fetch(`${world.api.url}/studies/STU-1/codes.csv`, { headers: world.senders[name] as Record<string, string> });
      expect(readCsv(await file.text()), name).toEqual([]);
    }
    const coding = await world.read("ron");
    expect(coding.coders).toEqual([
      { coder: "C-01", isOwn: false, coded: 8 },
      { coder: "C-02", isOwn: true, coded: 1 },
    ]);
    expect(coding.agreement).toMatchObject({ estimate: null, texts: 0, codes: 0 });
    expect((await world.read("ron", "UNCODED")).texts).toHaveLength(7);
    expect((await world.read("ron", "OWN")).texts.map(({ text }: { text: string }) => text)).toEqual(["cat"]);
  });

  it("a code is repeated without effect, refused with another one, and taken back", async () => {
    expect((await code("rita", "A DOG?", { kind: "LABEL", label: 0 })).text).toMatchObject({ text: "a dog", ownCode: { kind: "LABEL" } });
    expect((await code("rita", "a dog")).__typename).toBe("TextCodingSuccess");
    expect(await code("rita", "a dog", { kind: "NONE" })).toMatchObject({ __typename: "ConflictError" });
    expect((await world.mutate("rita", "undoTextCode", { text: "a dog" })).text).toMatchObject({ ownCode: null });
    expect((await code("rita", "a dog", { kind: "NONE" })).text).toMatchObject({ ownCode: { kind: "NONE", label: null } });
    const { data } = await world.ask("ada", "{ auditEntries(first: 10) { nodes { action after } } }");
    const entries = data.auditEntries.nodes.filter(({ action }: { action: string }) => action.startsWith("textCoding"));
    expect(entries.map(({ action }: { action: string }) => action)).toEqual(["textCoding:code", "textCoding:undo", "textCoding:code"]);
    expect(JSON.stringify(entries)).not.toContain("dog");
  });

  it.each([
    ["a text that no voter wrote", { text: "horse", kind: "NONE" }, "NotFoundError"],
    ["a class that the study lacks", { text: "cat", kind: "LABEL", label: 9 }, "InvalidInputError"],
    ["a label without a class", { text: "cat", kind: "LABEL" }, "InvalidInputError"],
    ["none of the labels with a class", { text: "cat", kind: "NONE", label: 1 }, "InvalidInputError"],
  ])("refuses %s", async (_case, input, error) => {
    expect(await world.mutate("rita", "codeText", input)).toMatchObject({ __typename: error });
  });

  it("codes are revealed by a coder of all texts once another has coded all, never earlier", async () => {
    expect(await world.mutate("rita", "revealTextCodes")).toMatchObject({ message: expect.stringContaining("Code all texts") });
    await codeAll("rita");
    expect(await world.mutate("rita", "revealTextCodes")).toMatchObject({ message: expect.stringContaining("No other coder") });
    await codeAll("ron");
    expect(await world.mutate("ruth", "revealTextCodes")).toMatchObject({ __typename: "ConflictError" });
    expect((await world.mutate("ron", "revealTextCodes")).coding).toMatchObject({ revealedCount: 8, isComplete: true, disputeCount: 0 });
    expect((await world.mutate("rita", "revealTextCodes")).__typename).toBe("TextCodingSuccess");
  });
});

describe("after the reveal", () => {
  const dispute = { blob: { kind: "UNCODABLE" } };

  async function reveal(): Promise<void> {
    await codeAll("rita");
    await codeAll("ron", dispute);
    expect((await world.mutate("rita", "revealTextCodes")).__typename).toBe("TextCodingSuccess");
  }

  it("every researcher reads both codes and their agreement, and none is added or taken back", async () => {
    await reveal();
    const coding = await world.read("ruth");
    expect(find(coding, "blob")).toMatchObject({
      isDisputed: true,
      finalCode: null,
      ownCode: null,
      codes: [
        { coder: "C-01", code: { kind: "NONE" } },
        { coder: "C-02", code: { kind: "UNCODABLE" } },
      ],
    });
    expect(coding).toMatchObject({ disputeCount: 1, isComplete: false, agreement: { texts: 8, codes: 16 } });
    expect(coding.agreement.estimate).toBeGreaterThan(0.7);
    for (const refused of [await code("ruth", "cat"), await world.mutate("rita", "undoTextCode", { text: "cat" })])
      expect(refused).toMatchObject({ __typename: "ConflictError", message: expect.stringContaining("revealed") });
  });

  it("a dispute is settled once, with its reason and who decided, and the blind codes are kept", async () => {
    await reveal();
    const settle = (name: string, text: string, more: object) =>
      world.mutate(name, "settleText", { text, kind: "NONE", reason: "No animal.", ...more });
    expect(await settle("ruth", "cat", {})).toMatchObject({ message: expect.stringContaining("agree on this text") });
    expect(await settle("ruth", "blob", { reason: " " })).toMatchObject({ __typename: "InvalidInputError" });
    const settled = await settle("ruth", "blob", {});
    expect(settled.coding).toMatchObject({ disputeCount: 0, settledCount: 1, isComplete: true });
    expect(settled.text).toMatchObject({
      finalCode: { kind: "NONE" },
      decision: { reason: "No animal.", decidedBy: { name: "ruth" } },
      codes: [{ code: { kind: "NONE" } }, { code: { kind: "UNCODABLE" } }],
    });
    expect(await settle("rita", "blob", {})).toMatchObject({ message: expect.stringContaining("already settled") });
    const { data } = await world.ask("ada", "{ auditEntries(first: 1) { nodes { action subjectName after } } }");
    expect(data.auditEntries.nodes).toMatchObject([
      { action: "textCoding:settle", subjectName: "STU-1", after: { kind: "NONE", reason: "No animal." } },
    ]);
    const file = await fetch(`${world.api.url}/studies/STU-1/codes.csv`, { headers: world.senders["ada"] as Record<string, string> });
    const rows = readCsv(await file.text()).filter(({ text }) => text === "blob");
    expect(rows.map(({ coder, code: kind, final, reason }) => [coder, kind, final, reason])).toEqual([
      ["C-01", "NONE", "NONE", ""],
      ["C-02", "UNCODABLE", "NONE", ""],
      ["", "NONE", "NONE", "No animal."],
    ]);
    const trials = await fetch(`${world.api.url}/studies/STU-1/trials.csv`, { headers: world.senders["ada"] as Record<string, string> });
    const agrees = readCsv(await trials.text()).map(({ agrees: one }) => one);
    expect([agrees.filter((one) => one === "true").length, agrees.filter((one) => one === "false").length]).toEqual([8, 4]);
  });

  it("a new text is coded blind again, while revealed ones stay as they are", async () => {
    await reveal();
    await world.mutate("ruth", "settleText", { text: "blob", kind: "NONE", reason: "No animal." });
    await writeTexts(world.api.database, world.opened, ["dog", "cat", "cow", "rooster"]);
    expect(await world.read("rita")).toMatchObject({ textCount: 10, revealedCount: 8, isComplete: false });
    for (const name of ["rita", "ruth"]) {
      await code(name, "dog", codeOf(0));
      await code(name, "rooster", codeOf(3));
    }
    expect((await world.mutate("ruth", "revealTextCodes")).coding).toMatchObject({ revealedCount: 10, isComplete: true });
  });

  it("a withdrawal deletes the texts that only this voter wrote, with their codes and decisions", async () => {
    await codeAll("rita");
    await codeAll("ron", { zebra: { kind: "UNCODABLE" }, cat: { kind: "NONE" } });
    await world.mutate("rita", "revealTextCodes");
    for (const text of ["zebra", "cat"]) await world.mutate("ruth", "settleText", { text, kind: "NONE", reason: "Agreed." });
    const { database } = world.api;
    await database.transaction((transaction) => withdrawVoter(transaction, zoe));
    const left = (await database.connection.codedText.findMany({ orderBy: { text: "asc" } })).map(({ text }) => text);
    expect(left).toEqual(["a dog", "blob", "cat", "cow", "kat"]);
    expect(await database.connection.textDecision.count()).toBe(1);
    expect(JSON.stringify(await world.read("ada"))).not.toContain("zebra");
    expect(await world.read("ada")).toMatchObject({ textCount: 5, isComplete: true });
  });
});

describe("requests at the same time", () => {
  it("give one code of a text, and one number to each coder", async () => {
    const both = await Promise.all([code("rita", "cat"), code("ron", "cat"), code("rita", "cat", { kind: "NONE" }), code("ruth", "cat")]);
    expect(both.filter(({ __typename }) => __typename === "TextCodingSuccess")).toHaveLength(3);
    expect(await world.api.database.connection.textCode.count()).toBe(3);
    const coders = (await world.read("ada")).coders.map(({ coder }: { coder: string }) => coder);
    expect(coders).toEqual(["C-01", "C-02", "C-03"]);
  });

  it("take a code back before the reveal, or not at all", async () => {
    await codeAll("rita");
    await codeAll("ron");
    const [revealed, undone] = await Promise.all([
      world.mutate("rita", "revealTextCodes"),
      world.mutate("ron", "undoTextCode", { text: "cat" }),
    ]);
    const outcomes: unknown[] = [revealed.__typename, undone.__typename];
    expect(outcomes).toEqual(expect.arrayContaining(["ConflictError", "TextCodingSuccess"]));
    expect(await world.api.database.connection.textCode.count()).toBe(revealed.__typename === "TextCodingSuccess" ? 16 : 15);
  });

  it("settle a dispute once", async () => {
    await codeAll("rita");
    await codeAll("ron", { blob: { kind: "UNCODABLE" } });
    await world.mutate("rita", "revealTextCodes");
    const input = { text: "blob", kind: "NONE", reason: "No animal." };
    const answers = await Promise.all(["rita", "ron", "ruth"].map((name) => world.mutate(name, "settleText", input)));
    expect(answers.filter(({ __typename }) => __typename === "TextCodingSuccess")).toHaveLength(1);
    expect(await world.api.database.connection.textDecision.count()).toBe(1);
  });
});
