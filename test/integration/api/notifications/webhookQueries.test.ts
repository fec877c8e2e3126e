/** A webhook's own query: checked and costed when it is saved, answered with its writer's rights, and sent in the payload. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createServices } from "@pareidolia/api/assembly/createServices";
import { createSchema } from "@pareidolia/api/schema";
import { type AnswerContext, answerQueries, startAnswering } from "@pareidolia/api/webhook/answerQueries";
import type { ActorKey } from "@pareidolia/core/actor";
import { localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { deliverWebhooks } from "../../../support/deliverWebhooks.ts";
import { members, startTrackingApi, type TrackingApi } from "../../../support/trackingApi.ts";

let api: TrackingApi;
let receiver: Server;
let received: { readonly type: string; readonly data: { readonly query?: object } }[];
let context: AnswerContext;

beforeAll(async () => {
  api = await startTrackingApi(4);
  // The answers read runs, members and tags only.
  const resources = { database: api.database } as Parameters<typeof createServices>[0];
  context = {
    database: api.database,
    schema: await createSchema(),
    services: createServices(resources),
    costBuckets: null,
    logger: pino({ level: "silent" }),
  };
  receiver = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => (body += chunk));
    request.on("end", () => {
      received.push(JSON.parse(body));
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
  await api.close();
});
beforeEach(async () => {
  received = [];
  await api.database.connection.webhook.deleteMany();
});

const ofRun = "query ($id: ID!) { node(id: $id) { ... on Run { key state assignee { name } } } viewer { user { name } role } }";

type Name = keyof typeof members;
async function send(by: Name, name: "createWebhook" | "changeWebhook" | "testWebhook", input: object, key?: ActorKey) {
  const [type, fields] = {
    createWebhook: ["CreateWebhookInput", "... on CreateWebhookSuccess { webhook { id query } }"],
    changeWebhook: ["ChangeWebhookInput", "... on ChangeWebhookSuccess { webhook { id query } }"],
    testWebhook: ["WebhookInput", "... on TestWebhookSuccess { delivery { id } }"],
  }[name];
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) { __typename ${fields} ... on Error { message } ... on InvalidInputError { field } } }`;
  const { body } = await api.query(query, { input }, { ...members[by], ...(key === undefined ? {} : { key }) });
  return body.data[name];
}
const address = "https://hooks.lab.example/";
const create = async (by: Name, query: string | null, more: object = {}) => {
  const answer = await send(by, "createWebhook", { name: "Hook", url: address, kinds: ["ASSIGNED"], personal: true, query, ...more });
  // Addresses on this machine are refused when they are saved, and the receiver is here.
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
  await api.database.connection.webhook.updateMany({ where: { url: address }, data: { url } });
  return answer;
};
const idOf = async (name: Name): Promise<string> => (await api.read(name, "{ viewer { user { id } } }")).viewer.user.id;
const assign = async (run: number, to: Name) => api.mutate("owner", "updateRun", { runId: `RUN-${run}`, assigneeId: await idOf(to) });
const deliver = () =>
  deliverWebhooks({ database: api.database, secret: "s".repeat(32), publicUrl: new URL("https://lab.example"), allowLoopback: true });

describe("a message", () => {
  it("waits for the answer of the API, and has the answer for its writer", async () => {
    await create("ada", ofRun);
    await assign(1, "ada");
    expect(await deliver()).toBe(0);
    expect(await answerQueries(context)).toBe(1);
    expect(await answerQueries(context)).toBe(0);
    expect(await deliver()).toBe(1);
    expect(received).toMatchObject([
      {
        type: "run.assigned",
        data: {
          subject: { key: "RUN-1" },
          query: {
            data: {
              node: { key: "RUN-1", state: "QUEUED", assignee: { name: "Name of ada" } },
              viewer: { user: { name: "Name of ada" }, role: "RESEARCHER" },
            },
          },
        },
      },
    ]);
  });

  it("is sent after a minute without an answer, and says so; one without a query does not wait", async () => {
    await create("ada", ofRun);
    await create("ada", null);
    await assign(2, "ada");
    expect(await deliver()).toBe(1);
    await api.database.connection.webhookDelivery.updateMany({ data: { createdAt: new Date(Date.now() - 61_000) } });
    expect(await deliver()).toBe(1);
    expect(received.map(({ data }) => data.query)).toEqual([
      undefined,
      { errors: [{ message: "The API did not answer the query within a minute.", extensions: { code: "UNAVAILABLE" } }] },
    ]);
  });

  it("has an error instead once the writer has lost access, or for a test, which has no subject", async () => {
    const { webhook } = await create("owner", ofRun, { personal: false });
    await api.database.connection.webhook.updateMany({ data: { queryById: "ben" } });
    const key = { workspaceId_userId: { workspaceId: localWorkspaceId, userId: "ben" } };
    await api.database.connection.membership.update({ where: key, data: { suspendedAt: new Date() } });
    await assign(3, "ada");
    await answerQueries(context);
    await api.database.connection.membership.update({ where: key, data: { suspendedAt: null } });
    await send("owner", "testWebhook", { webhookId: webhook.id });
    await answerQueries(context);
    await deliver();
    const codes = received.map(({ type, data }): [string, string | undefined] => [
      type,
      (data.query as { errors: { extensions: { code: string } }[] }).errors[0]?.extensions.code,
    ]);
    expect(new Map(codes)).toEqual(
      new Map([
        ["run.assigned", "FORBIDDEN"],
        ["webhook.test", "NOT_FOUND"],
      ]),
    );
  });

  it("is answered by the API's timer", async () => {
    await create("ada", "{ viewer { role } }");
    const stop = startAnswering(context);
    try {
      await assign(4, "ada");
      await expect
        .poll(() => api.database.connection.webhookDelivery.count({ where: { answer: { not: null } } }), { timeout: 10_000 })
        .toBe(1);
    } finally {
      await stop();
    }
    await deliver();
    expect(received[0]?.data.query).toEqual({ data: { viewer: { role: "RESEARCHER" } } });
  });
});

describe("a query", () => {
  it.each([
    ["that cannot be parsed", "{", /^Syntax Error/],
    ["with an unknown field", "{ nothing }", /^Cannot query field/],
    ["that is a mutation", 'mutation { createExperiment(input: { name: "x" }) { __typename } }', /^Write one query/],
    ["that is a subscription", "subscription { notificationChanges { unread } }", /^Write one query/],
    ["of two operations", "query A { viewer { role } } query B { viewer { role } }", /^Write one query/],
    ["with another variable", "query ($n: Int) { runs(first: $n) { totalCount } }", /^The only variable is \$id/],
    [
      "that costs too much",
      "{ runs(first: 100) { nodes { key events(first: 100) { nodes { seq } } } } }",
      /^This query costs \d+; a webhook's may/,
    ],
    ["that is too long", `{ viewer { role } } #${"x".repeat(10_000)}`, /^A query has at most 10,000 characters\.$/],
  ])("%s is not saved", async (_which, query, message) => {
    const refused = { __typename: "InvalidInputError", field: "input.query", message: expect.stringMatching(message) };
    expect(await create("ada", query)).toEqual(refused);
    const { webhook } = await create("ada", null);
    expect(await send("ada", "changeWebhook", { webhookId: webhook.id, query })).toEqual(refused);
  });

  it("is not written by an API key, which also sends no answers elsewhere", async () => {
    const key = { id: "key", scopes: ["ADMIN"] } as const;
    const stored = { workspaceId: localWorkspaceId, userId: "ada", name: "Key", prefix: "pdl_key", secretHash: "hash" };
    await api.database.connection.apiKey.create({ data: { ...key, ...stored, scopes: [...key.scopes] } });
    const hook = { name: "Hook", url: "https://lab.example/", kinds: ["ASSIGNED"], personal: true };
    const refused = { __typename: "ForbiddenError", message: expect.stringMatching(/^No API key may write the query/) };
    expect(await send("ada", "createWebhook", { ...hook, query: ofRun }, key)).toMatchObject(refused);
    const { webhook } = await create("ada", ofRun);
    for (const change of [{ query: "{ viewer { role } }" }, { url: "https://other.example/" }])
      expect(await send("ada", "changeWebhook", { webhookId: webhook.id, ...change }, key)).toMatchObject(refused);
    expect((await send("ada", "changeWebhook", { webhookId: webhook.id, name: "Other" }, key)).__typename).toBe("ChangeWebhookSuccess");
  });

  it("is charged to its writer", async () => {
    const charged: unknown[] = [];
    const costBuckets = {
      charge: async ({ userId }: { readonly userId: string }, cost: number) => {
        charged.push([userId, cost > 0]);
        return { accepted: false };
      },
    } as unknown as AnswerContext["costBuckets"];
    await create("ada", "{ viewer { role } }");
    await assign(1, "ben");
    await assign(1, "ada");
    expect(await answerQueries({ ...context, costBuckets })).toBe(1);
    await deliver();
    expect(charged).toEqual([["ada", true]]);
    expect(received[0]?.data.query).toMatchObject({ errors: [{ extensions: { code: "RATE_LIMITED" } }] });
  });

  it("stays when other fields change, and an empty one removes it", async () => {
    const { webhook } = await create("ada", ofRun);
    expect(webhook.query).toBe(ofRun);
    expect((await send("ada", "changeWebhook", { webhookId: webhook.id, name: "Other" })).webhook.query).toBe(ofRun);
    expect((await api.database.connection.webhook.findFirstOrThrow()).queryById).toBe("ada");
    expect((await send("ada", "changeWebhook", { webhookId: webhook.id, query: "" })).webhook.query).toBeNull();
    expect((await api.database.connection.webhook.findFirstOrThrow()).queryById).toBeNull();
  });

  it("of the workspace's webhook has the rights of the owner who changed it last", async () => {
    const { webhook } = await create("owner", "{ viewer { role } }", { personal: false });
    await send("owner", "changeWebhook", { webhookId: webhook.id, name: "Other" });
    expect((await api.database.connection.webhook.findFirstOrThrow()).queryById).toBe(members.owner.userId);
  });
});
