/** Locators for the page of a random search. */
import type { Page } from "@playwright/test";

export const shownHeading = (page: Page, index: string) => page.getByRole("heading", { name: `Trajectories of configuration ${index}` });

export const rowsOf = (page: Page) => page.getByRole("row").filter({ has: page.getByRole("button", { name: /^Configuration \d+$/ }) });

export const configurationButton = (page: Page, place: number) =>
  rowsOf(page)
    .nth(place)
    .getByRole("button", { name: /^Configuration/ });

/** The configuration's number on a row's button. */
export async function indexOf(page: Page, place: number): Promise<string> {
  return (await configurationButton(page, place).innerText()).replace("Configuration", "").trim();
}
