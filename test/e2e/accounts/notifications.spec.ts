/** The bell, presence, the choices of e-mails, and webhooks, for two members in two browsers at once. */
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { type Browser, expect, type Page, type Route } from "@playwright/test";
import { persistedOperationsFile } from "../../../apps/launcher/src/prepare/prepareBuild.ts";
import { expectAccessibleInBothThemes, expectFitsPhone } from "../../support/axe.ts";
import { ask, test } from "../../support/browser.ts";
import { join, openOwner, startRunsOf } from "../../support/browserAccounts.ts";

const persistedOperations = path.resolve(import.meta.dirname, "../../..", persistedOperationsFile);
const bell = (page: Page) => page.getByRole("banner").getByRole("button", { name: /^Notifications/ });
const panel = (page: Page) => page.getByRole("region", { name: "Latest notifications" });
const expectUnread = (page: Page, count: number) =>
  expect(bell(page)).toHaveAccessibleName(count === 0 ? "Notifications" : `Notifications, ${count} unread`);

async function assign(owner: Page, runIds: readonly string[], assigneeId: string): Promise<void> {
  const query = "mutation($input: AssignRunsInput!) { assignRuns(input: $input) { ... on AssignRunsSuccess { items { skipped } } } }";
  const { assignRuns } = await ask<{ assignRuns: { items: { skipped: string | null }[] } }>(owner, query, {
    input: { assignments: [{ runIds, assigneeId }] },
  });
  expect(assignRuns.items.map(({ skipped }) => skipped)).toEqual(runIds.map(() => null));
}

async function comment(owner: Page, subjectId: string, body: string): Promise<void> {
  await ask(owner, "mutation($input: AddCommentInput!) { addComment(input: $input) { __typename } }", { input: { subjectId, body } });
}

const idOf = async (page: Page): Promise<string> =>
  (await ask<{ viewer: { user: { id: string } } }>(page, "{ viewer { user { id } } }", {})).viewer.user.id;

/** Holds the requests of one operation until they are let through or cut. */
async function hold(page: Page, operationName: string) {
  const held: Route[] = [];
  const isOurs = (route: Route) => (route.request().postDataJSON() as { operationName?: string } | null)?.operationName === operationName;
  const handler = (route: Route) => (isOurs(route) ? void held.push(route) : route.continue());
  await page.route("**/graphql", handler);
  return {
    async end(how: "continue" | "abort") {
      await expect.poll(() => held.length).toBeGreaterThan(0);
      for (const route of held.splice(0)) await route[how]();
      await page.unroute("**/graphql", handler);
    },
  };
}

async function openTwo(browser: Browser, name: string) {
  const owner = await openOwner(browser);
  const member = await join(browser, owner, name);
  return { owner, member, memberId: await idOf(member) };
}

test("the bell counts up without a reload, opens by keyboard, and shows marks at once, even if the API then fails", async ({ browser }) => {
  const { owner, member, memberId } = await openTwo(browser, "bell-ben");
  // The runs may end at any time; only what the owner does is counted here.
  for (const kind of ["RUN_SUCCEEDED", "RUN_CANCELLED", "RUN_FAILED"])
    await ask(member, "mutation($input: ChooseNotificationsInput!) { chooseNotifications(input: $input) { __typename } }", {
      input: { kind, product: false },
    });
  const { runs } = await startRunsOf(owner, "Heard of", 4);
  const [latest = ""] = runs;
  await member.goto("/");
  await expectUnread(member, 0);
  await assign(owner, runs, memberId);
  await expectUnread(member, 4);
  await comment(owner, latest, "Look at this, @bell-ben.");
  await expectUnread(member, 5);

  await bell(member).focus();
  await member.keyboard.press("Enter");
  await expect(panel(member).getByRole("listitem")).toHaveCount(2);
  await expect(panel(member).getByRole("link", { name: /assigned 4 runs to you/ })).toBeVisible();
  await expectAccessibleInBothThemes(member);
  await expectFitsPhone(member);
  await member.keyboard.press("Escape");
  await expect(panel(member)).toHaveCount(0);
  await expect(bell(member)).toBeFocused();

  // A mark counts while its request is under way; the lost answer takes it back.
  await member.keyboard.press("Enter");
  const markRead = panel(member).getByRole("button", { name: /^Mark read\b.* mentioned you/ });
  const markUnread = panel(member).getByRole("button", { name: /^Mark unread\b.* mentioned you/ });
  const lost = await hold(member, "MarkNotifications");
  await markRead.press("Enter");
  await expect(markUnread).toBeVisible();
  await expectUnread(member, 4);
  await lost.end("abort");
  await expect(member.getByText(/The change may have been made all the same; if it does not show, try again\./)).toBeVisible();
  await expect(markRead).toBeVisible();
  await expectUnread(member, 5);

  // All at once, while the answer is on its way; then back by the message's button.
  const late = await hold(member, "MarkAllNotificationsRead");
  await panel(member).getByRole("button", { name: "Mark all read" }).click();
  await expectUnread(member, 0);
  await expect(panel(member).getByText("Unread:", { exact: true })).toHaveCount(0);
  await late.end("continue");
  await member.getByRole("button", { name: /^Undo/ }).first().click();
  await expectUnread(member, 5);

  // The group expands to its members, and links to the list of exactly these runs.
  if ((await panel(member).count()) === 0) await bell(member).press("Enter");
  // The list follows the bell, and a link marks only what the list shows as unread.
  await expect(panel(member).getByText("Unread:", { exact: true })).toHaveCount(2);
  await panel(member)
    .getByRole("button", { name: /^Show each/ })
    .press("Enter");
  for (const key of runs) await expect(panel(member).getByRole("link", { name: new RegExp(`assigned ${key} to you`) })).toBeVisible();
  await panel(member)
    .getByRole("link", { name: /assigned 4 runs to you/ })
    .press("Enter");
  await expect(member).toHaveURL(/\/runs\?q=/);
  await expect(member.getByText("4 of", { exact: false }).first()).toBeVisible();
  for (const key of runs) await expect(member.getByRole("link", { name: key, exact: true })).toBeVisible();
  await expectUnread(member, 1);

  await bell(member).press("Enter");
  await panel(member)
    .getByRole("link", { name: /mentioned you/ })
    .press("Enter");
  await expect(member).toHaveURL(new RegExp(`/runs/${latest}$`));
  await expect(panel(member)).toHaveCount(0);
  await expectUnread(member, 0);

  await member.goto("/notifications");
  await expect(member.getByRole("main").getByRole("listitem")).toHaveCount(2);
  await expectAccessibleInBothThemes(member);
  await expectFitsPhone(member);
});

test("members see each other on a run, until one leaves", async ({ browser }) => {
  const { owner, member } = await openTwo(browser, "bell-eve");
  const { runs } = await startRunsOf(owner, "Looked at", 2);
  const alsoHere = (page: Page, name: string) => page.getByRole("status").filter({ hasText: `Also here: ${name}` });
  await owner.goto(`/runs/${runs[0]}`);
  await member.goto(`/runs/${runs[0]}`);
  await expect(alsoHere(owner, "bell-eve")).toBeVisible();
  await expect(alsoHere(member, "owner-1")).toBeVisible();
  await owner.goto(`/runs/${runs[1]}`);
  await expect(alsoHere(member, "owner-1")).toHaveCount(0);
  await expect(alsoHere(owner, "bell-eve")).toHaveCount(0);
  await owner.goto(`/runs/${runs[0]}`);
  await expect(alsoHere(member, "owner-1")).toBeVisible();
  await owner.close();
  await expect(alsoHere(member, "owner-1")).toHaveCount(0);
});

test("a member is notified of a cancelled run until turning this off; an invalid link turns off no e-mails", async ({ browser }) => {
  const { owner, member, memberId } = await openTwo(browser, "bell-joe");
  const { runs } = await startRunsOf(owner, "Cancelled", 2, 5_000);
  const [second = "", first = ""] = runs;
  const cancel = (runId: string) =>
    ask(owner, "mutation($input: RunInput!) { cancelRun(input: $input) { __typename } }", { input: { runId } });
  const choice = () => member.getByRole("checkbox", { name: "A run is cancelled: in the product" });
  await member.goto("/settings/notifications");
  await expect(member.getByText(/has no mail server/)).toBeVisible();
  await expect(member.getByRole("checkbox", { name: "A run fails: by e-mail" })).toBeDisabled();
  await expect(choice()).toBeChecked();
  await assign(owner, runs, memberId);
  await expectUnread(member, 2);
  await cancel(first);
  await expectUnread(member, 3);
  await bell(member).press("Enter");
  await expect(panel(member).getByRole("link", { name: `${first} was cancelled.` })).toBeVisible();
  await member.keyboard.press("Escape");

  await choice().press("Space");
  await expect(choice()).not.toBeChecked();
  await member.reload();
  await expect(choice()).not.toBeChecked();
  await cancel(second);
  await comment(owner, second, "Why, @bell-joe?");
  await expectUnread(member, 4);
  await bell(member).press("Enter");
  await expect(panel(member).getByRole("link", { name: /mentioned you/ })).toBeVisible();
  await expect(panel(member).getByRole("link", { name: `${second} was cancelled.` })).toHaveCount(0);

  await member.goto("/unsubscribe/nonsense");
  await member.getByRole("button", { name: "Unsubscribe" }).click();
  await expect(member.getByText("This link is not valid. Copy the whole link from the e-mail.")).toBeVisible();
});

test("a webhook's test appears in its deliveries without a reload, and both lists can be saved and queried", async ({ browser }) => {
  const { member } = await openTwo(browser, "bell-kim");
  const receiver: Server = createServer((request, response) => {
    request.resume();
    request.on("end", () => response.writeHead(204).end());
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
  const csvOf = async (button: ReturnType<Page["getByRole"]>): Promise<string> => {
    const [file] = await Promise.all([member.waitForEvent("download"), button.click()]);
    const chunks: Buffer[] = [];
    for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString();
  };
  try {
    await member.goto("/settings/webhooks");
    await expect(member.getByRole("heading", { name: "No webhooks" })).toBeVisible();
    await member.getByRole("button", { name: "New webhook" }).click();
    await member.getByLabel("Name", { exact: true }).fill("Lab bot");
    await member.getByLabel("Address", { exact: true }).fill(url);
    await member.getByRole("button", { name: "Create webhook" }).click();
    await expect(member.getByText(/^whsec_/)).toBeVisible();
    await member.getByRole("button", { name: "Done" }).click();
    await member.getByRole("button", { name: "Send a test to Lab bot" }).click();
    await expect(member.getByRole("cell", { name: /^delivered 204/ })).toBeVisible();
    const [all, own] = [member.getByRole("button", { name: "CSV" }).first(), member.getByRole("button", { name: "CSV" }).last()];
    expect(await csvOf(all)).toContain(`Lab bot,${url},`);
    const rows = await csvOf(own);
    expect(rows).toMatch(/^webhook_id,event,state,/);
    expect(rows).toMatch(/msg_[0-9a-f]+,TEST,DELIVERED,1,204,/);
    await member.getByRole("button", { name: "Query" }).last().click();
    const query = await member.getByRole("dialog").getByRole("region", { name: "Query" }).locator("pre").innerText();
    await member.keyboard.press("Escape");
    const { node } = await ask<{ node: { deliveries: { totalCount: number } } }>(member, query, {});
    expect(node.deliveries.totalCount).toBe(1);
    await expectAccessibleInBothThemes(member);
    await expectFitsPhone(member);
    await member.getByRole("button", { name: "Send failed again to Lab bot" }).click();
    const again = member.getByRole("dialog", { name: "Send failed deliveries to Lab bot again" });
    await again.getByLabel("Events since").fill("2026-01-02T03:04");
    await again.getByRole("button", { name: "Send again" }).click();
    await expect(member.getByText("No delivery has failed since then.")).toBeVisible();
    await expect(again).toBeHidden();
    await member.getByRole("button", { name: "Pause Lab bot" }).click();
    await expect(member.getByRole("button", { name: "Resume Lab bot" })).toBeVisible();
  } finally {
    receiver.closeAllConnections();
    await new Promise((resolve) => receiver.close(resolve));
  }
});

test("a browser's EventSource gets a run's events through the web application, as they happen", async ({ browser }) => {
  const { owner, member } = await openTwo(browser, "bell-lea");
  const { runs } = await startRunsOf(owner, "Streamed", 1, 5_000);
  await member.goto("/profile");
  const manifest = JSON.parse(readFileSync(persistedOperations, "utf8")) as Record<string, string>;
  const [hash] = Object.entries(manifest).find(([, text]) => text.startsWith("subscription RunEvents(")) ?? [];
  await member.evaluate(
    (address) => {
      const states: string[] = [];
      Object.assign(globalThis, { states });
      new EventSource(address).addEventListener("next", ({ data }) => states.push(JSON.parse(data).data.runEvents.run.state));
    },
    `/graphql?${new URLSearchParams({ documentId: `sha256:${hash}`, variables: JSON.stringify({ runId: runs[0], since: 0 }) })}`,
  );
  const states = () => member.evaluate(() => (globalThis as unknown as { states: string[] }).states);
  await expect.poll(async () => (await states()).length).toBeGreaterThan(0);
  await ask(owner, "mutation($input: RunInput!) { cancelRun(input: $input) { __typename } }", { input: { runId: runs[0] } });
  await expect.poll(async () => (await states()).at(-1)).toBe("CANCELLED");
});
