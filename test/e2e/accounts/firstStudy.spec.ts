/** The home page of a workspace without studies offers one of its images, which the owner opens and votes in at once. */

import { workspaceAddress } from "@pareidolia/core/workspaceAddress";
import { expect } from "@playwright/test";
import { ask, test } from "../../support/browser.ts";
import { signInOwner } from "../../support/browserAccounts.ts";
import { finishedRun } from "../../support/finishedRuns.ts";
import { expectTrial, heading } from "../../support/votingPage.ts";

test("one click opens a study of a finished run's images, and leads to its voting page", async ({ page }) => {
  await signInOwner(page.request);
  // A workspace of its own, since other tests open studies.
  const create = 'mutation { createWorkspace(input: { name: "First study" }) { ... on WorkspaceSuccess { membership { slug } } } }';
  const { createWorkspace } = await ask<{ createWorkspace: { membership: { slug: string } } }>(page, create, {});
  await page.goto(workspaceAddress(createWorkspace.membership.slug, "/"));
  await finishedRun(page, { generations: 40 });
  await page.goto("/");
  const offer = page.getByRole("region", { name: "What do people see?" });
  await expect(offer.getByRole("listitem")).toHaveCount(10);
  await offer.getByRole("button", { name: "Vote on them" }).click();
  await expect(page).toHaveURL(/\/w\/[\w-]+\/vote\/STU-1$/);
  await expect(heading(page, "What do you see?")).toBeVisible();
  await page.getByRole("checkbox").check();
  await page.getByRole("button", { name: "Start", exact: true }).click();
  await page.getByRole("button", { name: "Skip the practice" }).click();
  await expectTrial(page, 1, 10);
  await page.keyboard.press("3");
  await expectTrial(page, 2, 10);
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1, name: "First study" })).toBeVisible();
  await expect(offer).toHaveCount(0);
  const { viewer } = await ask<{ viewer: { workspace: { id: string } } }>(page, "{ viewer { workspace { id } } }", {});
  const remove = "mutation($input: WorkspaceInput!) { deleteWorkspace(input: $input) { __typename } }";
  const removed = await ask<{ deleteWorkspace: { __typename: string } }>(page, remove, { input: { workspaceId: viewer.workspace.id } });
  expect(removed.deleteWorkspace.__typename).toMatch(/Success$/);
});
