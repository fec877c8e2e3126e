/** Saved comparisons: what they keep when their runs change or are deleted, who reads and edits them, and their deletion and restoration. */
import { images } from "@pareidolia/persistence/lab/cleanUps/images";
import { savedComparisons } from "@pareidolia/persistence/lab/cleanUps/savedComparisons";
import { carryOutRun } from "@pareidolia/workers/tasks/carryOutRun.task";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { credentialsOf } from "../../../support/actors.ts";
import { createLinearClassifier } from "../../../support/linearClassifier.ts";
import { openRawSocket } from "../../../support/rawSocket.ts";
import { evolveContext } from "../../../support/runs.ts";
import { members, startTrackingApi, type TrackingApi } from "../../../support/trackingApi.ts";

let api: TrackingApi;
/** RUN-1 to RUN-4 have evolved; RUN-5 waits. */
beforeAll(async () => {
  api = await startTrackingApi(5);
  const classifier = createLinearClassifier({ input: { width: 8, height: 8, channels: 1 }, classes: 5 });
  const context = evolveContext({ classifier, database: api.database, objectStore: api.objectStore });
  const rows = await api.database.connection.run.findMany({ orderBy: { number: "asc" }, take: 4 });
  for (const { id } of rows) await carryOutRun({ runId: id }, context);
});
afterAll(() => api.close());

const compared = `parameters { name label differs values { values count } }
  curves { points { generation median { runCount mean low high } } }
  figures { median { runCount mean low high } lowerQuartile upperQuartile fooling { mean } nicheCount earlier }
  reach { generations median }
  tests(measure: MEDIAN) { leftOut pairs { first second p adjustedP method delta deltaLow deltaHigh } }`;
const saved = `${compared} rows { class label images { sha256 confidence label runKey resultId resultType image { id url width } } }`;
const entries = [{ name: "first two", runIds: ["RUN-1", "RUN-2"] }, { runIds: ["RUN-3"] }];

const save = async (input: object = {}, by: "ada" | "viewer" | "stranger" = "ada") =>
  api.mutate(by, "saveComparison", { title: "Two against one", entries, baseline: 0, ...input });
// oxlint-disable-next-line typescript/no-explicit-any -- tests read any part of the response
const read = async (key: string, by: "ada" | "viewer" | "stranger" = "ada"): Promise<any> =>
  (await api.read(by, `{ node(id: "${key}") { ... on SavedComparison { id key title notes lastGeneration ${saved} } } }`)).node;
const live = async () => {
  const query = `query ($entries: [ComparedRunsInput!]!) { runComparison(entries: $entries) { generation ${compared.replace("MEDIAN", "MEDIAN, baseline: 0")}
    rows { class label elites { id storedConfidence label image { sha256 } run { key } } } } }`;
  return (await api.query(query, { entries })).body.data.runComparison;
};

describe("a saved comparison", () => {
  it("has the figures, tests and images that the comparison shows", async () => {
    const { savedComparison } = await save({ notes: "# Question\n\nWhich is better?" });
    expect(savedComparison).toMatchObject({
      title: "Two against one",
      notes: "# Question\n\nWhich is better?",
      generation: 12,
      baseline: 0,
      mayEdit: true,
      createdBy: { name: "Name of ada" },
      entries: [
        { name: "first two", runs: [{ key: "RUN-1" }, { key: "RUN-2" }] },
        { name: "RUN-3", runs: [{ key: "RUN-3" }] },
      ],
    });
    expect(savedComparison.key).toMatch(/^CMP-\d+$/);
    const kept = await read(savedComparison.key);
    const { rows, generation: _, ...rest } = await live();
    expect(kept).toMatchObject(rest);
    expect(kept.rows).toHaveLength(5);
    for (const [i, row] of rows.entries())
      expect(kept.rows[i]).toMatchObject({
        class: row.class,
        label: row.label,
        images: row.elites.map(
          (elite: { id: string; storedConfidence: number; label: string; image: { sha256: string }; run: { key: string } }) => ({
            resultId: elite.id,
            resultType: "Elite",
            confidence: elite.storedConfidence,
            label: elite.label,
            sha256: elite.image.sha256,
            runKey: elite.run.key,
          }),
        ),
      });
  });

  it("keeps its figures and images when its runs are deleted for good", async () => {
    const { savedComparison } = await api.mutate("ada", "saveComparison", { title: "Of one run", entries: [{ runIds: ["RUN-4"] }] });
    const before = await read(savedComparison.key);
    const runId = await api.idOf("RUN-4");
    await api.mutate("owner", "trashRuns", { runIds: [runId] });
    expect((await api.mutate("owner", "deleteFromTrash", { ids: [runId] })).message).toBeUndefined();
    // A worker deletes the rows.
    await api.database.connection.run.deleteMany({ where: { number: 4 } });
    expect((await api.read("owner", '{ node(id: "RUN-4") { id } }')).node).toBeNull();
    // Images without a reference are deleted a day after they were stored.
    const { database, objectStore } = api;
    await database.connection.$executeRaw`UPDATE images SET created_at = created_at - interval '2 days'`;
    const { removed } = await images.cleanUp({ database, objectStore, dryRun: false, signal: new AbortController().signal });
    expect(removed.count).toBeGreaterThan(0);
    const after = await read(savedComparison.key);
    expect(after).toEqual(before);
    expect(after.rows.every((row: { images: { image: object | null }[] }) => row.images[0]?.image != null)).toBe(true);
  });

  it("keeps the classes that were shown", async () => {
    const { savedComparison } = await save({ first: 2, offset: 1 });
    expect((await read(savedComparison.key)).rows.map(({ label }: { label: string }) => label)).toEqual(["1", "2"]);
    const one = await save({ contains: "4" });
    expect((await read(one.savedComparison.key)).rows.map(({ label }: { label: string }) => label)).toEqual(["4"]);
  });

  it("may be of runs that have stored nothing", async () => {
    const { savedComparison } = await save({ entries: [{ runIds: ["RUN-5"] }], baseline: null });
    expect(savedComparison.generation).toBe(-1);
    expect(await read(savedComparison.key)).toMatchObject({ lastGeneration: -1, rows: [], curves: [{ points: [] }] });
  });

  it.each([
    ["no title", { title: "  " }, "input.title"],
    ["a long title", { title: "x".repeat(121) }, "input.title"],
    ["long notes", { notes: "x".repeat(20_001) }, "input.notes"],
    ["no runs", { entries: [] }, "input.entries"],
    ["a missing run", { entries: [{ runIds: ["RUN-99"] }] }, "input.entries.0.runIds.0"],
    ["a baseline that is no entry", { baseline: 2 }, "input.baseline"],
    ["too many classes", { first: 51 }, "input.first"],
    ["a negative generation", { generation: -1 }, "input.generation"],
  ])("is refused with %s, and names the field", async (_, input, field) => {
    const answer = await save(input);
    expect(answer.message).toEqual(expect.any(String));
    if (answer.__typename === "InvalidInputError") expect(answer.field).toBe(field);
    else expect([answer.__typename, field]).toEqual(["NotFoundError", "input.entries.0.runIds.0"]);
  });

  it("is saved once for each idempotency key", async () => {
    const [one, other] = [await save({ idempotencyKey: "once" }), await save({ idempotencyKey: "once" })];
    expect(one.savedComparison.key).toBe(other.savedComparison.key);
    expect((await save({ idempotencyKey: "once", title: "Another" })).__typename).toBe("ConflictError");
    await api.mutate("owner", "deleteSavedComparison", { savedComparisonId: one.savedComparison.id });
    expect(await save({ idempotencyKey: "once" })).toMatchObject({
      __typename: "ConflictError",
      message: expect.stringContaining("was deleted"),
    });
  });
});

describe("the members of a workspace", () => {
  it("read its saved comparisons, and researchers edit them, unless another has changed the notes", async () => {
    const { savedComparison } = await save({ notes: "First." });
    const { key } = savedComparison;
    expect(await read(key, "viewer")).toMatchObject({ key, notes: "First." });
    expect(await read(key, "stranger")).toBeNull();
    expect((await save({}, "viewer")).__typename).toBe("ForbiddenError");
    const edit = (by: "ben" | "viewer" | "stranger", input: object) =>
      api.mutate(by, "editSavedComparison", { savedComparisonId: savedComparison.id, ...input });
    expect((await edit("viewer", { title: "Mine" })).__typename).toBe("ForbiddenError");
    expect((await edit("stranger", { title: "Mine" })).__typename).toBe("NotFoundError");
    expect((await edit("ben", { notes: "Second.", previousNotes: "First." })).savedComparison.notes).toBe("Second.");
    expect((await edit("ben", { notes: "Third.", previousNotes: "First." })).__typename).toBe("ConflictError");
    expect((await edit("ben", { title: "Mine", previousTitle: "Another" })).__typename).toBe("ConflictError");
    expect((await edit("ben", { title: "New title", previousTitle: "Two against one" })).savedComparison).toMatchObject({
      title: "New title",
      notes: "Second.",
    });
    expect((await edit("ben", { title: " " })).__typename).toBe("InvalidInputError");
    const changes = await api.audited("savedComparison:change");
    expect(changes.at(-1)).toMatchObject({ before: { title: "Two against one" }, after: { title: "New title", notes: "Second." } });
  });

  it("undo a deletion within an hour, and a clean-up removes older ones", async () => {
    const { savedComparison } = await save({ title: "Deleted" });
    const { id, key } = savedComparison;
    const titles = async () =>
      (await api.read("ada", "{ savedComparisons(first: 50) { totalCount nodes { title } } }")).savedComparisons.nodes.map(
        ({ title }: { title: string }) => title,
      );
    expect((await titles())[0]).toBe("Deleted");
    const remove = (by: "ben" | "viewer") => api.mutate(by, "deleteSavedComparison", { savedComparisonId: key });
    expect((await remove("viewer")).__typename).toBe("ForbiddenError");
    expect((await remove("ben")).deletedId).toBe(id);
    expect((await remove("ben")).__typename).toBe("NotFoundError");
    expect(await titles()).not.toContain("Deleted");
    expect(await read(key)).toBeNull();
    const restore = (by: "ada" | "stranger") => api.mutate(by, "restoreSavedComparison", { savedComparisonId: id });
    expect((await restore("stranger")).__typename).toBe("NotFoundError");
    expect((await restore("ada")).savedComparison.title).toBe("Deleted");
    expect((await titles())[0]).toBe("Deleted");
    await remove("ben");
    const past = new Date(Date.now() - 2 * 60 * 60 * 1000);
    const row = Buffer.from(id, "base64url").toString().split(":")[1] ?? "";
    await api.database.connection.savedComparison.update({ where: { id: row }, data: { deletedAt: past } });
    expect((await restore("ada")).__typename).toBe("NotFoundError");
    const { database, objectStore } = api;
    await savedComparisons.cleanUp({ database, objectStore, dryRun: false, signal: new AbortController().signal });
    expect(await database.connection.savedComparison.findUnique({ where: { id: row } })).toBeNull();
  });

  it("receive the changes that other members make, and members of other workspaces do not", async () => {
    const query = "subscription { workspaceChanges { everything runIds savedComparisonIds } }";
    const [mine, foreign] = await Promise.all(
      [members.viewer, members.stranger].map(async (member) => {
        const socket = await openRawSocket(api.url, { connectionParams: credentialsOf(member) });
        socket.subscribe("changes", query);
        await socket.answer("changes");
        return socket;
      }),
    );
    const heard = () => (mine?.received ?? []).filter(({ id }) => id === "changes");
    const hear = async (count: number) => {
      await expect.poll(() => heard().length, { timeout: 10_000 }).toBe(count);
      return (heard().at(-1)?.payload as { data: { workspaceChanges: object } } | undefined)?.data.workspaceChanges;
    };
    const { savedComparison } = await save({ title: "Announced" });
    const changed = { everything: false, runIds: [], savedComparisonIds: [savedComparison.id] };
    const input = { savedComparisonId: savedComparison.id };
    expect(await hear(2)).toEqual(changed);
    await api.mutate("ben", "editSavedComparison", { ...input, title: "Renamed" });
    expect(await hear(3)).toEqual(changed);
    await api.mutate("ben", "deleteSavedComparison", input);
    expect(await hear(4)).toEqual(changed);
    await api.mutate("ben", "restoreSavedComparison", input);
    expect(await hear(5)).toEqual(changed);
    expect((foreign?.received ?? []).filter(({ id }) => id === "changes")).toHaveLength(1);
    await Promise.all([mine?.close(), foreign?.close()]);
  });
});
