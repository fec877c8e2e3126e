/** The hash of a plan to lock, where the browser offers hashes and where it does not, as on pages without HTTPS. */
import { createHash } from "node:crypto";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { afterEach, expect, it, vi } from "vitest";
import { OpeningHashText } from "../../../../apps/web/src/features/studyBuilder/OpeningHashText.tsx";
import { findOpeningHash, type OpeningHash } from "../../../../apps/web/src/features/studyBuilder/openingHash.ts";

afterEach(() => void vi.unstubAllGlobals());

const drawn = (found: OpeningHash | undefined) => renderToStaticMarkup(createElement(OpeningHashText, { found })).replace(/<[^>]*>/g, "");

it("a browser with hashes computes it and does not ask the server", async () => {
  const askServer = vi.fn<() => Promise<string>>(() => Promise.resolve("another"));
  const found = await findOpeningHash("{}", askServer);
  expect(found).toEqual({ hash: createHash("sha256").update("{}").digest("hex"), computedBy: "browser" });
  expect(askServer).not.toHaveBeenCalled();
  expect(drawn(found)).toBe(found.hash);
});

it("without hashes in the browser, the server's is shown and said to be the server's", async () => {
  vi.stubGlobal("crypto", {});
  const found = await findOpeningHash("{}", () => Promise.resolve("9c41"));
  expect(found).toEqual({ hash: "9c41", computedBy: "server" });
  expect(drawn(found)).toBe("9c41 Computed by the server, since this browser computes hashes only on pages with HTTPS.");
});

it("says that it is being computed, or is unknown if the server computes none", async () => {
  vi.stubGlobal("crypto", {});
  expect(drawn(undefined)).toBe("computing");
  expect(drawn(await findOpeningHash("{}", () => Promise.resolve(null)))).toMatch(/^unknown The server did not compute it/);
});
