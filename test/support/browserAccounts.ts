/** What the browser tests of accounts share: the system's owner, and how people come in. */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type APIRequestContext, type Browser, type BrowserContext, expect, type Page } from "@playwright/test";
import { ask, createExperiment } from "./browser.ts";

const root = path.resolve(import.meta.dirname, "../..");
const home = process.env["PAREIDOLIA_E2E_HOME"] ?? path.join(root, "test/results/e2e-home");

/** The path of the link that the launcher printed, which playwright.config.ts reads from its output. */
export const ownerLink = `/first/${process.env["PAREIDOLIA_OWNER_TOKEN"] ?? "missing"}`;

export const password = "correct horse battery";
export const ownerEmail = "owner@lab.example";

export type StoredState = Awaited<ReturnType<BrowserContext["storageState"]>>;

/** Signs in on the sign-in page by keyboard. */
export async function signIn(page: Page, email: string, given = password): Promise<void> {
  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
  await expect(page.getByLabel("E-mail")).toBeFocused();
  await page.keyboard.type(email);
  await page.getByLabel("Password", { exact: true }).focus();
  await page.keyboard.type(given);
  await expect(page.getByRole("button", { name: "Sign in", exact: true })).toBeEnabled();
  await page.keyboard.press("Enter");
}

/** The path of a new invitation's link. */
export async function invite(page: Page, email: string, role: string): Promise<string> {
  const { inviteMember } = await ask<{ inviteMember: { link?: string; message?: string } }>(
    page,
    "mutation($input: InviteMemberInput!) { inviteMember(input: $input) { ... on InviteMemberSuccess { link } ... on Error { message } } }",
    { input: { email, role } },
  );
  expect(inviteMember.message).toBeUndefined();
  return new URL(inviteMember.link ?? "").pathname;
}

/** Adds a user of another workspace with the owner's password. */
export async function addOutsider(email: string): Promise<void> {
  const script = fileURLToPath(new URL("./addOutsider.ts", import.meta.url));
  const flags = ["--conditions=source", "--disable-warning=ExperimentalWarning"];
  await promisify(execFile)(process.execPath, [...flags, script, home, ownerEmail, email], { env: { ...process.env, NODE_OPTIONS: "" } });
}

/** Signs the context of `request` in as the system's owner, who is created first if no test has been here before. */
export async function signInOwner(request: APIRequestContext): Promise<void> {
  const signedIn = await request.post("/auth/sign-in/email", { data: { email: ownerEmail, password } });
  if (signedIn.ok()) return;
  const token = ownerLink.split("/").at(-1);
  const created = await request.post("/auth/owner", { data: { token, name: "owner-1", email: ownerEmail, password } });
  expect(created.status(), `The owner's sign-in was refused with ${signedIn.status()}.`).toBe(201);
}

/** The owner's session, which tests share because sign-ins are limited. A test that moves to another workspace needs a session of its own. */
const sessionFile = path.join(home, "owner-session.json");

/** A page of the system's owner in their first workspace. */
export async function openOwner(browser: Browser): Promise<Page> {
  if (existsSync(sessionFile)) {
    const page = await (await browser.newContext({ storageState: sessionFile })).newPage();
    if ((await (await page.request.get("/auth/get-session")).json()) !== null) return page;
    await page.context().close();
  }
  const page = await (await browser.newContext()).newPage();
  await signInOwner(page.request);
  await page.context().storageState({ path: sessionFile });
  return page;
}

/** A page of a new member, who has come by invitation. */
export async function join(browser: Browser, owner: Page, name: string, role = "RESEARCHER"): Promise<Page> {
  const token = (await invite(owner, `${name}@lab.example`, role)).split("/").at(-1);
  const page = await (await browser.newContext()).newPage();
  expect((await page.request.post("/auth/join", { data: { token, name, password } })).status()).toBe(201);
  return page;
}

/** Returns the key of a new experiment with runs, and those of the runs, the latest first. */
export async function startRunsOf(
  page: Page,
  name: string,
  count: number,
  generations = 1,
): Promise<{ readonly experiment: string; readonly runs: string[] }> {
  const { id: experimentId, key: experiment } = await createExperiment(page, name);
  const { models } = await ask<{ models: { nodes: { id: string }[] } }>(page, "{ models(first: 1) { nodes { id } } }", {});
  const runs: string[] = [];
  for (let seed = 1; seed <= count; seed++) {
    const { startEvolution } = await ask<{ startEvolution: { run: { key: string } } }>(
      page,
      "mutation($input: StartEvolutionInput!) { startEvolution(input: $input) { ... on StartEvolutionSuccess { run { key } } ... on Error { message } } }",
      { input: { experimentId, modelId: models.nodes[0]?.id, encoding: "direct", preset: "paper", seed, generations } },
    );
    runs.unshift(startEvolution.run.key);
  }
  return { experiment, runs };
}
