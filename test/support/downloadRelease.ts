/** Makes a release of a study in a browser, as a researcher does. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { expect, type Page } from "@playwright/test";

/** Makes a release with the form, and returns the SHA-256 of the file that the browser has downloaded. */
export async function downloadRelease(page: Page, studyKey: string): Promise<string> {
  await page.getByRole("tab", { name: "Releases" }).click();
  await expect(page.getByText("No release yet.")).toBeVisible();
  await page.getByRole("button", { name: "Make a release" }).click();
  const form = page.getByRole("dialog", { name: `Release of ${studyKey}` });
  await form.getByRole("button", { name: "Make the release" }).click();
  await expect(form.getByRole("alert")).toHaveText([
    "The description is missing.",
    "The name is missing.",
    "The publisher is missing.",
    "Read the consent, and confirm that it permits the release.",
  ]);
  await form.getByLabel("Description").fill("Votes on evolved images.");
  await form.getByLabel("Given name 1").fill("Ada");
  await form.getByLabel("Family name or organization 1").fill("Example");
  await form.getByLabel("Publisher").fill("Example Lab");
  await form.getByLabel("This permits publishing").check();
  await form.getByRole("button", { name: "Make the release" }).click();
  const release = page.getByRole("listitem", { name: "Release 1.0.0" });
  await expect(release.getByText("FINISHED")).toBeVisible({ timeout: 60_000 });
  await expect(release.getByText(`npm run verify -- ${studyKey}-1.0.0.zip`)).toBeVisible();
  const downloading = page.waitForEvent("download");
  await release.getByRole("link", { name: "Download" }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe(`${studyKey}-1.0.0.zip`);
  const hash = createHash("sha256")
    .update(await readFile(await download.path()))
    .digest("hex");
  await expect(release.getByText(hash)).toBeVisible();
  return hash;
}
