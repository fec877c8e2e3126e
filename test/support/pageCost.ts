/** Measures a page load: layout shifts and transferred bytes. */
import { readWorkspaceAddress } from "@pareidolia/core/workspaceAddress";
import type { Page } from "@playwright/test";

interface LayoutShift extends PerformanceEntry {
  readonly value: number;
  readonly hadRecentInput: boolean;
  readonly sources: readonly { readonly node: Node | null }[];
}

interface Shifts {
  readonly total: number;
  /** The largest shifts with the elements that moved, for the message of a failed test. */
  readonly largest: readonly string[];
}

/** Call before the page is opened. Sums all shifts without recent input. */
export async function observeShifts(page: Page): Promise<() => Promise<Shifts>> {
  await page.addInitScript(() => {
    const seen: { value: number; moved: string }[] = [];
    Object.assign(window, { seenShifts: seen });
    const nameOf = (node: Node | null) => (node instanceof Element ? `${node.localName}.${node.getAttribute("class") ?? ""}` : "text");
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as LayoutShift[])
        if (!entry.hadRecentInput) seen.push({ value: entry.value, moved: entry.sources.map(({ node }) => nameOf(node)).join(", ") });
    }).observe({ type: "layout-shift", buffered: true });
  });
  return async () => {
    const seen = await page.evaluate(() => (window as unknown as { seenShifts: { value: number; moved: string }[] }).seenShifts);
    return {
      total: seen.reduce((sum, { value }) => sum + value, 0),
      largest: seen
        .toSorted((a, b) => b.value - a.value)
        .slice(0, 4)
        .map(({ value, moved }) => `${value.toFixed(3)} ${moved}`),
    };
  };
}

/** Compressed bytes transferred, by the first segment of the path after the workspace. */
export async function countBytes(page: Page): Promise<() => Readonly<Record<string, number>>> {
  const session = await page.context().newCDPSession(page);
  const addresses = new Map<string, string>();
  const bytes: Record<string, number> = {};
  session.on("Network.requestWillBeSent", ({ requestId, request }) =>
    addresses.set(requestId, readWorkspaceAddress(new URL(request.url).pathname).path),
  );
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const part = `/${addresses.get(requestId)?.split("/")[1] ?? ""}`;
    bytes[part] = (bytes[part] ?? 0) + encodedDataLength;
  });
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  return () => bytes;
}
