/** A program signs in by a code: the member sees which rights it requests, approves it, and finds its key in the list. */
import { expect, type Page } from "@playwright/test";
import { expectAccessibleInBothThemes, expectFitsPhone } from "../../support/axe.ts";
import { test } from "../../support/browser.ts";
import { openOwner } from "../../support/browserAccounts.ts";

const client = "pareidolia on a far laptop";

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
