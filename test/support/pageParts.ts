/** Locators that several specs use. */
import type { Locator, Page } from "@playwright/test";

/** The list of trajectories on an ascent's page. */
export function trajectoriesOn(page: Page): Locator {
  return page.getByRole("region", { name: /^Trajectories/ }).locator("> ul > li");
}

/** The rows of a run's milestones, lowest confidence first. */
export function milestonesIn(part: Page | Locator): Locator {
  // A filter's own locator is relative to the filtered element, so it starts at the page.
  const page = "page" in part ? part.page() : part;
  return part
    .locator("section")
    .filter({ has: page.getByRole("heading", { name: "Milestones", exact: true }) })
    .getByRole("listitem");
}

/** The ten large tiles of a small model's archive. */
export function archiveOn(page: Page): Locator {
  return page.getByRole("region", { name: "Archive" });
}

/** The estimate of the work in the new-run form. */
export function estimateOn(page: Page): Locator {
  return page.locator("section").filter({ has: page.getByRole("heading", { name: /^(Estimate|Attacks)$/ }) });
}

/** The sentence on the values that an attack changed. */
export function changeSentenceOn(page: Page): Locator {
  return page.locator("p").filter({ hasText: / values? changed, in / });
}
