import { falseDiscoveryGates } from "@pareidolia/lab/perception/falseDiscoveryGates";
import { totalAgreementGates } from "@pareidolia/lab/perception/totalAgreementGates";
import { canaryGates, sessionSlopeGates, voterSlopeGate } from "@pareidolia/lab/perception/voterGates";
import { describe, expect, it } from "vitest";

/** Smaller simulations than those of `npm run repro -- perception`, each with its own seed, so they hold or fail every time. */
describe("the gates of studies", () => {
  it.each([
    ["false discoveries", () => falseDiscoveryGates({ studies: 150 })],
    ["voters", () => [...sessionSlopeGates({ studies: 400 }), voterSlopeGate({ voters: 1000 }), ...canaryGates({ studies: 100 })]],
  ])("hold for %s", (_name, gates) => {
    for (const row of gates()) expect(row, `${row.id}: ${row.figure} ${row.bar}`).toMatchObject({ holds: true });
  });

  // Three standard errors of a coverage of .95 over 100 studies are .065.
  it("hold for the total agreement, within what 100 studies can show", () => {
    for (const row of totalAgreementGates({ studies: 100 })) expect(row.figure, row.detail).toBeLessThan(0.065);
  });
});
