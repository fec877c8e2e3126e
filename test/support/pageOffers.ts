/** What a page offers: the mutations that its controls name, in the attribute data-needs. */
import type { Page } from "@playwright/test";

export interface PageOffers {
  /** Mutations of controls that can be used, or that wait for an entry or a choice. */
  readonly offered: readonly string[];
  /** Mutations of controls that are refused, with the reason that the page gives. */
  readonly refused: readonly { readonly needs: string; readonly reason: string }[];
}

/** Opens every menu in turn, since its entries exist only while it is open. */
export async function readOffers(page: Page): Promise<PageOffers> {
  const found = [await readControls(page)];
  for (const menu of await page.locator("main button[aria-haspopup=menu]").all()) {
    if (!(await menu.isVisible())) continue;
    await menu.press("Enter");
    found.push(await readControls(page));
    await page.keyboard.press("Escape");
  }
  return { offered: [...new Set(found.flatMap(({ offered }) => offered))].toSorted(), refused: found[0]?.refused ?? [] };
}

function readControls(page: Page): Promise<PageOffers> {
  return page.locator("main").evaluate((main) => {
    const controls = [...main.querySelectorAll<HTMLElement>("[data-needs]")].map((element) => {
      const isForm = element.localName === "fieldset";
      const reason = isForm ? element.previousElementSibling?.querySelector("b")?.textContent : element.title;
      const isRefused = isForm ? element.matches(":disabled") : element.ariaDisabled === "true";
      return { needs: element.dataset["needs"] ?? "", isRefused, reason: reason ?? "" };
    });
    return {
      offered: controls.filter(({ isRefused }) => !isRefused).map(({ needs }) => needs),
      refused: controls.filter(({ isRefused }) => isRefused).map(({ needs, reason }) => ({ needs, reason })),
    };
  });
}
