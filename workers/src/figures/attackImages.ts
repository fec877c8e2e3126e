/** Measures again how much each attack changed its photograph, from the two stored images. */
import { countDifferent, distancesBetween } from "@pareidolia/ascent/perturbation/distances";
import type { ByteImage } from "@pareidolia/core/image";
import type { FiguresToCheck } from "./figuresToCheck.ts";
import { compareFigures } from "./finding.ts";

export async function checkAttackImages(
  { bundle, keyOf, report }: FiguresToCheck,
  readImage: (sha256: string) => Promise<ByteImage>,
): Promise<void> {
  for await (const row of bundle.rows("perturbations")) {
    const [original, changed] = await Promise.all([readImage(row.original_image), readImage(row.image)]);
    const { linf, l2 } = distancesBetween(original.pixels, changed.pixels);
    compareFigures(report, `attack ${row.index} of ${keyOf(row.run)}`, {
      "perturbations.linf": [row.linf, linf],
      "perturbations.l2": [row.l2, l2],
      "perturbations.l0": [row.l0, countDifferent(original.pixels, changed.pixels)],
    });
  }
}
