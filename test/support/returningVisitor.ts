/**
 * The browser of somebody who has visited before: its cache has our scripts and images, so that a page opens at three fifths of the
 * processor's time. All tests of a Playwright worker share its profile; each starts without cookies, storage and permissions.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { BrowserContext, BrowserType, Page } from "@playwright/test";

/** All but the HTTP cache. */
const storageTypes = "cookies,file_systems,indexeddb,local_storage,service_workers,cache_storage";

export class ReturningVisitor {
  #context: BrowserContext | null = null;
  #folder: string | null = null;

  /** The first call opens the browser, with the options of the test that calls it. */
  async open(browserType: BrowserType, origin: string): Promise<BrowserContext> {
    if (this.#context === null) {
      this.#folder = mkdtempSync(path.join(tmpdir(), "pareidolia-profile-"));
      this.#context = await browserType.launchPersistentContext(this.#folder);
    }
    // The browser ends with its last page, so the first one stays.
    const [page] = this.#context.pages();
    if (page !== undefined) await forget(page, origin);
    return this.#context;
  }

  /** Ends what a test leaves behind, except the cache. */
  async leave(): Promise<void> {
    const context = this.#context;
    if (context === null) return;
    const [first, ...pages] = context.pages();
    await Promise.all(pages.map((page) => page.close()));
    await first?.goto("about:blank");
    await context.unrouteAll();
    await context.setOffline(false);
    await context.clearPermissions();
    await context.clearCookies();
  }

  async close(): Promise<void> {
    await this.#context?.close();
    if (this.#folder !== null) rmSync(this.#folder, { recursive: true, force: true });
  }
}

async function forget(page: Page, origin: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("Storage.clearDataForOrigin", { origin, storageTypes });
  await session.detach();
}
