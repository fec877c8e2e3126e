/** API keys on the settings page: made, used by a program, and revoked. */
import { type APIRequestContext, expect, type Page } from "@playwright/test";
import { test } from "../../support/accountsSystem.ts";
import { expectAccessibleInBothThemes, expectFitsPhone } from "../../support/axe.ts";

const rowOf = (page: Page, name: string) => page.getByRole("row", { name: new RegExp(name) });

async function openKeys(page: Page): Promise<void> {
  await page.goto("/settings/keys");
  await expect(page.getByRole("heading", { level: 2, name: "Keys" })).toBeVisible();
}

/** Makes a key with the scope READ, and returns its secret. */
async function makeKey(page: Page, name: string): Promise<string> {
  await page.getByRole("button", { name: "New key" }).click();
  await page.keyboard.type(name);
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: `The key ${name}` });
  const secret = (await dialog.locator("output").textContent()) ?? "";
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(rowOf(page, name)).toBeVisible();
  return secret;
}

async function statusWith(request: APIRequestContext, url: string, secret: string): Promise<number> {
  const response = await request.post(`${url}/graphql`, {
    headers: { authorization: `Bearer ${secret}` },
    data: { query: "{ viewer { role } }" },
  });
  return response.status();
}

test("a key is shown once, works for a program, and is refused once it is revoked", async ({ page, playwright, system }) => {
  // A program has no cookies.
  const program = await playwright.request.newContext();
  await openKeys(page);
  const secret = await makeKey(page, "night sweeps");
  expect(secret).toMatch(/^pdl_[\w-]{48}$/);
  expect(await page.content()).not.toContain(secret);
  await expect(rowOf(page, "night sweeps")).toContainText(`${secret.slice(0, 10)}…`);
  await expect(rowOf(page, "night sweeps")).toContainText("read");
  expect(await statusWith(program, system.url, secret)).toBe(200);

  await rowOf(page, "night sweeps")
    .getByRole("button", { name: /^Revoke/ })
    .click();
  const dialog = page.getByRole("dialog", { name: "Revoke night sweeps" });
  await expect(dialog).toContainText("This cannot be undone.");
  await expectAccessibleInBothThemes(page);
  await dialog.getByRole("button", { name: "Revoke" }).click();
  await expect(page.getByText("The key night sweeps is revoked.")).toBeVisible();
  await expect(rowOf(page, "night sweeps")).toHaveCount(0);
  expect(await statusWith(program, system.url, secret)).toBe(401);
  await page.getByRole("button", { name: "Revoked and expired" }).click();
  await expect(rowOf(page, "night sweeps")).toContainText("revoked today");
  await expect(page).toHaveURL(/view=ended/);
  await program.dispose();
});

test("a key has the chosen scopes and expiry, and needs a name and a scope", async ({ page }) => {
  await openKeys(page);
  await page.getByRole("button", { name: "New key" }).click();
  const dialog = page.getByRole("dialog", { name: "New key" });
  await dialog.getByRole("button", { name: "Make key" }).click();
  await expect(dialog.getByRole("alert")).toContainText("Name the key");
  await dialog.getByLabel("Name").fill("cluster");
  await dialog.getByRole("checkbox", { name: /^read/ }).uncheck();
  await dialog.getByRole("button", { name: "Make key" }).click();
  await expect(dialog.getByRole("alert")).toContainText("at least one scope");
  await dialog.getByRole("checkbox", { name: /^run/ }).check();
  await dialog.getByRole("checkbox", { name: /^read/ }).check();
  await dialog.getByLabel("Expires").selectOption("in 30 days");
  await expectAccessibleInBothThemes(page);
  await dialog.getByRole("button", { name: "Make key" }).click();
  await expectAccessibleInBothThemes(page);
  await page.getByRole("button", { name: "Done" }).click();
  await expect(rowOf(page, "cluster")).toContainText("readrun");
  await expect(rowOf(page, "cluster")).toContainText("in 30 days");
});

test("an owner forbids members' keys: a member's program is refused, and the member can make no more", async ({
  page,
  browser,
  playwright,
  system,
}) => {
  const member = await system.createMember("katherine", "RESEARCHER");
  const context = await browser.newContext({ baseURL: system.url });
  await system.signIn(context, member);
  const theirs = await context.newPage();
  await openKeys(theirs);
  const secret = await makeKey(theirs, "orbits");
  await expect(theirs.getByRole("switch")).toHaveCount(0);
  const program = await playwright.request.newContext();
  expect(await statusWith(program, system.url, secret)).toBe(200);

  await openKeys(page);
  await expect(rowOf(page, "orbits")).toContainText("katherine");
  const allowed = page.getByRole("switch", { name: "Members may make keys" });
  await expect(allowed).toBeChecked();
  await allowed.click();
  await expect(allowed).not.toBeChecked();
  await expect(page.getByText("Keys of members who are not owners are refused.")).toBeVisible();
  expect(await statusWith(program, system.url, secret)).toBe(401);
  await theirs.reload();
  await expect(theirs.getByText("In this workspace only owners have keys.")).toBeVisible();
  await expect(theirs.getByRole("button", { name: "New key" })).toHaveCount(0);
  await allowed.click();
  await expect(allowed).toBeChecked();
  expect(await statusWith(program, system.url, secret)).toBe(200);
  await context.close();
  await program.dispose();
});

test("the page is accessible in both themes and fits a phone, with and without keys", async ({ page }) => {
  await openKeys(page);
  await expectAccessibleInBothThemes(page);
  await expectFitsPhone(page);
  await page.goto("/settings/keys?view=ended");
  await expect(page.getByRole("heading", { name: "Revoked and expired keys" })).toBeVisible();
  await expectAccessibleInBothThemes(page);
});
