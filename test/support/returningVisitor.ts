/**
 * The browser of a returning visitor: its cache has our scripts and images, so that a page opens at three quarters of the
 * processor's time. All tests of a Playwright worker share its profile and its tab, whose process has compiled most of what the next
 * page runs; each test starts without cookies, storage, permissions, history and what the test before changed in the tab.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { BrowserContext, BrowserType, Page } from "@playwright/test";
import { stopAnswering } from "./answeredOperations.ts";

/** All but the HTTP cache. */
const storageTypes = "cookies,file_systems,indexeddb,local_storage,service_workers,cache_storage";
/** Playwright's own listeners, for a tab that closes or crashes, stay. */
const events = ["console", "dialog", "download", "filechooser", "framenavigated", "load", "pageerror", "popup", "websocket", "worker"];
const requestEvents = ["request", "requestfailed", "requestfinished", "response"];
/** What these add cannot be removed, so a test that calls one is the last one in its tab. */
const lastingMethods = ["addInitScript", "addLocatorHandler", "exposeBinding", "exposeFunction", "routeWebSocket"] as const;

export class ReturningVisitor {
  #context: BrowserContext | null = null;
  #folder: string | null = null;
  #origin = "";
  #tab: Page | null = null;
  #isTabReusable = true;

  /** The first call opens the browser, with the options of the test that calls it. */
  async open(browserType: BrowserType, origin: string): Promise<BrowserContext> {
    this.#origin = origin;
    if (this.#context === null) {
      this.#folder = mkdtempSync(path.join(tmpdir(), "pareidolia-profile-"));
      this.#context = await browserType.launchPersistentContext(this.#folder);
    }
    // The browser ends with its last page, so the first one stays.
    const [page] = this.#context.pages();
    if (page !== undefined) await forget(page, origin);
    return this.#context;
  }

  isIn(context: BrowserContext): boolean {
    return context === this.#context;
  }

  /** The tab of the test before, or a new one. */
  async openTab(): Promise<Page> {
    if (this.#context === null) throw new Error("The browser is not open.");
    if (this.#tab !== null) return this.#tab;
    const tab = await this.#context.newPage();
    this.#isTabReusable = true;
    for (const method of lastingMethods) {
      const change = (tab[method] as (...given: readonly unknown[]) => unknown).bind(tab);
      Object.assign(tab, {
        [method]: (...given: readonly unknown[]) => {
          this.#isTabReusable = false;
          return change(...given);
        },
      });
    }
    this.#tab = tab;
    return tab;
  }

  /** Ends what a test leaves behind, except the cache. */
  async leave(): Promise<void> {
    const context = this.#context;
    if (context === null) return;
    const tab = this.#tab;
    if (tab !== null && !(this.#isTabReusable && (await tidy(tab, this.#origin)))) this.#tab = null;
    const [first, ...pages] = context.pages();
    await Promise.all(pages.filter((page) => page !== this.#tab).map((page) => page.close()));
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

/** Whether the tab is as good as a new one. */
async function tidy(tab: Page, origin: string): Promise<boolean> {
  // Only a page of the system can clear what it stored for its tab.
  if (tab.isClosed() || new URL(tab.url()).origin !== new URL(origin).origin) return false;
  for (const event of [...events, ...requestEvents]) tab.removeAllListeners(event);
  try {
    await tab.evaluate(() => sessionStorage.clear());
    await tab.goto("about:blank");
    await stopAnswering(tab);
    await tab.unrouteAll({ behavior: "ignoreErrors" });
    await tab.mouse.move(-1, -1);
    const session = await tab.context().newCDPSession(tab);
    await session.send("Page.resetNavigationHistory");
    await session.detach();
    return true;
  } catch {
    return false;
  }
}

async function forget(page: Page, origin: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("Storage.clearDataForOrigin", { origin, storageTypes });
  await session.detach();
}
