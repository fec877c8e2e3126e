/** Changes to one's own account: a new e-mail address, and a second factor. */
import { expect, type Page } from "@playwright/test";
import { test } from "../../support/accountsSystem.ts";
import { expectAccessibleInBothThemes, expectFitsPhone } from "../../support/axe.ts";
import { readSentToken } from "../../support/sentLinks.ts";
import { totpCode } from "../../support/totp.ts";

// The browser reports refused passwords and codes.
test.use({ allowedErrors: [/Failed to load resource: .*(400|401)/] });

const password = "correct horse battery";

async function typeInto(page: Page, label: string, text: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).click();
  await page.keyboard.type(text);
}

test("an address changes once the link that was sent to the new one is opened", async ({ page, context, system }) => {
  const person = await system.createMember("lynn", "RESEARCHER");
  await system.signIn(context, person);
  await page.goto("/profile");
  const form = page.getByRole("form", { name: "E-mail" });
  await typeInto(page, "New address", "lynn");
  await page.keyboard.press("Enter");
  await expect(form.getByText("This is not an e-mail address.")).toBeVisible();
  await form.getByLabel("New address").fill(person.email);
  await page.keyboard.press("Enter");
  await expect(form.getByText("This is your present address.")).toBeVisible();
  await form.getByLabel("New address").fill("lynn@new.example");
  await typeInto(page, "Password, to confirm", "not the password");
  await page.keyboard.press("Enter");
  await expect(form.getByRole("alert")).toContainText("This is not your password.");
  await form.getByLabel("Password, to confirm").fill(password);
  await page.keyboard.press("Enter");
  await expect(form.getByRole("status")).toContainText("If lynn@new.example is free, a link is on its way to it.");
  await expect(form.getByText(`now ${person.email}`)).toBeVisible();

  await page.goto(`/verify/${await readSentToken(system, "lynn@new.example", "verify")}`);
  await page.getByRole("button", { name: "Verify the address" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Your e-mail address is verified" })).toBeVisible();
  await page.goto("/profile");
  await expect(form.getByText("now lynn@new.example")).toBeVisible();
});

test("a second factor is set up with a QR code or its key, and signing in then needs a code", async ({ page, context, system }) => {
  const person = await system.createMember("radia", "RESEARCHER");
  await system.signIn(context, person);
  await page.goto("/profile");
  const section = page.getByRole("region", { name: "Second factor" });
  await section.getByRole("button", { name: "Turn on" }).click();
  await page.keyboard.type("not the password");
  await page.keyboard.press("Enter");
  await expect(section.getByRole("alert")).toContainText("The password is wrong.");
  await section.getByLabel("Your password", { exact: true }).fill(password);
  await page.keyboard.press("Enter");
  await expect(section.getByRole("img", { name: "QR code with the key for an authenticator app" })).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await expectFitsPhone(page);
  const uri = (await section.getByRole("link", { name: "Open it there" }).getAttribute("href")) ?? "";
  const codes = await section.getByRole("listitem").allTextContents();
  expect(codes).toHaveLength(10);
  await typeInto(page, "Code that the app shows", "12");
  await page.keyboard.press("Enter");
  await expect(section.getByText("Enter the six digits that the app shows.")).toBeVisible();
  await section.getByLabel("Code that the app shows").fill(totpCode(uri, Date.now()));
  await page.keyboard.press("Enter");
  await expect(
    section.getByText("On. Signing in requires your password and a code of your authenticator app. 10 backup codes are left."),
  ).toBeVisible();
  await expect(section.getByRole("heading", { name: "Second factor" })).toBeFocused();

  await page.getByRole("button", { name: "radia account" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
  await typeInto(page, "E-mail", person.email);
  await typeInto(page, "Password", password);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Enter the code" })).toBeVisible();
  await page.keyboard.type("000000");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert").filter({ hasText: /\w/ })).toBeVisible();
  // A backup code, since the app's code has been used for the set-up.
  await page.getByLabel("Code", { exact: true }).fill((codes[0] ?? "").replace("-", ""));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "radia account" })).toBeVisible();
  await page.goto("/profile");
  await expect(section.getByText("9 backup codes are left.")).toBeVisible();
});

test("two sessions of the same browser differ in when they signed in", async ({ page, context, system }) => {
  const person = await system.createMember("radia-twice", "RESEARCHER");
  await system.postAuth("/sign-in/email", { email: person.email, password });
  await page.waitForTimeout(1_100);
  await system.signIn(context, person);
  await page.goto("/profile");
  const table = page.getByRole("region", { name: "Sessions" }).getByRole("table");
  await expect(table.getByRole("columnheader", { name: "Signed in" })).toBeVisible();
  const times = table.getByText(/^\d+ \w+ \d{4}, \d\d:\d\d:\d\d$/);
  await expect(times).toHaveCount(2);
  const [present, other] = await times.allTextContents();
  expect(present).not.toBe(other);
  await expect(table.getByRole("row").filter({ hasText: present ?? "" })).toContainText("this session");
  await expect(table.getByRole("button", { name: new RegExp(`^Sign out .*, signed in ${other}$`) })).toBeVisible();
  await expectFitsPhone(page);
});
