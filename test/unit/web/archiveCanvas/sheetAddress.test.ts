/** Addresses of contact sheets. */
import { expect, it } from "vitest";
import { sheetAddress } from "../../../../apps/web/src/features/archiveCanvas/useContactSheet.ts";

it("carries the share link of an unlisted experiment, which opens the sheet to a browser that sends no headers", () => {
  const sheet = { runId: "UnVuOjE=", generation: 40, side: 32 } as const;
  expect(sheetAddress({ ...sheet, shareToken: null })).toBe("/contact-sheets/UnVuOjE%3D/40/32.png");
  expect(sheetAddress({ ...sheet, shareToken: "abc" })).toBe("/contact-sheets/UnVuOjE%3D/40/32.png?share=abc");
});
