/** What the browser tests of accounts share: the system's owner, and how people come in. */
import { execFile } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type BrowserContext, expect, type Page } from "@playwright/test";
import { ask } from "./browser.ts";

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
