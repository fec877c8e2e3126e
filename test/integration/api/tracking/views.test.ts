/** Saved views: who reads and changes them, what they keep, and what their search says once a tag is gone. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTrackingApi, type TrackingApi } from "../../../support/trackingApi.ts";

let api: TrackingApi;
beforeAll(async () => {
  api = await startTrackingApi(2);
});
afterAll(() => api.close());

const state = { search: "median > 0.9", columns: ["median", "encoding"], groupBy: ["preset"], sort: "-median" };
const create = (by: "ada" | "ben" | "owner", input: object) =>
  api.mutate(by, "createView", { list: "RUNS", name: "View", state, ...input });
const namesFor = async (by: "ada" | "ben" | "owner" | "viewer" | "stranger") =>
  (await api.read(by, "{ views(list: RUNS) { name } }")).views.map(({ name }: { name: string }) => name);
const readAs = async (by: "ada" | "ben" | "owner", id: string) =>
  (await api.read(by, `{ node(id: "${id}") { ... on View { name } } }`)).node;

describe("a private view", () => {
  it("keeps search, columns, groups and order, and exists for its owner only", async () => {
    const { view } = await create("ada", { name: " Private " });
    expect(view).toMatchObject({ ...state, name: "Private", shared: false, mayEdit: true, problem: null });
    expect(view.key).toMatch(/^VIEW-\d+$/);
    expect(await namesFor("ada")).toContain("Private");
    for (const other of ["ben", "owner", "viewer", "stranger"] as const) expect(await namesFor(other)).not.toContain("Private");
    for (const reference of [view.id, view.key]) {
      expect(await readAs("ada", reference)).toEqual({ name: "Private" });
      for (const other of ["ben", "owner"] as const) expect(await readAs(other, reference)).toBeNull();
    }
    for (const other of ["ben", "owner", "stranger"] as const) {
      expect((await api.mutate(other, "updateView", { viewId: view.id, name: "Mine" })).__typename).toBe("NotFoundError");
      expect((await api.mutate(other, "deleteView", { viewId: view.id })).__typename).toBe("NotFoundError");
    }
  });
});

describe("a shared view", () => {
  it("is read by all members and changed by its owner and the workspace's owners", async () => {
    const { view } = await create("ada", { name: "Shared", shared: true });
    for (const member of ["ben", "owner", "viewer"] as const) expect(await namesFor(member)).toContain("Shared");
    expect(await namesFor("stranger")).not.toContain("Shared");
    const change = { viewId: view.key, name: "Changed" };
    expect((await api.mutate("ben", "updateView", change)).__typename).toBe("ForbiddenError");
    expect((await api.mutate("viewer", "updateView", change)).__typename).toBe("ForbiddenError");
    expect((await api.mutate("owner", "updateView", change)).view).toMatchObject({
      ...state,
      name: "Changed",
      createdBy: { name: "Name of ada" },
    });
    expect((await api.audited("view:change")).at(-1)).toMatchObject({ before: { name: "Shared" }, after: { name: "Changed" } });
  });

  it("opens the list for those who choose it, until its owner makes it private", async () => {
    const { view } = await create("ada", { name: "First", shared: true });
    const choose = (by: "ben" | "ada") => api.mutate(by, "setDefaultView", { list: "RUNS", viewId: view.key });
    for (const member of ["ben", "ada"] as const) expect((await choose(member)).view).toEqual({ key: view.key, isDefault: true });
    await api.mutate("ada", "updateView", { viewId: view.key, shared: false });
    expect((await choose("ben")).__typename).toBe("NotFoundError");
    const defaults = async (by: "ada" | "ben") =>
      (await api.read(by, "{ views(list: RUNS) { key isDefault } }")).views.filter(({ isDefault }: { isDefault: boolean }) => isDefault);
    expect(await defaults("ada")).toEqual([{ key: view.key, isDefault: true }]);
    expect(await defaults("ben")).toEqual([]);
    await api.mutate("ada", "updateView", { viewId: view.key, shared: true });
    expect(await defaults("ben")).toEqual([]);
  });
});

describe("a view", () => {
  it("is restored within an hour of its deletion, by those who may delete it", async () => {
    const { view } = await create("ada", { name: "Deleted", shared: true });
    expect((await api.mutate("ada", "deleteView", { viewId: view.key })).deletedId).toBe(view.id);
    expect(await namesFor("ada")).not.toContain("Deleted");
    expect((await api.mutate("ben", "restoreView", { viewId: view.id })).__typename).toBe("ForbiddenError");
    expect((await api.mutate("ada", "restoreView", { viewId: view.id })).view).toMatchObject({ ...state, key: view.key });
    await api.mutate("ada", "deleteView", { viewId: view.key });
    await api.database.connection.view.updateMany({ where: { name: "Deleted" }, data: { deletedAt: new Date(Date.now() - 3_601_000) } });
    expect((await api.mutate("ada", "restoreView", { viewId: view.id })).__typename).toBe("NotFoundError");
  });

  it("is saved once by a repeated request, and refused where its search or its name is wrong", async () => {
    const once = { name: "Once", idempotencyKey: "views once" };
    const [one, two] = [await create("ada", once), await create("ada", once)];
    expect(two.view.key).toBe(one.view.key);
    expect(await create("ben", once)).toMatchObject({ __typename: "ConflictError" });
    expect(await create("ada", { name: "  " })).toMatchObject({ __typename: "InvalidInputError", field: "input.name" });
    const wrong = await create("ada", { state: { ...state, search: "medain > 0" } });
    expect(wrong).toMatchObject({ __typename: "InvalidInputError", field: "input.state.search" });
    const ungroupable = await create("ada", { state: { ...state, groupBy: ["median"] } });
    expect(ungroupable).toMatchObject({ __typename: "InvalidInputError", field: "input.state.groupBy.0" });
  });

  it("names the tag of its search that was deleted after it was saved", async () => {
    await api.mutate("ada", "tagRuns", { changes: [{ runIds: ["RUN-1"], add: ["soon gone"] }] });
    const { view } = await create("ada", { name: "Tagged", state: { ...state, search: 'tag = "soon gone"' } });
    expect(view.problem).toBeNull();
    const { id } = await api.database.connection.tag.findFirstOrThrow({ where: { name: "soon gone" } });
    await api.mutate("ada", "deleteTag", { tagId: Buffer.from(`Tag:${id}`).toString("base64url") });
    const { node } = await api.read("ada", `{ node(id: "${view.key}") { ... on View { problem { from to message } } } }`);
    expect(node.problem).toEqual({ from: 6, to: 17, message: "There is no tag `soon gone`." });
  });
});
