/** Every mutation of webhooks over HTTP: who may, which addresses, what it leaves behind, and what a worker then sends. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { openSecret } from "@pareidolia/persistence/workspace/webhooks/sealedSecret";
import type { DeliveryContext } from "@pareidolia/workers/webhooks/deliverWebhook";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { deliverWebhooks } from "../../../support/deliverWebhooks.ts";
import { members, startTrackingApi, type TrackingApi } from "../../../support/trackingApi.ts";

type Name = keyof typeof members;

let api: TrackingApi;
let receiver: Server;
let received: { readonly id: string; readonly signature: string; readonly body: string }[];
const installation = "s".repeat(32);

beforeAll(async () => {
  api = await startTrackingApi(1);
  receiver = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => (body += chunk));
    request.on("end", () => {
      const { "webhook-id": id, "webhook-signature": signature } = request.headers;
      received.push({ id: String(id), signature: String(signature), body });
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

const hook = "webhook { id name url kinds personal pausedAt disabledAt failingSince previousUntil }";
const delivery = "delivery { id messageId kind state attempts body status failure }";
const mutations = {
  createWebhook: ["CreateWebhookInput", `... on CreateWebhookSuccess { secret ${hook} }`],
  changeWebhook: ["ChangeWebhookInput", `... on ChangeWebhookSuccess { ${hook} }`],
  rotateWebhookSecret: ["WebhookInput", `... on RotateWebhookSecretSuccess { secret ${hook} }`],
  deleteWebhook: ["WebhookInput", "... on DeleteWebhookSuccess { deletedId }"],
  testWebhook: ["WebhookInput", `... on TestWebhookSuccess { ${delivery} }`],
  replayDeliveries: ["ReplayDeliveriesInput", "... on ReplayDeliveriesSuccess { count webhook { id } }"],
  replayDelivery: ["ReplayDeliveryInput", `... on ReplayDeliverySuccess { ${delivery} }`],
} as const;

async function send(by: Name, name: keyof typeof mutations, input: object) {
  const [type, selection] = mutations[name];
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) { __typename ${selection}
    ... on Error { message } ... on InvalidInputError { field } } }`;
  const { body } = await api.query(query, { input }, members[by]);
  if (body.errors !== undefined) throw new Error(JSON.stringify(body.errors));
  return body.data[name];
}

const described = { name: "Hook", url: "https://hooks.lab.example/x?key=SECRET", kinds: ["RUN_FAILED"] };
const create = async (by: Name, input: object = {}) => {
  const answer = await send(by, "createWebhook", { ...described, personal: true, ...input });
  if (answer.__typename !== "CreateWebhookSuccess") throw new Error(JSON.stringify(answer));
  return { ...(answer.webhook as { id: string; url: string }), secret: answer.secret as string };
};
/** With an address that would be refused: webhooks from before the check have such addresses, and here the receiver is on this machine. */
const createAt = async (url: string) => {
  const webhook = await create("ada");
  await api.database.connection.webhook.updateMany({ where: { url: described.url }, data: { url } });
  return { ...webhook, url };
};
const listed = async (by: Name) => (await api.read(by, "{ webhooks { id name } }")).webhooks as { id: string; name: string }[];
const deliveriesOf = async (by: Name, webhookId: string) =>
  (
    await api.read(
      by,
      `{ node(id: "${webhookId}") { ... on Webhook { deliveries { nodes { id messageId state status failure attempts body } } } } }`,
    )
  ).node?.deliveries.nodes;
const local = () => `http://rebinding.lab.example:${(receiver.address() as AddressInfo).port}/`;
const deliver = (options: Partial<DeliveryContext> = {}) =>
  deliverWebhooks({ database: api.database, secret: installation, publicUrl: null, ...options });
const due = () =>
  api.database.connection.webhookDelivery.updateMany({ where: { nextAttemptAt: { not: null } }, data: { nextAttemptAt: new Date(0) } });

describe("members", () => {
  it("of every role create their own, and only owners one of the workspace", async () => {
    for (const name of ["owner", "ada", "viewer"] as const) expect((await create(name)).secret).toMatch(/^whsec_[A-Za-z0-9+/=]{44}$/);
    await create("owner", { personal: false, name: "Shared" });
    for (const name of ["ada", "viewer"] as const) {
      const refused = await send(name, "createWebhook", { ...described, personal: false });
      expect(refused.__typename, name).toBe("ForbiddenError");
    }
    expect((await listed("owner")).map(({ name }) => name)).toEqual(["Hook", "Shared"]);
    for (const name of ["ada", "viewer"] as const) expect(await listed(name)).toHaveLength(1);
    expect(await listed("ben")).toEqual([]);
  });

  it("find neither those of other members, of the workspace, nor of another workspace", async () => {
    const own = await create("ada");
    const shared = await create("owner", { personal: false });
    const sent = (await send("ada", "testWebhook", { webhookId: own.id })).delivery;
    await due();
    await deliver();
    const attempts: readonly (readonly [Name, string])[] = [
      ["owner", own.id],
      ["ben", own.id],
      ["stranger", own.id],
      ["ada", shared.id],
      ["viewer", shared.id],
      ["stranger", shared.id],
    ];
    for (const [name, webhookId] of attempts) {
      for (const mutation of ["changeWebhook", "rotateWebhookSecret", "testWebhook", "deleteWebhook"] as const)
        expect(await send(name, mutation, { webhookId }), `${name} ${mutation}`).toMatchObject({
          __typename: "NotFoundError",
          message: "There is no such webhook.",
        });
      expect(await deliveriesOf(name, webhookId)).toBeUndefined();
    }
    for (const name of ["owner", "ben", "stranger"] as const)
      expect((await send(name, "replayDelivery", { deliveryId: sent.id })).__typename).toBe("NotFoundError");
    expect(await listed("ada")).toHaveLength(1);
    expect(await api.database.connection.webhookDelivery.count()).toBe(1);
  });

  it("have at most twenty, also if they create many at the same time", async () => {
    const answers = await Promise.all(Array.from({ length: 26 }, () => send("ada", "createWebhook", { ...described, personal: true })));
    expect(answers.filter(({ __typename }) => __typename === "CreateWebhookSuccess")).toHaveLength(20);
    expect(new Set(answers.map(({ message }) => message ?? ""))).toEqual(
      new Set(["", "There can be at most 20 webhooks. Delete one of them first."]),
    );
    await create("ben");
  });
});

describe("an address", () => {
  const form = "Write the address as https://host/path.";
  const notPublic = "The address is not a host on the public internet.";
  /** Addresses to which nothing is posted. */
  const nowhere = [
    "https://127.0.0.1/",
    "https://10.0.0.1/",
    "https://169.254.169.254/latest/meta-data/",
    "https://[::1]/",
    "https://[::ffff:192.168.0.1]/",
    "https://2130706433/",
    "https://localhost/",
    "https://database/",
    "https://queue.lab.internal./",
    "http://hooks.lab.example/",
  ];

  const refused: readonly (readonly [which: string, url: string, message: string])[] = [
    ["that is empty", "", form],
    ["without a scheme", "hooks.lab.example", form],
    ["of FTP", "ftp://hooks.lab.example/", form],
    ["of a script", "javascript:alert(1)", form],
    ["of a file", "file:///etc/passwd", form],
    ["of more than 2,000 characters", `https://hooks.lab.example/${"x".repeat(2_000)}`, form],
    ["with a password", "https://user:word@hooks.lab.example/", "The address contains a user name or password."],
    ...nowhere.map((url) => [url, url, url.startsWith("http:") ? "Only https is allowed." : notPublic] as const),
  ];

  it.each(refused)("%s is refused when it is written", async (_which, url, message) => {
    const answer = { __typename: "InvalidInputError", field: "input.url", message };
    expect(await send("ada", "createWebhook", { ...described, url, personal: true })).toEqual(answer);
    const { id } = await create("ada");
    expect(await send("ada", "changeWebhook", { webhookId: id, url })).toEqual(answer);
  });

  it.each(nowhere)("%s of an older webhook gets nothing, and the list of deliveries says why", async (url) => {
    const { id } = await createAt(url);
    await send("ada", "testWebhook", { webhookId: id });
    expect(await deliver({ resolve: async () => [{ address: "93.184.215.14", family: 4 }] })).toBe(1);
    const [only] = await deliveriesOf("ada", id);
    expect(only).toMatchObject({ state: "WAITING", status: null, attempts: 1 });
    expect(only.failure).toMatch(/^(The address is not a host on the public internet|Only https is allowed)\.$/);
    expect(received).toEqual([]);
  });

  it("is checked at every attempt: a name that later leads into our network gets nothing more", async () => {
    const { id } = await createAt(local());
    await send("ada", "testWebhook", { webhookId: id });
    const at = (address: string): Partial<DeliveryContext> => ({ allowLoopback: true, resolve: async () => [{ address, family: 4 }] });
    await deliver(at("127.0.0.1"));
    const [first] = await deliveriesOf("ada", id);
    expect(first).toMatchObject({ state: "DELIVERED", status: 204, failure: null });
    await send("ada", "replayDelivery", { deliveryId: first.id });
    await deliver(at("10.0.0.1"));
    expect((await deliveriesOf("ada", id))[0]).toMatchObject({
      state: "WAITING",
      status: null,
      failure: "The address is not a host on the public internet.",
    });
    expect(received).toHaveLength(1);
  });
});

describe("a webhook", () => {
  it("needs a name and a kind, and never gets the kind that says it is turned off", async () => {
    for (const [change, field] of [
      [{ name: " " }, "input.name"],
      [{ name: "x".repeat(101) }, "input.name"],
      [{ kinds: [] }, "input.kinds"],
      [{ kinds: ["WEBHOOK_DISABLED"] }, "input.kinds"],
    ] as const)
      expect(await send("ada", "createWebhook", { ...described, personal: true, ...change })).toMatchObject({
        __typename: "InvalidInputError",
        field,
      });
    expect(await listed("ada")).toEqual([]);
  });

  it("is changed, paused and resumed; a repeated request changes nothing more", async () => {
    const { id } = await create("ada");
    const changed = (await send("ada", "changeWebhook", { webhookId: id, name: "Other", kinds: ["RUN_SUCCEEDED", "RUN_FAILED"] })).webhook;
    expect(changed).toMatchObject({ name: "Other", url: described.url, kinds: ["RUN_SUCCEEDED", "RUN_FAILED"], pausedAt: null });
    const [first, second] = [
      await send("ada", "changeWebhook", { webhookId: id, paused: true }),
      await send("ada", "changeWebhook", { webhookId: id, paused: true }),
    ];
    expect(first.webhook.pausedAt).not.toBeNull();
    expect(second.webhook.pausedAt).toBe(first.webhook.pausedAt);
    expect(await send("ada", "testWebhook", { webhookId: id })).toMatchObject({
      __typename: "ConflictError",
      message: "The webhook is paused or turned off. Resume it first.",
    });
    await api.database.connection.webhook.updateMany({ data: { disabledAt: new Date(), failingSince: new Date() } });
    expect((await send("ada", "changeWebhook", { webhookId: id, paused: false })).webhook).toMatchObject({
      pausedAt: null,
      disabledAt: null,
      failingSince: null,
    });
    expect((await send("ada", "testWebhook", { webhookId: id })).__typename).toBe("TestWebhookSuccess");
  });

  it("shows its secret only when it is made; a rotation keeps the one before for a day", async () => {
    const { id, secret } = await create("ada");
    const rotated = await send("ada", "rotateWebhookSecret", { webhookId: id });
    expect(rotated.secret).toMatch(/^whsec_/);
    expect(rotated.secret).not.toBe(secret);
    expect(Date.parse(rotated.webhook.previousUntil) - Date.now()).toBeGreaterThan(23 * 3_600_000);
    const row = await api.database.connection.webhook.findFirstOrThrow();
    expect(openSecret(installation, row.id, row.secret)).toBe(rotated.secret);
    expect(openSecret(installation, row.id, row.previousSecret ?? "")).toBe(secret);
    const again = await send("ada", "rotateWebhookSecret", { webhookId: id });
    const after = await api.database.connection.webhook.findFirstOrThrow();
    expect(openSecret(installation, row.id, after.previousSecret ?? "")).toBe(rotated.secret);
    expect(openSecret(installation, row.id, after.secret)).toBe(again.secret);
    expect((await api.query(`{ node(id: "${id}") { ... on Webhook { secret } } }`, {}, members.ada)).status).toBe(400);
  });

  it("is deleted with its deliveries, once", async () => {
    const { id } = await create("ada");
    await send("ada", "testWebhook", { webhookId: id });
    expect(await send("ada", "deleteWebhook", { webhookId: id })).toEqual({ __typename: "DeleteWebhookSuccess", deletedId: id });
    expect((await send("ada", "deleteWebhook", { webhookId: id })).__typename).toBe("NotFoundError");
    expect(await api.database.connection.webhookDelivery.count()).toBe(0);
    expect(await deliver()).toBe(0);
  });

  it("is in the audit log with the origin of its address, never with the rest of it or a secret", async () => {
    const { id, secret } = await create("ada");
    const { secret: rotated } = await send("ada", "rotateWebhookSecret", { webhookId: id });
    await send("ada", "changeWebhook", { webhookId: id, url: "https://other.example/SECRET" });
    await send("ada", "testWebhook", { webhookId: id });
    await due();
    await api.database.connection.webhookDelivery.updateMany({ data: { nextAttemptAt: null } });
    const [only] = await deliveriesOf("ada", id);
    await send("ada", "replayDelivery", { deliveryId: only.id });
    await send("ada", "deleteWebhook", { webhookId: id });
    const actions = ["create", "rotate", "change", "test", "replay", "delete"].map((action) => `webhook:${action}`);
    for (const action of actions) {
      const text = JSON.stringify((await api.audited(action)).at(-1));
      expect(text, action).toContain('"Hook"');
      for (const hidden of ["SECRET", secret, rotated]) expect(text, action).not.toContain(hidden);
    }
    expect(JSON.stringify((await api.audited("webhook:change")).at(-1))).toContain("https://other.example");
  });
});

describe("a delivery", () => {
  it("of a test is sent once by workers that look at the same time; each test is a message of its own", async () => {
    const { id } = await createAt(local());
    const tests = await Promise.all([1, 2, 3].map(() => send("ada", "testWebhook", { webhookId: id })));
    const ids = tests.map((answer) => answer.delivery.messageId as string);
    const options: Partial<DeliveryContext> = { allowLoopback: true, resolve: async () => [{ address: "127.0.0.1", family: 4 }] };
    await Promise.all([deliver(options), deliver(options), deliver(options)]);
    // A webhook's deliveries beyond the first two wait for the next look, if all workers looked before the first claim.
    await deliver(options);
    expect(received.map((message) => message.id).toSorted()).toEqual(ids.toSorted());
    expect(received.every(({ body }) => JSON.parse(body).type === "webhook.test")).toBe(true);
    expect((await deliveriesOf("ada", id)).map(({ state }: { state: string }) => state)).toEqual(["DELIVERED", "DELIVERED", "DELIVERED"]);
  });

  it("is sent again with the same id and body, and not twice for two requests", async () => {
    const { id } = await createAt(local());
    await send("ada", "testWebhook", { webhookId: id });
    const options: Partial<DeliveryContext> = { allowLoopback: true, resolve: async () => [{ address: "127.0.0.1", family: 4 }] };
    await deliver(options);
    const [only] = await deliveriesOf("ada", id);
    const answers = await Promise.all([1, 2, 3].map(() => send("ada", "replayDelivery", { deliveryId: only.id })));
    expect(answers.filter(({ __typename }) => __typename === "ReplayDeliverySuccess")).toHaveLength(1);
    expect(answers.filter(({ __typename }) => __typename === "ConflictError")).toHaveLength(2);
    expect(answers.find(({ __typename }) => __typename === "ConflictError")?.message).toBe("This delivery waits for an attempt already.");
    await deliver(options);
    await deliver(options);
    expect(received).toHaveLength(2);
    expect(received[0]).toMatchObject({ id: received[1]?.id, body: received[1]?.body });
    expect(await deliveriesOf("ada", id)).toMatchObject([{ state: "DELIVERED", attempts: 1 }]);
  });

  it("is replayed with all others that were given up since a given time; delivered and waiting ones are not", async () => {
    const { id } = await createAt(local());
    for (let i = 0; i < 4; i++) await send("ada", "testWebhook", { webhookId: id });
    const { connection } = api.database;
    const [old, late, delivered, waiting] = await connection.webhookDelivery.findMany({ orderBy: { createdAt: "asc" } });
    const change = (delivery: typeof old, data: object) => connection.webhookDelivery.update({ where: { id: delivery?.id ?? "" }, data });
    const givenUp = { nextAttemptAt: null, attempts: 10, status: 500, failure: "The receiver answered with 500." };
    const since = new Date(Date.now() - 3_600_000);
    await change(old, { ...givenUp, createdAt: new Date(since.getTime() - 1) });
    await change(late, { ...givenUp, createdAt: since });
    await change(delivered, { nextAttemptAt: null, attempts: 1, status: 204, deliveredAt: new Date() });
    await change(waiting, { nextAttemptAt: new Date("2100-01-01T00:00:00Z"), attempts: 1, status: 500 });
    const input = { webhookId: id, since: since.toISOString() };
    expect((await send("ben", "replayDeliveries", input)).__typename).toBe("NotFoundError");
    await send("ada", "changeWebhook", { webhookId: id, paused: true });
    expect((await send("ada", "replayDeliveries", input)).message).toBe("The webhook is paused or turned off. Resume it first.");
    await send("ada", "changeWebhook", { webhookId: id, paused: false });
    expect(await send("ada", "replayDeliveries", input)).toMatchObject({ count: 1, webhook: { id } });
    await deliver({ allowLoopback: true, resolve: async () => [{ address: "127.0.0.1", family: 4 }] });
    expect(received.map((message) => message.id)).toEqual([late?.id]);
    expect((await send("ada", "replayDeliveries", input)).count).toBe(0);
    expect(JSON.stringify((await api.audited("webhook:replay")).at(-1))).toContain(since.toISOString());
  });
});
