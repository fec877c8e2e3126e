/** The audit log on the settings page: who did what, filtered, opened, verified and exported. */
import { readFile } from "node:fs/promises";
import { expect, type Page } from "@playwright/test";
import { test } from "../../support/accountsSystem.ts";
import { expectAccessibleInBothThemes, expectFitsPhone } from "../../support/axe.ts";
import { ask, createExperiment, failOperation, mockOperation } from "../../support/browser.ts";

const entry = (page: Page, action: string) =>
  page.getByRole("row").filter({ has: page.getByRole("button", { name: new RegExp(`^${action} entry`) }) });

async function openAudit(page: Page): Promise<void> {
  await page.goto("/settings/audit");
  await expect(page.getByRole("link", { name: "Audit", exact: true })).toHaveAttribute("aria-current", "page");
  await expect(page.getByRole("status", { name: "Verification" })).toContainText("The chain is intact");
}

test("a change appears with its old and new value, where it came from, and its link in the chain", async ({ page, system }) => {
  await system.createMember("barbara", "LABELLER");
  await openAudit(page);
  await expect(entry(page, "changed the role of the member")).toHaveCount(0);
  const { members } = await ask<{ members: { nodes: { id: string; email: string }[] } }>(page, "{ members { nodes { id email } } }", {});
  const memberId = members.nodes.find(({ email }) => email === "barbara@lab.example")?.id;
  await ask(page, "mutation($input: ChangeMemberRoleInput!) { changeMemberRole(input: $input) { __typename } }", {
    input: { memberId, role: "RESEARCHER" },
  });
  // The page shows it by itself.
  const row = entry(page, "changed the role of the member");
  await expect(row).toContainText("Ada");
  await expect(row).toContainText("barbara@lab.example");
  await expect(row).toContainText("LABELLER → RESEARCHER");
  const button = row.getByRole("button");
  await button.focus();
  await page.keyboard.press("Enter");
  await expect(button).toHaveAttribute("aria-expanded", "true");
  await expect(page.getByRole("heading", { name: "What changed" })).toBeVisible();
  await expect(page.getByText("latest entry")).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await expectFitsPhone(page);
  await button.press("Enter");
  await expect(page.getByRole("heading", { name: "What changed" })).toHaveCount(0);
});

test("entries are filtered by text, person and action, and the address keeps the filters", async ({ page }) => {
  await createExperiment(page, "An audited question");
  await openAudit(page);
  const bar = page.getByRole("search", { name: "Filter the audit log" });
  await bar.getByRole("searchbox").fill("audited question");
  await expect(entry(page, "created the experiment")).toHaveCount(1);
  await expect(page.locator("tbody").getByRole("button")).toHaveCount(1);
  await expect(bar.locator("output")).toContainText(/^1 of \d+$/);
  await bar.getByLabel("action").selectOption("experiment:create");
  await bar.getByLabel("by").selectOption("Ada");
  await bar.getByLabel("when").selectOption("the past 24 hours");
  await expect(page).toHaveURL(/q=audited\+question.*&/);
  await page.reload();
  await expect(entry(page, "created the experiment")).toHaveCount(1);
  await bar.getByRole("searchbox").fill("no such thing");
  await expect(page.getByRole("heading", { name: "No matching entries" })).toBeVisible();
});

test("the log is exported with the filters, as CSV and as JSON lines", async ({ page }) => {
  await createExperiment(page, "An exported question");
  await page.goto("/settings/audit?q=exported+question");
  await expect(entry(page, "created the experiment")).toHaveCount(1);
  for (const [name, extension] of [
    ["CSV", "csv"],
    ["JSON", "jsonl"],
  ] as const) {
    const downloading = page.waitForEvent("download");
    await page.getByRole("link", { name }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe(`audit-log.${extension}`);
    const text = await readFile(await download.path(), "utf8");
    expect(text.split("\n").filter((line) => line.includes("An exported question"))).toHaveLength(1);
    // Beside the entry: the header of CSV; in JSON lines, the record of the CSV export, whose filter has the same words.
    expect(text.trim().split("\n")).toHaveLength(2);
  }
});

test("a broken chain is named by its first entry at fault", async ({ page }) => {
  await mockOperation(page, "AuditVerification", () => ({
    auditVerification: {
      __typename: "AuditVerification",
      entries: 1,
      next: null,
      brokenSequence: 2,
      brokenReason: "its text was changed",
      keptHead: null,
    },
  }));
  await page.goto("/settings/audit");
  const status = page.getByRole("status", { name: "Verification" });
  await expect(status).toContainText("The chain is broken at entry 2");
  await expect(status).toContainText("its text was changed");
});

test("a log that cannot be verified says why, and is verified on request", async ({ page }) => {
  let failing = true;
  await failOperation(page, "AuditVerification", () => failing);
  await page.goto("/settings/audit");
  const status = page.getByRole("status", { name: "Verification" });
  await expect(status).toContainText("The chain could not be verified");
  await expect(status).toContainText("The database is away.");
  failing = false;
  await page.getByRole("button", { name: "Verify now" }).click();
  await expect(status).toContainText("The chain is intact");
});

test("a member who is no owner has no tab, and is told why the page is closed", async ({ page, context, system }) => {
  await system.signIn(context, await system.createMember("frances", "RESEARCHER"));
  await page.goto("/settings/members");
  await expect(page.getByRole("link", { name: /^Members/ })).toHaveAttribute("aria-current", "page");
  await expect(page.getByRole("link", { name: "Audit", exact: true })).toHaveCount(0);
  await page.goto("/settings/audit");
  await expect(page.getByRole("heading", { name: "Only owners can read this page" })).toBeVisible();
  await expectAccessibleInBothThemes(page);
});
