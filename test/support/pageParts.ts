/** Parts of pages that several specs look at. */
import type { Locator, Page } from "@playwright/test";

/** The trajectories that an ascent's page lists. */
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

/** What the new-run form says about the amount of work. */
export function estimateOn(page: Page): Locator {
  return page.locator("section").filter({ has: page.getByRole("heading", { name: /^(Estimate|Attacks)$/ }) });
}

/** The sentence that says what an attack changed. */
export function changeSentenceOn(page: Page): Locator {
  return page.locator("p").filter({ hasText: / values? changed, in / });
}
