/** The figures of a perturbation run, computed from its attacks, and what an attack says twice. */

import { evaluationsPerAttack } from "@pareidolia/core/runKinds/perturbation";
import type { RowOf } from "@pareidolia/exchange/bundleTables";
import { boundsOf } from "../perturbation/attack.ts";
import { hashPerturbations } from "../perturbation/hashPerturbations.ts";
import type { RunToCheck } from "./figuresToCheck.ts";
import { compareFigures } from "./finding.ts";
import { figuresOfAttacks } from "./runFigures.ts";

type Attack = RowOf<"perturbations">;

export async function checkAttacks({ row, name, plan, parameters, rows, report }: RunToCheck<"perturbation">): Promise<boolean> {
  const bounds = boundsOf({ plan, parameters });
  const attacks: Attack[] = [];
  for await (const attack of rows("perturbations")) {
    const place = `attack ${attack.index} of ${name}`;
    const [first = attack] = attacks;
    const isHit = plan.target === null ? attack.stored_class !== attack.original_class : attack.stored_class === plan.target;
    compareFigures(report, place, {
      "perturbations.bound": [attack.bound, bounds[attack.index] ?? null],
      "perturbations.success": [attack.success, isHit],
      "perturbations.original_image": [attack.original_image, first.original_image],
      "perturbations.original_class": [attack.original_class, first.original_class],
      "perturbations.original_confidence": [attack.original_confidence, first.original_confidence],
      "perturbations.searched_class": [attack.searched_class, plan.target ?? attack.original_class],
    });
    if (attack.stored_class === attack.searched_class)
      compareFigures(report, place, {
        "perturbations.stored_searched_confidence": [attack.stored_searched_confidence, attack.stored_confidence],
      });
    attacks.push(attack);
  }
  const evaluations = attacks.length * evaluationsPerAttack(plan);
  const ends = attacks.map(({ index, success, steps, ...attack }) => ({
    index,
    success,
    steps,
    storedClass: attack.stored_class,
    storedConfidence: attack.stored_confidence,
    confidence: attack.search_confidence,
    imageSha256: attack.image,
  }));
  const { median, foolingCount } = figuresOfAttacks(ends);
  compareFigures(report, name, { "runs.median": [row.median, median], "runs.fooling_count": [row.fooling_count, foolingCount] });
  const hasEnded = row.state === "SUCCEEDED";
  if (hasEnded || row.evaluations < evaluations) compareFigures(report, name, { "runs.evaluations": [row.evaluations, evaluations] });
  if (hasEnded || row.archive_hash !== null)
    compareFigures(report, name, { "runs.archive_hash": [row.archive_hash, hashPerturbations(ends)] });
  return attacks.length === bounds.length;
}
