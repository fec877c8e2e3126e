/** Members and invitations on the settings page, by mouse and keyboard, on a system with accounts. */
import { expect, type Page } from "@playwright/test";
import { type AccountsSystem, test } from "../../support/accountsSystem.ts";
import { expectAccessibleInBothThemes, expectFitsPhone } from "../../support/axe.ts";
import { failOperation } from "../../support/browser.ts";

const rowOf = (page: Page, name: string) => page.getByRole("row", { name: new RegExp(`${name}@lab.example`) });
const roleOf = (page: Page, name: string) => page.getByRole("combobox", { name: `Role of ${name}` });
const toast = (page: Page, text: string | RegExp) => page.getByRole("listitem").filter({ hasText: text });

async function openMembers(page: Page): Promise<void> {
  await page.goto("/settings/members");
  await expect(page.getByRole("link", { name: /^Members/ })).toHaveAttribute("aria-current", "page");
  await expect(rowOf(page, "ada")).toBeVisible();
}

async function actOn(page: Page, name: string, action: RegExp): Promise<void> {
  await page.getByRole("button", { name: `Actions for ${name}` }).click();
  await page.getByRole("menuitem", { name: action }).click();
}

/** Whether a person's session reaches the workspace. */
async function canRead(page: Page, system: AccountsSystem, name: string): Promise<boolean> {
  const context = await page.context().browser()?.newContext({ baseURL: system.url });
  if (context === undefined) throw new Error("There is no browser.");
  await system.signIn(context, { name, email: `${name}@lab.example` });
  // Only members get a token.
  const { token = null } = (await (await context.request.post("/graphiql/token")).json()) as { token?: string | null };
  await context.close();
  return token !== null;
}

test("an owner gets to the members by keyboard, invites a person, copies the link, and the person joins", async ({
  page,
  context,
  system,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("members");
  await expect(page.getByRole("option", { name: /^Members/ })).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(rowOf(page, "ada")).toBeVisible();
  await page.keyboard.press("i");
  await page.keyboard.type("grace@lab.example");
  await page.keyboard.press("Enter");
  const copy = page.getByRole("button", { name: "Copy link" });
  await expect(copy).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toMatch(new RegExp(`^${system.url}/join/[\\w-]{43}$`));
  await page.getByRole("button", { name: "Done" }).click();
  const row = page.getByRole("row", { name: /grace@lab\.example/ });
  await expect(row).toContainText("researcher");
  await expect(row).toContainText("in 7 days");
  const revoke = page.getByRole("button", { name: "Revoke the invitation to grace@lab.example" });
  await expect(revoke).toBeVisible();

  const joined = await system.postAuth("/join", { token: link.split("/join/")[1], name: "Grace", password: "correct horse battery" });
  expect(joined.status).toBe(201);
  // The page shows the new member by itself.
  await expect(roleOf(page, "Grace")).toHaveValue("RESEARCHER");
  await expect(revoke).toHaveCount(0);
});

test("several addresses are invited at once; what is no address, or a member's, is named", async ({ page, system }) => {
  await system.createMember("joan", "VIEWER");
  await openMembers(page);
  await page.getByRole("button", { name: /^Invite/ }).click();
  const dialog = page.getByRole("dialog", { name: "Invite" });
  const field = dialog.getByLabel(/^E-mail addresses/);
  await field.fill("nonsense, kay@lab.example");
  await field.press("Enter");
  await expect(dialog.getByRole("alert")).toContainText("This is no e-mail address: nonsense.");
  await field.fill("Kay <kay@lab.example>\nlee@lab.example; joan@lab.example");
  await dialog.getByLabel("Role").selectOption("labeller");
  await dialog.getByRole("button", { name: /^Invite/ }).click();
  const invited = page.getByRole("dialog", { name: "Invited" });
  await expect(invited.getByRole("button", { name: "Copy link" })).toHaveCount(2);
  await expect(invited.getByRole("listitem").filter({ hasText: "joan@lab.example" })).toContainText("belongs to a member already");
  await invited.getByRole("button", { name: "Done" }).click();
  for (const name of ["kay", "lee"]) await expect(rowOf(page, name)).toContainText("labeller");

  await rowOf(page, "kay")
    .getByRole("button", { name: /^Resend/ })
    .click();
  await expect(toast(page, "Sent to kay@lab.example again. The earlier link no longer works.")).toBeVisible();
  expect(await system.connection.email.count({ where: { to: "kay@lab.example" } })).toBe(2);
  await rowOf(page, "kay")
    .getByRole("button", { name: /^Revoke/ })
    .click();
  await expect(rowOf(page, "kay")).toHaveCount(0);
  await toast(page, "The invitation to kay@lab.example is revoked.").getByRole("button", { name: "Invite again" }).click();
  await expect(rowOf(page, "kay")).toBeVisible();
});

test("a role changes in its row, and Control-Z changes it back", async ({ page, system }) => {
  await system.createMember("mary", "VIEWER");
  await openMembers(page);
  await roleOf(page, "mary").selectOption("labeller");
  await expect(toast(page, "mary is now labeller.")).toBeVisible();
  expect(await system.connection.membership.findFirst({ where: { userId: "mary" } })).toMatchObject({ role: "LABELLER" });
  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.press("Control+z");
  await expect(roleOf(page, "mary")).toHaveValue("VIEWER");
  await expect(toast(page, "mary is now labeller.")).toHaveCount(0);
});

test("a removal says what ended with it, takes the access away, and is undone", async ({ page, system }) => {
  await system.createMember("alan", "RESEARCHER");
  expect(await canRead(page, system, "alan")).toBe(true);
  await system.connection.apiKey.create({
    data: {
      id: "alan",
      userId: "alan",
      workspaceId: "workspace_local",
      name: "alan's",
      prefix: "pdl_alan",
      secretHash: "alan",
      scopes: ["READ"],
    },
  });
  await openMembers(page);
  await actOn(page, "alan", /^Remove/);
  const dialog = page.getByRole("dialog", { name: "Remove alan" });
  await expect(dialog).toContainText("1 API key");
  await dialog.getByRole("button", { name: "Remove" }).click();
  await expect(toast(page, "alan removed.")).toContainText("1 session ended, 1 key revoked.");
  await expect(rowOf(page, "alan")).toHaveCount(0);
  expect(await canRead(page, system, "alan")).toBe(false);
  await toast(page, "alan removed.").getByRole("button", { name: "Undo" }).click();
  await expect(roleOf(page, "alan")).toHaveValue("RESEARCHER");
  expect(await canRead(page, system, "alan")).toBe(true);
  expect(await system.connection.apiKey.findFirst({ where: { id: "alan" } })).toMatchObject({ revokedAt: expect.any(Date) });
});

test("a member is suspended and restored from the row's menu by keyboard", async ({ page, system }) => {
  await system.createMember("edith", "LABELLER");
  await openMembers(page);
  const menu = page.getByRole("button", { name: "Actions for edith" });
  await menu.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: "Suspend" })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("menuitem", { name: "Remove" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(menu).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Suspend edith" });
  await expect(dialog).toContainText("edith loses access to the workspace at once, and is told by e-mail.");
  await page.keyboard.press("Escape");
  await expect(rowOf(page, "edith")).not.toContainText("SUSPENDED");
  await actOn(page, "edith", /^Suspend/);
  await dialog.getByRole("button", { name: "Suspend" }).click();
  await expect(rowOf(page, "edith")).toContainText("SUSPENDED");
  expect(await canRead(page, system, "edith")).toBe(false);
  await actOn(page, "edith", /^Restore access/);
  await expect(roleOf(page, "edith")).toHaveValue("LABELLER");
  expect(await canRead(page, system, "edith")).toBe(true);
});

test("the only owner has no choice of role until another member is an owner, and may then step down", async ({ page, context, system }) => {
  await system.createMember("ruth", "RESEARCHER");
  await openMembers(page);
  await expect(roleOf(page, "Ada")).toHaveCount(0);
  await expect(page.getByText("The only owner cannot leave or change role.")).toBeVisible();
  await roleOf(page, "ruth").selectOption("owner");
  await expect(roleOf(page, "Ada")).toHaveValue("OWNER");
  await roleOf(page, "Ada").selectOption("viewer");
  const dialog = page.getByRole("dialog", { name: "Change your own role to viewer" });
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(roleOf(page, "Ada")).toHaveValue("OWNER");
  await roleOf(page, "Ada").selectOption("viewer");
  await dialog.getByRole("button", { name: "Change" }).click();
  // A viewer sees the members, and neither invitations nor actions.
  await expect(page.getByRole("button", { name: /^Invite/ })).toHaveCount(0);
  await expect(page.getByRole("heading", { name: "Invitations" })).toHaveCount(0);
  await expect(page.getByRole("button", { name: /^Actions for/ })).toHaveCount(0);
  // An open page would notice that its session is replaced.
  await page.goto("about:blank");
  await system.signIn(context, { name: "ruth", email: "ruth@lab.example" });
  await openMembers(page);
  await roleOf(page, "Ada").selectOption("owner");
  await expect(toast(page, "Ada is now owner.")).toBeVisible();
  await system.signIn(context, system.owner);
  await openMembers(page);
  await roleOf(page, "ruth").selectOption("researcher");
  await expect(toast(page, "ruth is now researcher.")).toBeVisible();
});

test("a change that the API refuses is explained, and the row keeps its value", async ({ page, system }) => {
  await system.createMember("hedy", "VIEWER");
  await openMembers(page);
  await failOperation(page, "ChangeMemberRole", () => true);
  await roleOf(page, "hedy").selectOption("owner");
  await expect(toast(page, "The database is away.")).toBeVisible();
  await expect(roleOf(page, "hedy")).toHaveValue("VIEWER");
});

test("members that cannot be loaded are reported, and shown once they can", async ({ page }) => {
  let failing = true;
  await failOperation(page, "Members", () => failing);
  await page.goto("/settings/members");
  await expect(page.getByRole("alert").getByText("The database is away.")).toBeVisible();
  failing = false;
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(rowOf(page, "ada")).toBeVisible();
});

test("the page and its dialogs are accessible in both themes and fit a phone", async ({ page, system }) => {
  await system.createMember("dorothy", "RESEARCHER");
  await openMembers(page);
  await expectAccessibleInBothThemes(page);
  await expectFitsPhone(page);
  await page.getByRole("button", { name: "Actions for dorothy" }).click();
  await expectAccessibleInBothThemes(page);
  await page.keyboard.press("Escape");
  await page.keyboard.press("i");
  await expect(page.getByRole("dialog", { name: "Invite" })).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await expectFitsPhone(page);
});
