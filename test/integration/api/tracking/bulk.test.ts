/** Changes of many runs at once: the outcome for each, who may make them, and that each is taken back exactly. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTrackingApi, type TrackingApi } from "../../../support/trackingApi.ts";

let api: TrackingApi;
beforeAll(async () => {
  api = await startTrackingApi(12);
});
afterAll(() => api.close());

const keys = (...numbers: readonly number[]) => numbers.map((number) => `RUN-${number}`);
const skippedOf = ({ items }: { items: { reference: string; skipped: string | null }[] }) =>
  Object.fromEntries(items.map(({ reference, skipped }) => [reference, skipped]));

describe("tagging runs", () => {
  it("adds and removes tags, and its answer takes exactly that back", async () => {
    await api.mutate("ada", "tagRuns", { changes: [{ runIds: keys(1), add: ["Paper", " paper ", "old"] }] });
    expect(await api.tagsOf("RUN-1")).toEqual(["old", "paper"]);
    const answer = await api.mutate("ben", "tagRuns", { changes: [{ runIds: keys(1, 2, 3), add: ["paper", "new"], remove: ["old"] }] });
    expect(skippedOf(answer)).toEqual({ "RUN-1": null, "RUN-2": null, "RUN-3": null });
    expect(await Promise.all(keys(1, 2, 3).map(api.tagsOf))).toEqual([
      ["new", "paper"],
      ["new", "paper"],
      ["new", "paper"],
    ]);
    const undone = await api.mutate("ben", "tagRuns", { changes: answer.undo });
    expect(await Promise.all(keys(1, 2, 3).map(api.tagsOf))).toEqual([["old", "paper"], [], []]);
    await api.mutate("ben", "tagRuns", { changes: undone.undo });
    expect(await api.tagsOf("RUN-1")).toEqual(["new", "paper"]);
  });

  it("leaves two members who tag the same runs at once with the tags of both, and each takes back only their own", async () => {
    const tag = (by: "ada" | "ben", add: readonly string[]) => api.mutate(by, "tagRuns", { changes: [{ runIds: keys(4, 5), add }] });
    const [ada, ben] = await Promise.all([tag("ada", ["of ada", "both"]), tag("ben", ["both", "of ben"])]);
    expect(await api.tagsOf("RUN-4")).toEqual(["both", "of ada", "of ben"]);
    const added = [ada, ben].map(({ undo }) => undo[0].remove).toSorted((a, b) => a.length - b.length);
    expect((added.flat() as string[]).toSorted()).toEqual(["both", "of ada", "of ben"]);
    await api.mutate("ada", "tagRuns", { changes: ada.undo });
    expect(await api.tagsOf("RUN-4")).toEqual(expect.arrayContaining(["of ben"]));
    expect(await api.tagsOf("RUN-4")).not.toContain("of ada");
    await api.mutate("ben", "tagRuns", { changes: ben.undo });
    expect(await api.tagsOf("RUN-5")).toEqual([]);
  });

  it("skips what is missing, locked or as requested, with the reason, and changes the rest", async () => {
    await api.mutate("ada", "tagRuns", { changes: [{ runIds: keys(6), add: ["here"] }] });
    await api.lock("RUN-7", true);
    await api.lock("EXP-8", true);
    const answer = await api.mutate("ada", "tagRuns", { changes: [{ runIds: [...keys(6, 7, 8, 9), "RUN-999"], add: ["here"] }] });
    const reasons = { "RUN-6": "UNCHANGED", "RUN-7": "LOCKED", "RUN-8": "LOCKED", "RUN-9": null, "RUN-999": "NOT_FOUND" };
    expect(skippedOf(answer)).toEqual(reasons);
    expect(answer.items[1].message).toContain("locked");
    expect(await Promise.all(keys(6, 7, 8, 9).map(api.tagsOf))).toEqual([["here"], [], [], ["here"]]);
    for (const key of ["RUN-7", "EXP-8"]) await api.lock(key, false);
  });

  it("gives no run more than thirty tags, and leaves such a run as it was", async () => {
    const names = Array.from({ length: 30 }, (_, i) => `t${i}`);
    await api.mutate("ada", "tagRuns", { changes: [{ runIds: keys(10), add: names }] });
    const answer = await api.mutate("ada", "tagRuns", { changes: [{ runIds: keys(10, 11), add: ["one more"] }] });
    expect(skippedOf(answer)).toEqual({ "RUN-10": "TOO_MANY_TAGS", "RUN-11": null });
    expect(await api.tagsOf("RUN-10")).toHaveLength(30);
    expect(answer.undo).toEqual([{ runIds: [await api.idOf("RUN-11")], add: [], remove: ["one more"] }]);
  });

  it.each([
    ["", "A tag has 1 to 40 characters."],
    ["x".repeat(41), "A tag has 1 to 40 characters."],
    ["a,b", "A tag consists of letters, digits, spaces and the characters . _ - + # : /"],
    ["<b>", "A tag consists of letters, digits, spaces and the characters . _ - + # : /"],
  ])("refuses the tag %j", async (name, message) => {
    const answer = await api.mutate("ada", "tagRuns", { changes: [{ runIds: keys(1), add: [name] }] });
    expect(answer).toEqual({ __typename: "InvalidInputError", message, field: "input.changes.0.add.0" });
  });

  it("refuses viewers, a run given twice, and runs of another workspace", async () => {
    const tag = (by: "viewer" | "ada" | "stranger", runIds: readonly string[]) =>
      api.mutate(by, "tagRuns", { changes: [{ runIds, add: ["no"] }] });
    expect((await tag("viewer", keys(1))).__typename).toBe("ForbiddenError");
    expect(await tag("ada", [await api.idOf("RUN-1"), "RUN-1"])).toMatchObject({ message: "RUN-1 is given twice." });
    expect((await tag("stranger", [await api.idOf("RUN-1")])).__typename).toBe("NotFoundError");
    expect(await api.tagsOf("RUN-1")).not.toContain("no");
  });

  it("writes one entry of the audit log for all runs", async () => {
    const before = (await api.audited("run:tag")).length;
    await api.mutate("ada", "tagRuns", { changes: [{ runIds: keys(1, 2), add: ["logged"] }] });
    const entries = (await api.audited("run:tag")).slice(before);
    const after = { changes: [{ add: ["logged"], remove: [], of: ["RUN-1", "RUN-2"] }] };
    expect(entries).toMatchObject([{ subjectName: expect.stringMatching(/^RUN-[12], RUN-[12]$/), userId: "ada" }]);
    expect(entries[0]?.["after"]).toEqual({ changes: [{ ...after.changes[0], of: expect.arrayContaining(["RUN-1", "RUN-2"]) }] });
  });

  it("tags experiments in the same way", async () => {
    const answer = await api.mutate("ada", "tagExperiments", { changes: [{ experimentIds: ["EXP-1", "EXP-2"], add: ["paper"] }] });
    expect(answer.items).toEqual(Array(2).fill({ skipped: null, experiment: { tags: [{ name: "paper" }] } }));
    const undone = await api.mutate("ada", "tagExperiments", { changes: answer.undo });
    expect(undone.items).toEqual(Array(2).fill({ skipped: null, experiment: { tags: [] } }));
  });
});

describe("archiving runs", () => {
  it("archives them, lists them only on request, and takes it back", async () => {
    const count = async (archived: boolean) =>
      (await api.read("ada", `{ runs(search: "archived = ${archived}") { totalCount } }`)).runs.totalCount;
    const [active, archived] = [await count(false), await count(true)];
    const answer = await api.mutate("ada", "archiveRuns", { runIds: keys(1, 2) });
    expect([await count(false), await count(true)]).toEqual([active - 2, archived + 2]);
    const again = await api.mutate("ben", "archiveRuns", { runIds: keys(2, 3) });
    expect(skippedOf(again)).toEqual({ "RUN-2": "UNCHANGED", "RUN-3": null });
    await api.mutate("ben", "unarchiveRuns", { runIds: again.undo });
    await api.mutate("ada", "unarchiveRuns", { runIds: answer.undo });
    expect([await count(false), await count(true)]).toEqual([active, archived]);
  });

  it("archives experiments in the same way", async () => {
    const answer = await api.mutate("ada", "archiveExperiments", { experimentIds: ["EXP-11", "EXP-12"] });
    expect(answer.items.map(({ experiment }: { experiment: { archivedAt: string } }) => typeof experiment.archivedAt)).toEqual([
      "string",
      "string",
    ]);
    const undone = await api.mutate("ada", "unarchiveExperiments", { experimentIds: answer.undo });
    expect(undone.items).toEqual(Array(2).fill({ skipped: null, experiment: { archivedAt: null } }));
  });
});

describe("moving runs", () => {
  const experimentsOf = ({ items }: { items: { run: { experiment: { key: string } } }[] }) => items.map(({ run }) => run.experiment.key);

  it("moves runs of several experiments, and its answer moves each back to its own", async () => {
    const answer = await api.mutate("ada", "moveRuns", { moves: [{ runIds: keys(1, 2, 3), experimentId: "EXP-3" }] });
    expect(experimentsOf(answer)).toEqual(["EXP-3", "EXP-3", "EXP-3"]);
    expect(skippedOf(answer)).toMatchObject({ "RUN-3": "UNCHANGED" });
    await api.mutate("ada", "moveRuns", { moves: answer.undo });
    expect(experimentsOf(await api.mutate("ada", "moveRuns", { moves: [{ runIds: keys(1, 2), experimentId: "EXP-1" }] }))).toEqual([
      "EXP-1",
      "EXP-1",
    ]);
    await api.mutate("ada", "moveRuns", { moves: [{ runIds: keys(2), experimentId: "EXP-2" }] });
  });

  it("takes back only what no one else has changed since", async () => {
    const move = (by: "ada" | "ben", moves: object[]) => api.mutate(by, "moveRuns", { moves });
    const answer = await move("ada", [{ runIds: keys(1, 2), experimentId: "EXP-3", previousExperimentId: null }]);
    await move("ben", [{ runIds: keys(2), experimentId: "EXP-4", previousExperimentId: "EXP-3" }]);
    const undone = await move("ada", answer.undo);
    const outcomes = undone.items.map(({ run, skipped }: { run: { key: string; experiment: { key: string } }; skipped: string | null }) => [
      run.key,
      run.experiment.key,
      skipped,
    ]);
    expect(outcomes.toSorted()).toEqual([
      ["RUN-1", "EXP-1", null],
      ["RUN-2", "EXP-4", "CHANGED_SINCE"],
    ]);
    await move("ben", [{ runIds: keys(2), experimentId: "EXP-2" }]);
    const unknown = await move("ben", [{ runIds: keys(2), experimentId: "EXP-3", previousExperimentId: "EXP-999" }]);
    expect(skippedOf(unknown)).toEqual({ "RUN-2": "CHANGED_SINCE" });
  });

  it("refuses locked, archived and foreign experiments", async () => {
    const move = () => api.mutate("ada", "moveRuns", { moves: [{ runIds: keys(4), experimentId: "EXP-5" }] });
    await api.lock("EXP-5", true);
    expect(await move()).toMatchObject({
      __typename: "ConflictError",
      message: "A former member locked EXP-5. Unlock EXP-5 to change it.",
    });
    await api.lock("EXP-5", false);
    await api.mutate("ada", "archiveExperiments", { experimentIds: ["EXP-5"] });
    expect((await move()).message).toContain("EXP-5 is archived");
    await api.mutate("ada", "unarchiveExperiments", { experimentIds: ["EXP-5"] });
    const foreign = { moves: [{ runIds: keys(4), experimentId: await api.idOf("EXP-5") }] };
    expect((await api.mutate("stranger", "moveRuns", foreign)).__typename).toBe("NotFoundError");
  });

  it("lets only owners move a private run to where others than members read it", async () => {
    await api.database.connection.experiment.updateMany({ where: { number: 6 }, data: { visibility: "PUBLIC", publishedAt: new Date() } });
    const move = (by: "ada" | "owner") => api.mutate(by, "moveRuns", { moves: [{ runIds: keys(4), experimentId: "EXP-6" }] });
    expect(await move("ada")).toMatchObject({
      __typename: "ForbiddenError",
      message: expect.stringContaining("Only owners can move runs into EXP-6"),
    });
    expect(experimentsOf(await move("owner"))).toEqual(["EXP-6"]);
    await api.mutate("owner", "moveRuns", { moves: [{ runIds: keys(4), experimentId: "EXP-4" }] });
  });
});

describe("assigning runs", () => {
  const user = (name: string) => Buffer.from(`User:${name}`).toString("base64url");

  it("assigns them to a member, and takes it back", async () => {
    await api.mutate("ada", "assignRuns", { assignments: [{ runIds: keys(1), assigneeId: user("ben") }] });
    const answer = await api.mutate("ada", "assignRuns", { assignments: [{ runIds: keys(1, 2), assigneeId: user("ada") }] });
    const assignees = ({ items }: { items: { run: { assignee: { name: string } | null } }[] }) =>
      items.map(({ run }) => run.assignee?.name);
    expect(assignees(answer)).toEqual(["Name of ada", "Name of ada"]);
    const undone = await api.mutate("ada", "assignRuns", { assignments: answer.undo });
    expect(assignees(undone).toSorted((one, other) => String(one).localeCompare(String(other)))).toEqual(["Name of ben", undefined]);
  });

  it("assigns only runs that no one else has reassigned since", async () => {
    const assign = (by: "ada" | "ben", assignment: object) =>
      api.mutate(by, "assignRuns", { assignments: [{ runIds: keys(3), ...assignment }] });
    const answer = await assign("ada", { assigneeId: user("ada"), previousAssigneeId: null });
    expect(skippedOf(await assign("ben", { assigneeId: user("ben"), previousAssigneeId: null }))).toEqual({ "RUN-3": "CHANGED_SINCE" });
    await assign("ben", { assigneeId: user("ben"), previousAssigneeId: user("ada") });
    const undone = await api.mutate("ada", "assignRuns", { assignments: answer.undo });
    expect(undone.items).toMatchObject([{ skipped: "CHANGED_SINCE", run: { assignee: { name: "Name of ben" } } }]);
  });

  it("refuses people who are no members", async () => {
    const answer = await api.mutate("ada", "assignRuns", { assignments: [{ runIds: keys(1), assigneeId: user("stranger") }] });
    expect(answer).toMatchObject({ __typename: "InvalidInputError", field: "input.assignments.0.assigneeId" });
  });
});

describe("starting runs again", () => {
  const jobs = async () => {
    const [row] = await api.database.connection.$queryRawUnsafe<{ count: number }[]>("SELECT count(*)::int FROM pareidolia_jobs.job");
    return row?.count ?? 0;
  };

  it("starts a run with the same plan and seed for each, with its job", async () => {
    const before = await jobs();
    const { runs, items } = await api.mutate("ada", "rerunRuns", { runIds: keys(1, 2), seeds: "SAME" });
    expect(items).toHaveLength(2);
    expect(
      runs.map(({ seed, state, experiment }: { seed: number; state: string; experiment: { key: string } }) => [
        seed,
        state,
        experiment.key,
      ]),
    ).toEqual([
      [1, "QUEUED", "EXP-1"],
      [2, "QUEUED", "EXP-2"],
    ]);
    expect(await jobs()).toBe(before + 2);
    const { node } = await api.read("ada", '{ node(id: "RUN-1") { ... on Run { parameters } } }');
    expect(runs[0].parameters).toEqual(node.parameters);
  });

  it("starts further replicates with the next seeds", async () => {
    const { runs } = await api.mutate("ada", "rerunRuns", { runIds: keys(3), seeds: "NEXT" });
    const { runs: more } = await api.mutate("ada", "rerunRuns", { runIds: ["RUN-3", runs[0].key], seeds: "NEXT" });
    expect([...runs, ...more].map(({ seed }: { seed: number }) => seed)).toEqual([4, 5, 6]);
  });

  it("starts nothing twice for one idempotency key, also for requests at the same time", async () => {
    const rerun = () => api.mutate("ada", "rerunRuns", { runIds: keys(4, 5), seeds: "NEXT", idempotencyKey: "key" });
    const answers = [...(await Promise.all([rerun(), rerun()])), await rerun()];
    const started = answers.map(({ runs }) => runs.map(({ key }: { key: string }) => key));
    expect(started[1]).toEqual(started[0]);
    expect(started[2]).toEqual(started[0]);
    const other = await api.mutate("ada", "rerunRuns", { runIds: keys(4, 6), seeds: "NEXT", idempotencyKey: "key" });
    expect(other.__typename).toBe("ConflictError");
  });

  it("skips runs of archived and locked experiments", async () => {
    await api.mutate("ada", "archiveExperiments", { experimentIds: ["EXP-11"] });
    await api.lock("EXP-12", true);
    const answer = await api.mutate("ada", "rerunRuns", { runIds: keys(11, 12), seeds: "SAME" });
    expect(skippedOf(answer)).toEqual({ "RUN-11": "EXPERIMENT_ARCHIVED", "RUN-12": "LOCKED" });
    expect(answer.runs).toEqual([]);
  });
});
