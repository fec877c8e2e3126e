/** /email-choices/TOKEN ends a member's e-mails about one workspace by one click (RFC 8058), without a session, and reveals nothing. */
import { notificationKinds } from "@pareidolia/core/notifications/notificationKinds";
import { writeUnsubscribeToken } from "@pareidolia/persistence/workspace/notifications/unsubscribeToken";
import { localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { members, startTrackingApi, type TrackingApi } from "../../../support/trackingApi.ts";

let api: TrackingApi;
beforeAll(async () => {
  api = await startTrackingApi(1);
});
afterAll(() => api.close());
beforeEach(async () => void (await api.database.connection.notificationChoice.deleteMany()));

/** As `startTestApi` gives it to the server. */
const secret = "s".repeat(32);
const token = (membershipId: string, signedWith = secret) => writeUnsubscribeToken(signedWith, membershipId);

/** The request of a mail program: another origin, no cookie. */
const click = (path: string, init: RequestInit = {}) =>
  fetch(`${api.url}/email-choices/${path}`, {
    method: "POST",
    redirect: "manual",
    headers: { "content-type": "application/x-www-form-urlencoded", origin: "https://mail.example" },
    body: "List-Unsubscribe=One-Click",
    ...init,
  });

const choices = async (name: "ada" | "ben") =>
  (await api.read(name, "{ notificationSettings { choices { kind product email webhook } } }")).notificationSettings.choices as {
    kind: string;
    product: boolean;
    email: boolean;
    webhook: boolean;
  }[];

describe("one click", () => {
  it("turns off the e-mails of every kind, keeps the other channels, and may be repeated", async () => {
    const before = await choices("ada");
    expect(before.some(({ email }) => email)).toBe(true);
    for (let i = 0; i < 2; i++) {
      const answer = await click(token("membership_ada"));
      expect({ status: answer.status, text: await answer.text() }).toEqual({
        status: 200,
        text: "You get no more e-mails about this workspace.",
      });
      expect(await choices("ada")).toEqual(before.map((choice) => ({ ...choice, email: false })));
    }
    expect(await api.database.connection.notificationChoice.count()).toBe(notificationKinds.length);
  });

  it("keeps what the member has chosen, and changes no other member", async () => {
    const others = await choices("ben");
    const chosen = {
      workspaceId: localWorkspaceId,
      userId: members.ada.userId,
      kind: "RUN_SUCCEEDED",
      product: false,
      email: true,
      webhook: false,
    };
    await api.database.connection.notificationChoice.create({ data: chosen });
    await click(token("membership_ada"));
    expect((await choices("ada")).find(({ kind }) => kind === "RUN_SUCCEEDED")).toEqual({
      kind: "RUN_SUCCEEDED",
      product: false,
      email: false,
      webhook: false,
    });
    expect(await choices("ben")).toEqual(others);
  });

  it("lets the member turn single kinds on again", async () => {
    await click(token("membership_ada"));
    const input = { kind: "RUN_FAILED", email: true };
    const query = "mutation ($input: ChooseNotificationsInput!) { chooseNotifications(input: $input) { __typename } }";
    await api.query(query, { input }, members.ada);
    expect((await choices("ada")).filter(({ email }) => email).map(({ kind }) => kind)).toEqual(["RUN_FAILED"]);
  });
});

describe("opening the link", () => {
  it("leads to the page with the button and changes nothing, since programs that check links open it too", async () => {
    const before = await choices("ada");
    for (const method of ["GET", "HEAD"]) {
      const answer = await click(token("membership_ada"), { method, body: null });
      expect({ status: answer.status, location: answer.headers.get("location") }).toEqual({
        status: 303,
        location: `/unsubscribe/${token("membership_ada")}`,
      });
    }
    expect(await choices("ada")).toEqual(before);
    expect(await api.database.connection.notificationChoice.count()).toBe(0);
  });

  it("leads there with any token, and only to our own site", async () => {
    for (const given of [token("missing"), "nonsense", "%2F%2Fevil.example", "..%2F..%2Fsettings"]) {
      const { status, headers } = await click(given, { method: "GET", body: null });
      expect(status).toBe(303);
      expect(headers.get("location")).toMatch(/^\/unsubscribe\/[^/]+$/);
    }
  });
});

describe("a token", () => {
  it("that this installation has not signed is refused with the same words, whatever it names", async () => {
    const [name = "", signature = ""] = token("membership_ada").split(".");
    const answers = await Promise.all(
      [
        token("membership_ada", "t".repeat(32)),
        token("missing", "t".repeat(32)),
        `${Buffer.from("membership_ben").toString("base64url")}.${signature}`,
        `${name}.`,
        `${name}.${signature.slice(1)}`,
        `${name}.${signature}x`,
        name,
        "..x",
        "%00",
        "x".repeat(4_000),
      ].map(async (given) => {
        const answer = await click(given);
        return `${answer.status} ${answer.headers.get("content-type")} ${await answer.text()}`;
      }),
    );
    expect(new Set(answers)).toEqual(
      new Set(["404 text/plain; charset=utf-8 This link is not valid. Copy the whole link from the e-mail."]),
    );
    expect(await api.database.connection.notificationChoice.count()).toBe(0);
  });

  it("of a membership that has ended says the same as one that exists, and writes nothing", async () => {
    const { connection } = api.database;
    const ended = await connection.membership.create({
      data: {
        id: "membership_gone",
        role: "VIEWER",
        user: { create: { id: "gone", name: "Gone", email: "gone@pareidolia.example" } },
        workspace: { connect: { id: localWorkspaceId } },
      },
    });
    await connection.membership.delete({ where: { id: ended.id } });
    const answers = await Promise.all([ended.id, "membership_ada"].map(async (id) => (await click(token(id))).text()));
    expect(answers[0]).toBe(answers[1]);
    expect(await connection.notificationChoice.count({ where: { userId: "gone" } })).toBe(0);
  });

  it("is needed, and other methods are refused", async () => {
    expect((await fetch(`${api.url}/email-choices/`, { method: "POST" })).status).toBe(404);
    for (const method of ["PUT", "DELETE", "PATCH"]) {
      const { status } = await click(token("membership_ada"), { method });
      expect([404, 405]).toContain(status);
    }
    expect(await api.database.connection.notificationChoice.count()).toBe(0);
  });
});
