/** The cells of a comparison's grid: an image of an evolution, an ascent or an attack for each class and entry. */
import type { GridCell } from "./ImageGrid.tsx";
import type { ComparedArchives } from "./useComparison.ts";

/** Its image can always be loaded. */
export type LiveCell = GridCell & { readonly image: NonNullable<GridCell["image"]> };
type Row = ComparedArchives["rows"][number];

/** One cell for each entry; null for an entry without an image of the class. */
export function cellsOf({
  elites,
  trajectories,
  perturbations,
}: Pick<Row, "elites" | "trajectories" | "perturbations">): readonly (LiveCell | null)[] {
  return elites.map((elite, entry) => {
    const candidates: LiveCell[] = [];
    if (elite != null)
      candidates.push({
        href: `/elites/${elite.id}`,
        label: elite.label,
        confidence: elite.storedConfidence,
        image: elite.image,
        runKey: elite.run.key,
      });
    const trajectory = trajectories[entry];
    if (trajectory != null)
      candidates.push({
        href: `/trajectories/${trajectory.id}`,
        label: trajectory.label,
        confidence: trajectory.storedConfidence,
        image: trajectory.image,
        runKey: trajectory.run.key,
      });
    const perturbation = perturbations[entry];
    if (perturbation != null)
      candidates.push({
        href: `/perturbations/${perturbation.id}`,
        label: `${perturbation.originalLabel} as ${perturbation.storedLabel}`,
        confidence: perturbation.storedConfidence,
        image: perturbation.image,
        runKey: perturbation.run.key,
      });
    return candidates.reduce<LiveCell | null>((best, cell) => (best === null || cell.confidence > best.confidence ? cell : best), null);
  });
}
