/** What rows of an export state about images: all that is needed to refuse a wrong one, in memory that repeated rows do not fill. */
import type { BundleRows } from "@pareidolia/exchange/restoring/restorable";
import { collectStated } from "@pareidolia/workers/imports/restoring/statedConfidences";
import { expect, it } from "vitest";

const image = "a".repeat(64);
const links = [{ run: 0, iteration: 1, model: 0 }];

function bundleOf(tables: Readonly<Record<string, readonly object[]>>): BundleRows {
  return {
    rows: async function* rows(name: string) {
      yield* tables[name] ?? [];
    } as unknown as BundleRows["rows"],
  };
}

async function statedFor(elites: readonly { readonly niche: number; readonly stored_confidence: number }[]) {
  const rows = elites.map((elite) => ({ run: 0, iteration: 1, image, confidence: 0.5, ...elite }));
  const stated = await collectStated(bundleOf({ runs: [{ run: 0, model: 0 }], links, link_elites: rows }), (run) => `RUN-${run}`, {
    from: "",
    to: null,
  });
  return [...(stated.get(0)?.get(image)?.confidences.values() ?? [])].map((extremes) =>
    extremes.map(({ niche, confidence }) => [niche, confidence]),
  );
}

it("are one confidence for rows that repeat it", async () => {
  const [extremes, ...others] = await statedFor(Array.from({ length: 1_000 }, () => ({ niche: 3, stored_confidence: 0.25 })));
  expect(extremes).toEqual([
    [3, 0.25],
    [3, 0.25],
  ]);
  expect(others).toEqual([]);
});

it("are the least and the greatest confidence in each niche", async () => {
  const confidences = [0.5, 0.75, 0.25, 0.625, 0.375];
  expect(
    await statedFor([...confidences.map((value) => ({ niche: 0, stored_confidence: value })), { niche: 1, stored_confidence: 1 }]),
  ).toEqual([
    [
      [0, 0.25],
      [0, 0.75],
    ],
    [
      [1, 1],
      [1, 1],
    ],
  ]);
});
