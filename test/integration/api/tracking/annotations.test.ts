/** Names, notes, assignees, pins, tags as objects, and comments: who may change them, what a lock refuses, and what others hear of it. */
import { encodeGlobalId } from "@pareidolia/api/globalId/globalId";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { credentialsOf } from "../../../support/actors.ts";
import { openRawSocket } from "../../../support/rawSocket.ts";
import { seedRun } from "../../../support/runs.ts";
import { members, startTrackingApi, type TrackingApi } from "../../../support/trackingApi.ts";

let api: TrackingApi;
beforeAll(async () => {
  api = await startTrackingApi(6);
});
afterAll(() => api.close());

const user = (name: string) => Buffer.from(`User:${name}`).toString("base64url");
const logged = async (action: string) => (await api.audited(action)).at(-1);

describe("a run's name and notes", () => {
  it("has the given name everywhere, and the composed one again without it", async () => {
    const composed = (await api.read("ada", '{ node(id: "RUN-1") { ... on Run { name } } }')).node.name;
    expect((await api.mutate("ada", "renameRun", { runId: "RUN-1", name: "  Baseline " })).run).toEqual({
      name: "Baseline",
      givenName: "Baseline",
    });
    expect(await logged("run:rename")).toMatchObject({ subjectName: "RUN-1", before: { name: "" }, after: { name: "Baseline" } });
    const found = await api.read("ada", '{ runs(search: "baseli") { nodes { key } } }');
    expect(found.runs.nodes).toEqual([{ key: "RUN-1" }]);
    expect((await api.mutate("ben", "renameRun", { runId: "RUN-1", name: "" })).run).toEqual({ name: composed, givenName: "" });
  });

  it("is given at the start, and found by a search", async () => {
    const { models } = await api.read("ada", "{ models { nodes { id } } }");
    const input = { experimentId: "EXP-2", modelId: models.nodes[0].id, seed: 5 };
    const evolution = { ...input, encoding: "direct", preset: "paper", generations: 2, offspring: 4 };
    const started = await api.mutate("ada", "startEvolution", { ...evolution, name: " Slow burn " });
    expect(started.run).toMatchObject({ name: "Slow burn", givenName: "Slow burn" });
    const found = await api.read("ada", `{ runs(search: "name = \\"Slow burn\\"") { nodes { key } } }`);
    expect(found.runs.nodes).toEqual([{ key: started.run.key }]);
    expect(await logged("run:start")).toMatchObject({ subjectName: started.run.key, after: { name: "Slow burn" } });
    const long = await api.mutate("ada", "startEvolution", { ...evolution, name: "x".repeat(121) });
    expect(long).toMatchObject({ __typename: "InvalidInputError", field: "input.name" });
  });

  it("keeps the notes of one member from being overwritten by another who has not seen them", async () => {
    const write = (by: "ada" | "ben", notes: string, previousNotes: string) =>
      api.mutate(by, "updateRun", { runId: "RUN-1", notes, previousNotes });
    const answers = await Promise.all([write("ada", "Of Ada.", ""), write("ben", "Of Ben.", "")]);
    expect(answers.map(({ __typename }) => String(__typename)).toSorted()).toEqual(["ConflictError", "UpdateRunSuccess"]);
    const { notes } = answers.find(({ run }) => run !== undefined).run;
    expect((await write("ben", "Of both.", notes)).run.notes).toBe("Of both.");
  });

  it("keeps a name that another member has given meanwhile, if the change says which name it replaces", async () => {
    const conflict = { __typename: "ConflictError", message: "The name has changed meanwhile." };
    const rename = (name: string, previousName?: string) => api.mutate("ada", "renameRun", { runId: "RUN-1", name, previousName });
    await rename("Mine");
    expect(await rename("", "Yours")).toEqual(conflict);
    expect((await rename("", "Mine")).run.givenName).toBe("");
    const update = (name: string, previousName?: string) =>
      api.mutate("ada", "updateExperiment", { experimentId: "EXP-2", name, previousName });
    await update("Mine");
    expect(await update("First", "Yours")).toEqual(conflict);
    expect((await update("First", "Mine")).experiment.name).toBe("First");
  });

  it("refuses notes of more than 20,000 characters, and assignees who are no members", async () => {
    expect((await api.mutate("ada", "updateRun", { runId: "RUN-1", notes: "x".repeat(20_000) })).__typename).toBe("UpdateRunSuccess");
    const long = await api.mutate("ada", "updateRun", { runId: "RUN-1", notes: "x".repeat(20_001) });
    expect(long).toEqual({ __typename: "InvalidInputError", message: "Notes must not exceed 20000 characters.", field: "input.notes" });
    const assigned = await api.mutate("ada", "updateRun", { runId: "RUN-1", assigneeId: user("stranger") });
    expect(assigned).toMatchObject({ __typename: "InvalidInputError", field: "input.assigneeId" });
    expect((await api.mutate("ada", "updateRun", { runId: "RUN-1", assigneeId: user("ben") })).run.assignee).toEqual({
      name: "Name of ben",
    });
    expect((await api.mutate("ada", "updateRun", { runId: "RUN-1", assigneeId: null })).run.assignee).toBeNull();
  });

  it("changes an experiment in the same way", async () => {
    const change = { name: "Renamed", notes: "Why.", description: "What.", assigneeId: user("ada") };
    const { experiment } = await api.mutate("ada", "updateExperiment", { experimentId: "EXP-2", ...change });
    expect(experiment).toEqual({ name: "Renamed", notes: "Why.", description: "What.", assignee: { name: "Name of ada" } });
    expect(await logged("experiment:update")).toMatchObject({ subjectName: "EXP-2", after: { name: "Renamed", notes: "Why." } });
    const empty = await api.mutate("ada", "updateExperiment", { experimentId: "EXP-2", name: " " });
    expect(empty).toMatchObject({ __typename: "InvalidInputError", field: "input.name" });
  });

  it("refuses viewers, members of other workspaces, and everyone while it is locked", async () => {
    const rename = (by: "viewer" | "stranger" | "owner", runId: string) => api.mutate(by, "renameRun", { runId, name: "No" });
    expect((await rename("viewer", "RUN-3")).__typename).toBe("ForbiddenError");
    expect((await rename("stranger", await api.idOf("RUN-3"))).__typename).toBe("NotFoundError");
    await api.lock("RUN-3", true);
    expect(await rename("owner", "RUN-3")).toMatchObject({
      __typename: "ConflictError",
      message: "A former member locked RUN-3. Unlock RUN-3 to change it.",
    });
    expect((await api.mutate("owner", "updateRun", { runId: "RUN-3", notes: "No" })).__typename).toBe("ConflictError");
    await api.lock("EXP-3", true);
    expect((await api.mutate("owner", "updateExperiment", { experimentId: "EXP-3", notes: "No" })).__typename).toBe("ConflictError");
  });
});

describe("pins", () => {
  it("are each member's own, allow lists of what is pinned or not, and are no secret of a lock", async () => {
    await api.lock("RUN-4", true);
    expect((await api.mutate("viewer", "pin", { subjectId: "RUN-4" })).run).toEqual({ pinned: true });
    await api.mutate("viewer", "pin", { subjectId: "RUN-4" });
    const pinned = async (by: "viewer" | "ada", value: boolean) =>
      (await api.read(by, `{ runs(search: "pinned = ${value}") { nodes { key } } }`)).runs.nodes.map(({ key }: { key: string }) => key);
    expect([await pinned("viewer", true), await pinned("ada", true)]).toEqual([["RUN-4"], []]);
    expect(await pinned("viewer", false)).not.toContain("RUN-4");
    expect((await api.mutate("viewer", "unpin", { subjectId: "RUN-4" })).run).toEqual({ pinned: false });
    expect((await api.mutate("viewer", "pin", { subjectId: "EXP-4" })).experiment).toEqual({ pinned: true });
  });

  it("refuse what is no run or experiment, and those of other workspaces", async () => {
    expect((await api.mutate("ada", "pin", { subjectId: user("ada") })).__typename).toBe("InvalidInputError");
    expect((await api.mutate("stranger", "pin", { subjectId: await api.idOf("RUN-1") })).__typename).toBe("NotFoundError");
  });
});

describe("tags", () => {
  const find = async (name: string) => {
    const { tags } = await api.read(
      "viewer",
      `{ tags(filter: { search: "${name}" }) { nodes { id name runCount experimentCount } totalCount } }`,
    );
    return tags.nodes[0];
  };

  it("are listed by name with their counts, renamed wherever they are used, and deleted from everything", async () => {
    await api.mutate("ada", "tagRuns", { changes: [{ runIds: ["RUN-1", "RUN-2"], add: ["zeta", "alpha"] }] });
    await api.mutate("ada", "tagExperiments", { changes: [{ experimentIds: ["EXP-1"], add: ["zeta"] }] });
    const { id, ...zeta } = await find("ZET");
    expect(zeta).toEqual({ name: "zeta", runCount: 2, experimentCount: 1 });
    expect((await api.mutate("ada", "renameTag", { tagId: id, name: "Alpha" })).__typename).toBe("ConflictError");
    expect((await api.mutate("ada", "renameTag", { tagId: id, name: "Omega" })).tag).toEqual({ name: "omega" });
    expect(await api.tagsOf("RUN-2")).toEqual(["alpha", "omega"]);
    expect(await api.mutate("ada", "deleteTag", { tagId: id })).toMatchObject({ runCount: 2, experimentCount: 1 });
    expect(await api.tagsOf("RUN-2")).toEqual(["alpha"]);
    expect((await api.mutate("ada", "deleteTag", { tagId: id })).__typename).toBe("NotFoundError");
  });

  it("become one with a tag that has the new name, if that is requested", async () => {
    const changes = [
      { runIds: ["RUN-1"], add: ["misspelt"] },
      { runIds: ["RUN-2"], add: ["misspelt", "spelt"] },
    ];
    await api.mutate("ada", "tagRuns", { changes });
    await api.mutate("ada", "tagExperiments", { changes: [{ experimentIds: ["EXP-1"], add: ["misspelt"] }] });
    const { id } = await find("misspelt");
    const merged = await api.mutate("ada", "renameTag", { tagId: id, name: "Spelt", merge: true });
    expect(merged.tag).toEqual({ name: "spelt" });
    expect(await find("misspelt")).toBeUndefined();
    expect(await find("spelt")).toMatchObject({ runCount: 2, experimentCount: 1 });
    expect(await logged("tag:rename")).toMatchObject({
      before: { name: "misspelt", runCount: 2, experimentCount: 1 },
      after: { mergedInto: "spelt" },
    });
  });

  it("stay on locked runs: neither renamed nor deleted", async () => {
    await api.mutate("ada", "tagRuns", { changes: [{ runIds: ["RUN-5"], add: ["kept"] }] });
    await api.lock("EXP-5", true);
    const { id } = await find("kept");
    for (const [name, input] of [
      ["renameTag", { tagId: id, name: "lost" }],
      ["deleteTag", { tagId: id }],
    ] as const)
      expect(await api.mutate("owner", name, input)).toMatchObject({
        __typename: "ConflictError",
        message: expect.stringContaining("(1)"),
      });
  });
});

describe("comments", () => {
  const list = async (by: "ada" | "viewer", key: string) =>
    (await api.read(by, `{ node(id: "${key}") { ... on Run { comments { totalCount nodes { body mayEdit author { name } } } } } }`)).node
      .comments;

  it("are added once for each idempotency key, oldest first, also on a locked run", async () => {
    await api.lock("RUN-6", true);
    const add = (body: string, idempotencyKey: string) => api.mutate("ada", "addComment", { subjectId: "RUN-6", body, idempotencyKey });
    const [first, same] = await Promise.all([add("First.", "1"), add("First.", "1")]);
    expect(same.comment.id).toBe(first.comment.id);
    await add("Second.", "2");
    const author = { name: "Name of ada" };
    expect(await list("viewer", "RUN-6")).toEqual({
      totalCount: 2,
      nodes: [
        { body: "First.", mayEdit: false, author },
        { body: "Second.", mayEdit: false, author },
      ],
    });
    expect((await api.mutate("ada", "addComment", { subjectId: "RUN-1", body: "First.", idempotencyKey: "1" })).__typename).toBe(
      "ConflictError",
    );
  });

  it("with another text conflict with the first one of their key, instead of being lost", async () => {
    const add = (body: string) => api.mutate("ada", "addComment", { subjectId: "EXP-1", body, idempotencyKey: "text" });
    const { comment } = await add("First.");
    expect((await add("Another.")).__typename).toBe("ConflictError");
    await api.mutate("ada", "editComment", { commentId: comment.id, body: "Edited." });
    expect((await add("First.")).comment.id).toBe(comment.id);
    await api.mutate("ada", "deleteComment", { commentId: comment.id });
  });

  it("are changed by their author and owners only, and a deletion is taken back within the hour", async () => {
    const { comment } = await api.mutate("ada", "addComment", { subjectId: "EXP-1", body: "Mine." });
    const commentId = comment.id;
    expect((await api.mutate("ben", "editComment", { commentId, body: "No." })).__typename).toBe("ForbiddenError");
    expect((await api.mutate("ben", "deleteComment", { commentId })).__typename).toBe("ForbiddenError");
    const { comment: edited } = await api.mutate("owner", "editComment", { commentId, body: "Moderated." });
    expect(edited).toEqual({ id: commentId, body: "Moderated.", editedAt: expect.any(String) });
    expect((await api.mutate("ada", "deleteComment", { commentId })).deletedId).toBe(commentId);
    expect((await api.mutate("ben", "restoreComment", { commentId })).__typename).toBe("ForbiddenError");
    expect((await api.mutate("ada", "editComment", { commentId, body: "Gone." })).__typename).toBe("NotFoundError");
    expect((await api.mutate("ada", "restoreComment", { commentId })).comment).toMatchObject({
      body: "Moderated.",
      author: { name: "Name of ada" },
    });
    await api.mutate("ada", "deleteComment", { commentId });
    await api.database.connection.comment.updateMany({
      where: { body: "Moderated." },
      data: { deletedAt: new Date(Date.now() - 3_700_000) },
    });
    expect((await api.mutate("ada", "restoreComment", { commentId })).__typename).toBe("NotFoundError");
  });

  it("refuse viewers, other workspaces, empty texts, and more than 20,000 characters", async () => {
    const add = (by: "viewer" | "stranger" | "ada", subjectId: string, body: string) => api.mutate(by, "addComment", { subjectId, body });
    expect((await add("viewer", "RUN-1", "No")).__typename).toBe("ForbiddenError");
    expect((await add("stranger", await api.idOf("RUN-1"), "No")).__typename).toBe("NotFoundError");
    expect(await add("ada", "RUN-1", "  ")).toMatchObject({ field: "input.body", message: "A comment cannot be empty." });
    expect((await add("ada", "RUN-1", "x".repeat(20_001))).__typename).toBe("InvalidInputError");
  });
});

describe("the subscription to changes", () => {
  it("starts with a sign to read everything, then names what other members change, and nothing of other workspaces", async () => {
    const open = async (actor: (typeof members)["ada"] | (typeof members)["stranger"]) => {
      const socket = await openRawSocket(api.url, { connectionParams: credentialsOf(actor) });
      socket.subscribe("changes", "subscription { workspaceChanges { everything runIds experimentIds } }");
      expect(await socket.answer("changes")).toMatchObject({ payload: { data: { workspaceChanges: { everything: true } } } });
      return socket;
    };
    const [mine, foreign] = [await open(members.ada), await open(members.stranger)];
    const changed = () =>
      mine.received.flatMap(({ payload }) => {
        const { data } = (payload ?? {}) as {
          data?: { workspaceChanges: { everything: boolean; runIds: string[]; experimentIds: string[] } };
        };
        return data === undefined ? [] : [...data.workspaceChanges.runIds, ...data.workspaceChanges.experimentIds];
      });
    await api.mutate("ben", "tagRuns", { changes: [{ runIds: ["RUN-1", "RUN-2"], add: ["live"] }] });
    await api.mutate("ben", "addComment", { subjectId: "EXP-1", body: "Live." });
    const ids = await Promise.all(["RUN-1", "RUN-2", "EXP-1"].map(api.idOf));
    await expect.poll(() => changed().toSorted(), { timeout: 10_000 }).toEqual(ids.toSorted());
    expect(foreign.received.filter(({ id }) => id === "changes")).toHaveLength(1);
    await mine.close();
    await foreign.close();
  });

  it("names runs, experiments and sweeps that are created, trashed, deleted or make progress, and no renewal of a lease", async () => {
    const { connection } = api.database;
    const socket = await openRawSocket(api.url, { connectionParams: credentialsOf(members.ada) });
    socket.subscribe("changes", "subscription { workspaceChanges { everything runIds experimentIds sweepIds } }");
    await socket.answer("changes");
    const take = async (count: number) => {
      await expect.poll(() => socket.received.filter(({ id }) => id === "changes").length, { timeout: 10_000 }).toBe(count);
      const last = socket.received.filter(({ id }) => id === "changes").at(-1);
      return (last?.payload as { data: { workspaceChanges: object } } | undefined)?.data.workspaceChanges;
    };
    const runId = await seedRun(api.database, { seed: 99 });
    const { experimentId } = await connection.run.findUniqueOrThrow({ where: { id: runId }, select: { experimentId: true } });
    const [run, experiment] = [encodeGlobalId("Run", runId), encodeGlobalId("Experiment", experimentId)];
    const changed = { everything: false, runIds: [run], experimentIds: [experiment], sweepIds: [] };
    expect(await take(2)).toEqual(changed);
    // What a renewal changes: columns that no list shows.
    await connection.run.updateMany({ where: { id: { not: runId } }, data: { attempts: 1, speed: 12, updatedAt: new Date() } });
    await connection.run.update({ where: { id: runId }, data: { evaluations: { increment: 1 } } });
    expect(await take(3)).toEqual(changed);
    await connection.run.update({ where: { id: runId }, data: { trashedAt: new Date() } });
    expect(await take(4)).toEqual(changed);
    await connection.experiment.update({ where: { id: experimentId }, data: { trashedAt: new Date() } });
    expect(await take(5)).toEqual({ ...changed, runIds: [] });
    await connection.run.delete({ where: { id: runId } });
    expect(await take(6)).toEqual(changed);
    await socket.close();
  });

  it("names a webhook and its deliveries only to members who manage it", async () => {
    const { connection } = api.database;
    const open = async (name: "owner" | "ada" | "ben") => {
      const socket = await openRawSocket(api.url, { connectionParams: credentialsOf(members[name]) });
      socket.subscribe("changes", "subscription { workspaceChanges { everything runIds webhookIds } }");
      await socket.answer("changes");
      return socket;
    };
    const sockets = [await open("owner"), await open("ada"), await open("ben")] as const;
    const seen = () =>
      sockets.map(({ received }) =>
        received
          .filter(({ id }) => id === "changes")
          .slice(1)
          .flatMap(({ payload }) => (payload as { data: { workspaceChanges: { webhookIds: string[] } } }).data.workspaceChanges.webhookIds),
      );
    const [shared, own] = [encodeGlobalId("Webhook", "shared"), encodeGlobalId("Webhook", "own")];
    const described = {
      workspaceId: members.ada.workspaceId,
      name: "Hook",
      url: "https://lab.example",
      kinds: ["RUN_FAILED"],
      secret: "sealed",
    };
    await connection.webhook.create({ data: { ...described, id: "own", ownerId: "ada" } });
    await expect.poll(seen, { timeout: 10_000 }).toEqual([[], [own], []]);
    await connection.webhook.create({ data: { ...described, id: "shared", ownerId: null } });
    await expect.poll(seen, { timeout: 10_000 }).toEqual([[shared], [own], []]);
    const delivery = await connection.webhookDelivery.create({
      data: { id: "msg", webhookId: "own", event: "e", kind: "TEST", facts: {} },
    });
    await expect.poll(seen, { timeout: 10_000 }).toEqual([[shared], [own, own], []]);
    await connection.webhookDelivery.update({ where: { id: delivery.id }, data: { status: 500 } });
    await expect.poll(seen, { timeout: 10_000 }).toEqual([[shared], [own, own, own], []]);
    await connection.webhook.deleteMany();
    await expect.poll(seen, { timeout: 10_000 }).toEqual([[shared, shared], [own, own, own, own], []]);
    await Promise.all(sockets.map((socket) => socket.close()));
  });

  it("says that anything may have changed instead of listing too many", async () => {
    const socket = await openRawSocket(api.url, { connectionParams: credentialsOf(members.ada) });
    socket.subscribe("changes", "subscription { workspaceChanges { everything runIds } }");
    await socket.answer("changes");
    await api.database.connection
      .$executeRaw`SELECT announce_changes(${members.ada.workspaceId}, ARRAY(SELECT 'run ' || i FROM generate_series(1, 1000) i), '{}', '{}')::text`;
    await expect.poll(() => socket.received.filter(({ id }) => id === "changes").length, { timeout: 10_000 }).toBe(2);
    expect(socket.received.at(-1)?.payload).toEqual({ data: { workspaceChanges: { everything: true, runIds: [] } } });
    await socket.close();
  });
});
