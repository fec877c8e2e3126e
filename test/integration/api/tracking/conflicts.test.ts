/** Two members change one value: the second is told what the first has stored and who it was, and may then replace it. */
import { encodeGlobalId } from "@pareidolia/api/globalId/globalId";
import { localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { localOwner } from "../../../support/actors.ts";
import { startTrackingApi, type TrackingApi } from "../../../support/trackingApi.ts";

let api: TrackingApi;
const ids: Record<string, string> = {};

const colleague = { userId: "grace", workspaceId: localWorkspaceId, role: "OWNER" } as const;
const workspaceId = encodeGlobalId("Workspace", localWorkspaceId);
const conflict = "... on ConflictError { message present { field value changedByName changedAt } }";

// oxlint-disable-next-line typescript/no-explicit-any -- tests read any part of the response
async function send(name: string, input: object, by: typeof localOwner | typeof colleague = localOwner, selection = ""): Promise<any> {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) { __typename ... on Error { message } ${conflict} ${selection} } }`;
  const { body } = await api.query(query, { input }, by);
  if (body.errors !== undefined) throw new Error(JSON.stringify(body.errors));
  return body.data[name];
}

const list = { search: "", columns: [], groupBy: [], sort: "-created" };

beforeAll(async () => {
  api = await startTrackingApi(2);
  const { connection } = api.database;
  await connection.user.create({ data: { id: "grace", name: "Grace", email: "grace@pareidolia.example" } });
  const membership = { userId: "grace", workspaceId: localWorkspaceId, role: "OWNER" } as const;
  await connection.membership.create({ data: { id: "membership_grace", ...membership } });
  await api.mutate("owner", "tagRuns", { changes: [{ runIds: ["RUN-1"], add: ["paper"] }] });
  ids["tag"] = (await api.read("owner", "{ tags(first: 1) { nodes { id } } }")).tags.nodes[0].id;
  const { comment } = await api.mutate("owner", "addComment", { subjectId: "RUN-1", body: "First" });
  ids["comment"] = comment.id;
  const { view } = await api.mutate("owner", "createView", { list: "RUNS", name: "Mine", shared: true, state: list });
  ids["view"] = view.id;
  const described = { name: "Hook", url: "https://example.org/a", kinds: ["RUN_SUCCEEDED"], personal: false };
  const hook = await send("createWebhook", described, localOwner, "... on CreateWebhookSuccess { webhook { id } }");
  ids["webhook"] = hook.webhook.id;
  const selection = "... on RetentionRuleSuccess { rule { id } }";
  const rule = await send("createRetentionRule", { rule: { action: "DELETE_TRASHED", days: 30 } }, localOwner, selection);
  ids["rule"] = rule.rule.id;
  ids["member"] = encodeGlobalId("Member", "membership_ada");
});
afterAll(() => api.close());

const user = (name: string) => encodeGlobalId("User", name);

/** The mutation, the object, the field, and what is stored first, by the colleague, and wanted by the other. */
const changes: readonly (readonly [string, () => object, string, readonly [unknown, unknown, unknown]])[] = [
  ["renameRun", () => ({ runId: "RUN-1" }), "name", ["Old", "Of Grace", "Mine"]],
  ["updateRun", () => ({ runId: "RUN-1" }), "notes", ["Old", "Of Grace", "Mine"]],
  ["updateRun", () => ({ runId: "RUN-1" }), "assigneeId", [user("ada"), user("ben"), user("grace")]],
  ["updateExperiment", () => ({ experimentId: "EXP-1" }), "name", ["Old", "Of Grace", "Mine"]],
  ["updateExperiment", () => ({ experimentId: "EXP-1" }), "description", ["Old", "Of Grace", "Mine"]],
  ["updateExperiment", () => ({ experimentId: "EXP-1" }), "notes", ["Old", "Of Grace", "Mine"]],
  ["updateExperiment", () => ({ experimentId: "EXP-1" }), "assigneeId", [user("ada"), user("ben"), user("grace")]],
  ["setExperimentVisibility", () => ({ experimentId: "EXP-1" }), "visibility", ["PRIVATE", "PUBLIC", "UNLISTED"]],
  ["renameTag", () => ({ tagId: ids["tag"] }), "name", ["old", "of grace", "mine"]],
  ["editComment", () => ({ commentId: ids["comment"] }), "body", ["Old", "Of Grace", "Mine"]],
  ["updateView", () => ({ viewId: ids["view"] }), "name", ["Old", "Of Grace", "Mine"]],
  ["updateView", () => ({ viewId: ids["view"] }), "state", [list, { ...list, search: "lenet" }, { ...list, search: "adam" }]],
  ["changeWebhook", () => ({ webhookId: ids["webhook"] }), "name", ["Old", "Of Grace", "Mine"]],
  [
    "changeWebhook",
    () => ({ webhookId: ids["webhook"] }),
    "url",
    ["https://old.example/", "https://grace.example/", "https://mine.example/"],
  ],
  ["changeWebhook", () => ({ webhookId: ids["webhook"] }), "kinds", [["RUN_SUCCEEDED"], ["RUN_FAILED"], ["RUN_SUCCEEDED", "RUN_FAILED"]]],
  [
    "changeRetentionRule",
    () => ({ ruleId: ids["rule"] }),
    "rule",
    [30, 60, 90].map((days) => ({ action: "DELETE_TRASHED", days })) as never,
  ],
  ["renameWorkspace", () => ({ workspaceId }), "name", ["Old", "Of Grace", "Mine"]],
  ["changeMemberRole", () => ({ memberId: ids["member"] }), "role", ["RESEARCHER", "VIEWER", "LABELLER"]],
];

const previousOf = (field: string) => `previous${field[0]?.toUpperCase()}${field.slice(1)}`;

describe("a value that a colleague has changed", () => {
  it.each(changes)("is not replaced unseen: %s(%o) %s", async (name, object, field, [old, theirs, mine]) => {
    const write = (value: unknown, previous?: unknown, by?: typeof colleague) =>
      send(name, { ...object(), [field]: value, ...(previous === undefined ? {} : { [previousOf(field)]: previous }) }, by);
    const success = expect.stringMatching(/Success$/);
    expect(await write(old)).toMatchObject({ __typename: success });
    expect(await write(theirs, old, colleague)).toEqual({ __typename: success });
    const refused = await write(mine, old);
    expect(refused).toMatchObject({ __typename: "ConflictError", present: { field, changedByName: "Grace" } });
    expect(refused.message).toMatch(/ changed meanwhile\.$/);
    expect(Date.now() - Date.parse(refused.present.changedAt)).toBeLessThan(60_000);
    const { value } = refused.present;
    if (typeof theirs === "object" && !Array.isArray(theirs)) expect(value).toMatchObject(theirs as object);
    else expect(value).toEqual(theirs);
    // A user who wants the same is not in conflict; one who has seen the present value may replace it.
    expect(await write(theirs, old)).toEqual({ __typename: success });
    expect(await write(mine, value)).toEqual({ __typename: success });
  });

  it("differs from one that was empty: an assignment to no one", async () => {
    const assign = (input: object) => send("updateRun", { runId: "RUN-2", ...input });
    await assign({ assigneeId: user("ben") });
    expect(await assign({ assigneeId: user("ada"), previousAssigneeId: null })).toMatchObject({ present: { value: user("ben") } });
    await assign({ assigneeId: null });
    expect(await assign({ assigneeId: user("ada"), previousAssigneeId: user("ben") })).toMatchObject({ present: { value: null } });
    expect(await assign({ assigneeId: user("ada"), previousAssigneeId: null })).toEqual({ __typename: "UpdateRunSuccess" });
  });

  it("is not replaced by the slower of two simultaneous changes", async () => {
    for (const round of ["a", "b", "c"]) {
      const before = (await api.read("owner", `{ node(id: "${ids["view"]}") { ... on View { name } } }`)).node.name;
      const write = (by: typeof localOwner | typeof colleague) =>
        send("updateView", { viewId: ids["view"], name: `${round} of ${by.userId}`, previousName: before }, by);
      const answers = await Promise.all([write(localOwner), write(colleague)]);
      expect(answers.map(({ __typename }) => __typename).toSorted((a: string, b: string) => a.localeCompare(b))).toEqual([
        "ConflictError",
        "ViewSuccess",
      ]);
    }
  });
});
