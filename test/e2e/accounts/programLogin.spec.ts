/**
 * Two ways to send your own documents. A program signs in with a code: the member sees the rights that it requests, approves it, and finds
 * its key in the list. A person uses GraphiQL, since a session alone may send only the operations of the pages.
 */
import { expect, type Page } from "@playwright/test";
import { expectAccessibleInBothThemes, expectFitsPhone } from "../../support/axe.ts";
import { createExperiment, test } from "../../support/browser.ts";
import { openOwner } from "../../support/browserAccounts.ts";

const client = "pareidolia on a far laptop";

const persisted = { persistedQuery: { version: 1, sha256Hash: expect.stringMatching(/^[0-9a-f]{64}$/) } };

async function requestCode(page: Page) {
  const response = await page.request.post("/auth/device/code", { data: { client_id: client, scope: "READ RUN", expires_in_days: 30 } });
  return (await response.json()) as { user_code: string; device_code: string; verification_uri_complete: string };
}

const poll = async (page: Page, deviceCode: string) => {
  const data = { grant_type: "urn:ietf:params:oauth:grant-type:device_code", device_code: deviceCode };
  return (await (await page.request.post("/auth/device/token", { data })).json()) as { access_token?: string; error?: string };
};

test("a program gets a key if the member approves it, and none if the member refuses", async ({ browser }) => {
  const page = await openOwner(browser);
  const { user_code: code, device_code: deviceCode, verification_uri_complete: link } = await requestCode(page);
  const { pathname, search } = new URL(link);
  await page.goto(`${pathname}${search}`);
  await expect(page.getByLabel("Code")).toHaveValue(code);
  await page.getByLabel("Code").fill("BBBB-BBBB");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "mistyped" })).toBeVisible();
  await page.getByLabel("Code").fill(code.toLowerCase());
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: `Let ${client} act as you?` })).toBeVisible();
  await expect(page.getByRole("definition").filter({ hasText: code })).toBeVisible();
  for (const text of ["Requested from", "where you are owner", "Create, change and delete experiments", "30 days"])
    await expect(page.getByText(text, { exact: false }).first()).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await expectFitsPhone(page);
  await page.getByRole("button", { name: "Approve" }).click();
  await expect(page.getByRole("heading", { name: "The program is signed in" })).toBeVisible();
  expect((await poll(page, deviceCode)).access_token).toMatch(/^pdl_/);
  await page.getByRole("link", { name: "See your keys" }).click();
  await expect(page.getByRole("row").filter({ hasText: client }).first()).toContainText("read");

  const refused = await requestCode(page);
  await page.goto(`/device?code=${refused.user_code}`);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: "Refuse" }).click();
  await expect(page.getByRole("heading", { name: "You refused the program" })).toBeVisible();
  expect((await poll(page, refused.device_code)).error).toBe("access_denied");
});

test("pages send operations by hash, and a session may send other documents only in GraphiQL", async ({ browser }) => {
  const page = await openOwner(browser);
  const sent: Record<string, unknown>[] = [];
  page.on("request", (request) => {
    if (request.method() === "POST" && new URL(request.url()).pathname === "/w/local/graphql") sent.push(request.postDataJSON());
  });
  const messages: string[] = [];
  page.on("websocket", (socket) => socket.on("framesent", ({ payload }) => messages.push(String(payload))));
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  const subscriptions = () => messages.filter((message) => message.includes('"type":"subscribe"'));
  await expect.poll(() => subscriptions().length).toBeGreaterThan(0);
  for (const message of subscriptions()) expect(JSON.parse(message).payload).toMatchObject({ query: "", extensions: persisted });
  expect(sent.length).toBeGreaterThan(0);
  for (const body of sent) expect(body).toEqual({ ...body, query: undefined, extensions: persisted });

  const own = { query: "{ viewer { role user { name } } }" };
  const refused = await page.evaluate(async (body) => {
    const headers = { "content-type": "application/json" };
    const response = await fetch("/graphql", { method: "POST", headers, body: JSON.stringify(body) });
    return (await response.json()).errors[0].extensions.code as unknown;
  }, own);
  expect(refused).toBe("PERSISTED_OPERATION_REQUIRED");

  await page.goto(`/graphiql#${new URLSearchParams(own)}`);
  const run = page.getByRole("button", { name: /^Execute query/ });
  const result = page.getByRole("region", { name: "Result Window" });
  await run.click();
  await expect(result).toContainText('"name": "owner-1"');
  await page.goto(`/graphiql?again#${new URLSearchParams({ query: "subscription { notificationChanges { unread } }" })}`);
  await run.click();
  await expect(result).toContainText('"unread"');
});

test("a page of an earlier version asks for a reload, and works after it", async ({ browser }) => {
  const page = await openOwner(browser);
  const name = "Made before the update";
  await createExperiment(page, name);
  await page.route("**/graphql", async (route) => {
    const body = route.request().postDataJSON() as { extensions: unknown };
    const extensions = { persistedQuery: { version: 1, sha256Hash: "0".repeat(64) } };
    await route.continue({ postData: { ...body, extensions } });
  });
  await page.goto("/experiments");
  await expect(page.getByText("Pareidolia has been updated. Reload the page.", { exact: true })).toBeVisible();
  await page.unroute("**/graphql");
  await page.getByRole("button", { name: "Reload" }).click();
  await expect(page.getByRole("row").getByRole("link", { name }).first()).toBeVisible();
  await expect(page.getByText("Pareidolia has been updated. Reload the page.", { exact: true })).toBeHidden();
});
