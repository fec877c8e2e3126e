/** How people come in: the printed link, an invitation, signing in and out, in several browsers at once. */
import { type BrowserContext, expect, type Page } from "@playwright/test";
import { expectAccessibleInBothThemes, expectFitsPhone } from "../../support/axe.ts";
import { ask, createGate, type Gate, startRun, test } from "../../support/browser.ts";
import { addOutsider, invite, ownerEmail, ownerLink, password, type StoredState, signIn } from "../../support/browserAccounts.ts";

const memberEmail = "researcher-2@lab.example";
const outsiderEmail = "outsider@other.example";
const runLink = (page: Page, key: string) => page.locator(`main a[href='/w/local/runs/${key}']`).first();
const h1 = (page: Page, name: string | RegExp) => page.getByRole("heading", { level: 1, name });

// Each test continues where the one before it ended, as the first days of an installation do.
test.describe.configure({ mode: "serial" });
// The browser reports refused links and passwords.
test.use({ allowedErrors: [/Failed to load resource: .*(401|404|409|429)/] });

let owner: StoredState;
let member: StoredState;
let runKey: string;
let usedInvitation: string;

async function openAs(newContext: () => Promise<BrowserContext>): Promise<{ context: BrowserContext; page: Page }> {
  const context = await newContext();
  return { context, page: await context.newPage() };
}

/**
 * Sends a page's POST, but holds the answer, and with it any new cookie, until the first gate is open. Opens the second one when the API has
 * answered: from then on, hold it briefly, as the page gives up after 25 s.
 */
async function holdPost(page: Page, path: string, gate: Gate, sent: Gate): Promise<void> {
  await page.route(`**${path}`, async (route) => {
    const request = route.request();
    const response = await fetch(request.url(), { method: "POST", headers: await request.allHeaders(), body: request.postData() });
    const body = await response.text();
    sent.open();
    await gate.passed;
    await route.fulfill({ status: response.status, headers: Object.fromEntries(response.headers), body });
  });
}

test("a visitor without an account sees the sign-in page, and only that", async ({ page }) => {
  await page.goto("/runs/RUN-1?tab=table");
  await expect(page).toHaveURL("/sign-in?next=%2Fruns%2FRUN-1%3Ftab%3Dtable");
  await expect(page).toHaveTitle("Sign in · Pareidolia");
  await expect(page.getByRole("navigation", { name: "Main" })).toHaveCount(0);
  await expect(page.getByRole("img", { name: "Evolved image that the network labels 8" })).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await expectFitsPhone(page);
});

test("a link that the server did not print says what to do", async ({ page }) => {
  await page.goto("/first/wrong");
  await expect(h1(page, "This link does not work")).toBeVisible();
  await expect(page.getByText("restart the server: it prints a new link")).toBeVisible();
  await page.goto("/join/wrong");
  await expect(h1(page, "This link does not work")).toBeVisible();
  await expect(page.getByText("ask an owner of the workspace for another")).toBeVisible();
});

test("the printed link leads to the filling demo run in one form", async ({ page, context }) => {
  await page.goto(ownerLink);
  await expect(h1(page, "Make the owner account")).toBeVisible();
  await expect(page).toHaveTitle("Make the owner account · Pareidolia");
  await expect(page.getByText(/works once, for another (59|60) minutes/)).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await expectFitsPhone(page);

  const workspace = page.getByLabel("Workspace");
  await expect(workspace).toBeFocused();
  await page.keyboard.type("Perception Lab");
  await page.keyboard.press("Tab");
  await page.keyboard.type("owner-1");
  await page.keyboard.press("Tab");
  await page.keyboard.type("owner");
  await page.keyboard.press("Tab");
  await page.keyboard.type("short");
  await expect(page.getByText("5 of at least 10 characters")).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByText("This is not an e-mail address.")).toBeVisible();
  await expect(page.getByText("Choose a password of at least 10 characters.")).toBeVisible();
  const email = page.getByLabel("E-mail");
  await expect(email).toBeFocused();
  await email.fill(ownerEmail);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await expect(page.getByText(`${password.length} characters, enough`)).toBeVisible();
  await expect(page.getByLabel("Start the demo run")).toBeChecked();
  await page.keyboard.press("Enter");

  await expect(page).toHaveURL(/\/runs\/RUN-\d+$/);
  runKey = page.url().split("/").at(-1) ?? "";
  await expect(page.getByRole("button", { name: "owner-1 account" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Workspace Perception Lab" })).toBeVisible();
  await expect(page.locator("main a[href^='/w/local/elites/']")).toHaveCount(10, { timeout: 60_000 });
  const { runs } = await ask<{ runs: { nodes: { id: string }[] } }>(page, "{ runs(first: 1) { nodes { id } } }", {});
  await ask(page, "mutation($input: RunInput!) { cancelRun(input: $input) { __typename } }", { input: { runId: runs.nodes[0]?.id } });
  owner = await context.storageState();

  await page.goBack();
  await expect(page).not.toHaveURL(/first/);
});

test("a used link says so, and does not show the form", async ({ page }) => {
  await page.goto(ownerLink);
  await expect(h1(page, "This link does not work")).toBeVisible();
  await expect(page.getByLabel("Password")).toHaveCount(0);
});

test("an invited person signs up and sees the owner's runs appear", async ({ browser, page, context }) => {
  const first = await openAs(() => browser.newContext({ storageState: owner }));
  usedInvitation = await invite(first.page, memberEmail, "RESEARCHER");
  await page.goto(usedInvitation);
  await expect(h1(page, "Join Perception Lab")).toBeVisible();
  await expect(page.getByText("owner-1 invites you as a researcher.")).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await expectFitsPhone(page);
  await expect(page.getByLabel("E-mail")).toHaveValue(memberEmail);
  await expect(page.getByLabel("Your handle")).toBeFocused();
  // The link that an owner passes on does not tell whether the address has an account.
  await page.getByRole("button", { name: "I have an account already" }).click();
  await expect(page.getByRole("button", { name: "Sign in and join" })).toBeVisible();
  await expectFitsPhone(page);
  await page.getByRole("button", { name: "I have no account yet" }).click();
  await page.getByLabel("Your handle").click();
  await page.keyboard.type("researcher-2");
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "researcher-2 account" })).toBeVisible();
  await expect(runLink(page, runKey)).toBeVisible();

  const started = await startRun(first.page, { name: "Seen by both", generations: 3 });
  await expect(runLink(page, started.key)).toBeVisible();
  member = await context.storageState();
  await first.context.close();
});

test("a used invitation says so to others, and an invitation for another address offers to sign out", async ({ browser, page }) => {
  await page.goto(usedInvitation);
  await expect(h1(page, "This link does not work")).toBeVisible();
  const first = await openAs(() => browser.newContext({ storageState: owner }));
  await first.page.goto(await invite(first.page, "viewer-1@press.example", "VIEWER"));
  await expect(h1(first.page, "This invitation is for another address")).toBeVisible();
  await expect(first.page.getByRole("button", { name: "Sign out and continue" })).toBeVisible();
  await first.context.close();
});

test("with a mail server, the link that an owner passes on only sends another, and lets an existing account in", async ({
  browser,
  page,
}) => {
  const first = await openAs(() => browser.newContext({ storageState: owner }));
  const link = await invite(first.page, "viewer-2@press.example", "VIEWER");
  await first.context.close();
  // This installation has no mail server: the API's answers are those of one that has.
  await page.route("**/auth/invitation", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...(await response.json()), needsEmail: true } });
  });
  await page.goto(link);
  await expect(page.getByText("The invitation is for viewer-2@press.example.")).toBeVisible();
  await expect(page.getByLabel("Password")).toHaveCount(0);
  await expectAccessibleInBothThemes(page);
  await expectFitsPhone(page);
  await page.getByRole("button", { name: "I have an account already" }).click();
  await page.getByRole("button", { name: "I have no account yet" }).click();
  await page.getByRole("button", { name: "Send me the link" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "This installation has no mail server." })).toBeVisible();
  await page.route("**/auth/invitation-email", (route) => route.fulfill({ status: 202, json: { email: "viewer-2@press.example" } }));
  await page.getByRole("button", { name: "Send me the link" }).click();
  await expect(h1(page, "Check your inbox")).toBeVisible();
  await page.getByRole("button", { name: "I have an account already" }).click();
  await expect(page.getByRole("button", { name: "Sign in and join" })).toBeVisible();
});

test("an outsider signs in to another workspace, and finds nothing of the first", async ({ page }) => {
  await addOutsider(outsiderEmail);
  await page.goto(`/runs/${runKey}`);
  await signIn(page, outsiderEmail);
  await expect(page).toHaveURL(`/w/other/runs/${runKey}`);
  await expect(page.getByRole("button", { name: "Workspace Other Lab" })).toBeVisible();
  await expect(h1(page, `There is no ${runKey}`)).toBeVisible();
  await page.goto("/experiments/EXP-1");
  await expect(h1(page, "There is no EXP-1")).toBeVisible();
  await page.goto("/gallery");
  await expect(page.getByText("Perception Lab")).toHaveCount(0);
});

test("a wrong password, too many attempts and a link to another site do no harm", async ({ page }) => {
  await page.goto("/sign-in?next=//evil.example/steal");
  await signIn(page, memberEmail, "not the password");
  const alert = page.getByRole("alert").filter({ hasText: /\w/ });
  await expect(alert).toContainText("do not belong together");
  await expect(page.getByLabel("E-mail")).toHaveValue(memberEmail);
  const guess = { data: { email: "researcher-9@lab.example", password: "a wrong password" } };
  // Waits as it is told, until the next wait is long enough to be seen.
  for (let seconds = 0; seconds < 8; ) {
    const answer = await page.request.post("/auth/sign-in/email", guess);
    seconds = Number(answer.headers()["retry-after"] ?? 0);
    if (seconds < 8) await page.waitForTimeout(seconds * 1_000);
  }
  await page.getByLabel("E-mail").fill("researcher-9@lab.example");
  await page.keyboard.press("Enter");
  await expect(alert).toContainText(/Too many attempts\. Try again in \d+ seconds\./);
  await expect(page.getByRole("button", { name: "Sign in" })).toBeDisabled();

  await page.reload();
  await signIn(page, memberEmail);
  await expect(page).toHaveURL("/w/local");
  await expect(page.getByRole("button", { name: "researcher-2 account" })).toBeVisible();
});

test("fields that are filled before the page's code has loaded count, and Enter does not leave the page", async ({ page }) => {
  const gate = createGate();
  await page.route("**/_next/static/**/*.js", async (route) => {
    await gate.passed;
    await route.fallback();
  });
  await page.goto("/sign-in", { waitUntil: "commit" });
  await page.getByLabel("E-mail").fill(ownerEmail);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.keyboard.press("Enter");
  gate.open();
  await expect(async () => {
    await page.getByRole("button", { name: "Show the password" }).click();
    await expect(page.getByRole("button", { name: "Hide the password" })).toBeVisible({ timeout: 500 });
  }).toPass();
  await expect(page.getByLabel("E-mail")).toHaveValue(ownerEmail);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("button", { name: "owner-1 account" })).toBeVisible();
});

test("signing out in one tab closes the other, and Back shows nothing of it", async ({ browser }) => {
  const { context, page } = await openAs(() => browser.newContext());
  await page.goto("/experiments");
  await signIn(page, memberEmail);
  await expect(page.getByText("First run").first()).toBeVisible();
  const other = await context.newPage();
  await other.goto(`/runs/${runKey}`);
  await expect(other.getByRole("button", { name: "researcher-2 account" })).toBeVisible();

  await page.getByRole("button", { name: "researcher-2 account" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: "Profile" })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(h1(page, "Sign in")).toBeVisible();
  await expect(other).toHaveURL(`/sign-in?next=%2Fw%2Flocal%2Fruns%2F${runKey}`);
  await page.goBack();
  await expect(page.getByText("First run")).toHaveCount(0);
  await expect(page.getByText("Perception Lab")).toHaveCount(0);
  await context.close();
});

test("the profile lists each session and ends another one at once", async ({ browser }) => {
  const first = await openAs(() => browser.newContext({ storageState: member }));
  await first.page.goto("/profile");
  await expect(h1(first.page, "Profile")).toBeVisible();
  const rows = first.page.getByRole("table").getByRole("row");
  await expect(rows.nth(1)).toContainText("this session");
  await expect(rows.nth(1)).toContainText("Chrome on Linux");
  await expectAccessibleInBothThemes(first.page);
  await expectFitsPhone(first.page);

  const second = await openAs(() => browser.newContext());
  await second.page.goto("/experiments");
  await signIn(second.page, memberEmail);
  await expect(second.page.getByText("First run").first()).toBeVisible();
  await first.page.reload();
  await first.page.getByRole("button", { name: "Sign out all others" }).click();
  await expect(first.page.getByText("signed out").first()).toBeVisible();
  await expect(h1(second.page, "Sign in")).toBeVisible();
  await expect(rows).toHaveCount(2);

  await first.page.getByLabel("Your handle").fill("researcher-two");
  await first.page.getByRole("button", { name: "Save" }).click();
  await expect(first.page.getByRole("button", { name: "researcher-two account" })).toBeVisible();

  await second.page.setViewportSize({ width: 390, height: 844 });
  await second.page.reload();
  await signIn(second.page, memberEmail);
  await second.page.getByRole("button", { name: "researcher-two account" }).click();
  await expect(second.page.getByRole("menuitem", { name: "Sign out" })).toBeInViewport();
  await expectAccessibleInBothThemes(second.page);
  await second.page.keyboard.press("Escape");
  await expect(second.page.getByText("First run").first()).toBeVisible();
  await first.page.getByLabel("Present password").fill(password);
  await first.page.getByLabel("New password").fill("a better password");
  for (const choice of ["Sign out my other sessions", "Revoke my API keys"])
    await expect(first.page.getByRole("checkbox", { name: choice })).toBeChecked();
  const neighbour = await first.context.newPage();
  await neighbour.goto("/experiments");
  await expect(neighbour.getByText("First run").first()).toBeVisible();
  const [answered, sent] = [createGate(), createGate()];
  await holdPost(first.page, "/auth/change-password", answered, sent);
  await first.page.getByRole("button", { name: "Change the password" }).click();
  await sent.passed;
  // The API has ended the session of these tabs too, and they do not have the new one yet.
  for (const tab of [neighbour, first.page]) await tab.getByRole("button", { name: "Notifications" }).click();
  await expect(first.page.getByRole("button", { name: "Changing", exact: true })).toBeVisible();
  answered.open();
  await expect(first.page.getByText("Your password is changed")).toBeVisible();
  for (const tab of [neighbour, first.page])
    await expect(tab.getByRole("region", { name: "Latest notifications" })).toContainText("Nothing");
  await expect(h1(second.page, "Sign in")).toBeVisible();
  await first.page.reload();
  await expect(h1(first.page, "Profile")).toBeVisible();
  await Promise.all([first.context.close(), second.context.close()]);
});

test("a removed member sees at once that they belong to no workspace, and creates one", async ({ browser }) => {
  const ownerTab = await openAs(() => browser.newContext({ storageState: owner }));
  const { context, page } = await openAs(() => browser.newContext());
  await page.goto("/experiments");
  await signIn(page, memberEmail, "a better password");
  await expect(page.getByText("First run").first()).toBeVisible();
  const { members } = await ask<{ members: { nodes: { id: string; email: string }[] } }>(
    ownerTab.page,
    "{ members(first: 10) { nodes { id email } } }",
    {},
  );
  const memberId = members.nodes.find(({ email }) => email === memberEmail)?.id;
  await ask(ownerTab.page, "mutation($input: MemberInput!) { removeMember(input: $input) { __typename } }", { input: { memberId } });
  await expect(h1(page, "You belong to no workspace")).toBeVisible();
  await expect(page.getByText("First run")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Create the workspace" })).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await expectFitsPhone(page);
  await page.getByRole("button", { name: "Sign out" }).click();
  await signIn(page, memberEmail, "a better password");
  await expect(h1(page, "You belong to no workspace")).toBeVisible();
  await page.getByLabel("Name of the new workspace").click();
  await page.keyboard.type("Own Lab");
  await expect(page.getByRole("button", { name: "Create the workspace" })).toBeEnabled();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Workspace Own Lab" })).toBeVisible();
  await Promise.all([context.close(), ownerTab.context.close()]);
});
