/** The addresses at which people outside the workspace read an experiment. */

import { expect, it } from "vitest";
import { sharedPath } from "../../../../apps/web/src/features/sharing/visibilities.ts";

it("is the ID for a public experiment, the secret for an unlisted one, and none for a private one", () => {
  const experiment = { id: "RXhwOjE", key: "EXP-1", shareToken: "secret" } as const;
  expect(sharedPath({ ...experiment, visibility: "PUBLIC" })).toBe("/public/RXhwOjE");
  expect(sharedPath({ ...experiment, visibility: "UNLISTED" })).toBe("/shared/secret");
  expect(sharedPath({ ...experiment, visibility: "PRIVATE" })).toBeNull();
  expect(sharedPath({ ...experiment, visibility: "UNLISTED", shareToken: null })).toBeNull();
});
