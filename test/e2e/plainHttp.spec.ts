/** A laboratory's server without HTTPS, opened from another machine. There, browsers lack the clipboard, random UUIDs and hashes. */
import { expect } from "@playwright/test";
import { test } from "../support/browser.ts";

test("over plain HTTP a run starts, and its hash is copied and pasted", async ({ playwright, launchOptions, baseURL }) => {
  // An address for documentation (RFC 5737), which the browser resolves to this machine.
  const address = "192.0.2.1";
  const args = [...(launchOptions.args ?? []), `--host-resolver-rules=MAP ${address} 127.0.0.1`];
  const browser = await playwright.chromium.launch({ ...launchOptions, args });
  try {
    const page = await browser.newPage({ baseURL: `http://${address}:${new URL(baseURL ?? "").port}`, reducedMotion: "reduce" });
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(error.message));
    await page.goto("/new");
    expect(await page.evaluate(() => window.isSecureContext)).toBe(false);
    await page.getByLabel("Generations").fill("2");
    await page.getByRole("button", { name: /^Start run/ }).click();
    await expect(page).toHaveURL(/\/runs\/RUN-\d+/);
    await expect(page.getByText("FINISHED").first()).toBeVisible({ timeout: 60_000 });

    await page.getByRole("button", { name: "Copy", exact: true }).first().click();
    await expect(page.getByRole("button", { name: "Copied" })).toBeFocused();
    await page.keyboard.press("Control+k");
    await page.keyboard.press("Control+v");
    await expect(page.getByRole("combobox", { name: "Search or jump to" })).toHaveValue(/^[0-9a-f]{64}$/);
    expect(errors).toEqual([]);
  } finally {
    await browser.close();
  }
});
