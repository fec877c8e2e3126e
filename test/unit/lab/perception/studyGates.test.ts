import { optionalStoppingGates, posteriorBoundGate } from "@pareidolia/lab/perception/optionalStoppingGates";
import { exactIntervalGate, falseDiscoveryGates, shareIntervalGates } from "@pareidolia/lab/perception/shareIntervalGates";
import { totalAgreementGates } from "@pareidolia/lab/perception/totalAgreementGates";
import { canaryGates, sessionSlopeGates, voterSlopeGate } from "@pareidolia/lab/perception/voterGates";
import { describe, expect, it } from "vitest";

/** Smaller simulations than those of `npm run repro -- perception`, each with its own seed, so they hold or fail every time. */
describe("the gates of studies", () => {
  it.each([
    ["intervals for a share", () => [...shareIntervalGates({ images: 3000 }), exactIntervalGate({ images: 2000 })]],
    ["false discoveries", () => falseDiscoveryGates({ studies: 150 })],
    ["optional stopping", () => [...optionalStoppingGates({ electorates: 1000, horizon: 200 }), posteriorBoundGate({ electorates: 2000 })]],
    ["voters", () => [...sessionSlopeGates({ studies: 400 }), voterSlopeGate({ voters: 1000 }), ...canaryGates({ studies: 100 })]],
  ])("hold for %s", (_name, gates) => {
    for (const row of gates()) expect(row, `${row.id}: ${row.figure} ${row.bar}`).toMatchObject({ holds: true });
  });

  // Three standard errors of a coverage of .95 over 100 studies are .065.
  it("hold for the total agreement, within what 100 studies can show", () => {
    for (const row of totalAgreementGates({ studies: 100, resamples: 200 })) expect(row.figure, row.detail).toBeLessThan(0.065);
  });
});
