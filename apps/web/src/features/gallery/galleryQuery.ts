/** Turns the gallery's state into what the API is asked. */
import type { EliteFilter, EliteOrder } from "../../graphql/generated/graphql.ts";
import type { GalleryState } from "./galleryState.ts";

interface LabelledModel {
  readonly id: string;
  readonly labels: readonly string[];
}

/** The niches that carry a label in the chosen model, or in any model when none is chosen. */
export function nichesOfLabel(label: string, models: readonly LabelledModel[], chosen: string | null): number[] {
  const niches = new Set<number>();
  for (const { id, labels } of models)
    if (chosen === null || id === chosen)
      labels.forEach((each, niche) => {
        if (each === label) niches.add(niche);
      });
  return [...niches].sort((a, b) => a - b);
}

/** Null when no niche carries the label, so that there is nothing to ask. */
export function filterElites(state: GalleryState, models: readonly LabelledModel[]): EliteFilter | null {
  const niche = state.label === null ? null : nichesOfLabel(state.label, models, state.model);
  if (niche?.length === 0) return null;
  return {
    ...(state.experiment === null ? {} : { experimentId: state.experiment }),
    ...(state.run === null ? {} : { runId: state.run }),
    ...(state.model === null ? {} : { modelId: state.model }),
    ...(state.encoding === null ? {} : { encoding: [state.encoding] }),
    ...(niche === null ? {} : { niche }),
    ...(state.min === null ? {} : { minimumConfidence: Number(state.min) }),
    // The API reads "current: false" as no restriction: every elite that ever held a niche.
    current: state.holding === "now",
  };
}

const orderings: Record<GalleryState["order"], EliteOrder> = {
  highest: { field: "STORED_FITNESS", direction: "DESC" },
  lowest: { field: "STORED_FITNESS", direction: "ASC" },
  newest: { field: "CREATED_AT", direction: "DESC" },
  oldest: { field: "CREATED_AT", direction: "ASC" },
};

export function orderElites({ order }: GalleryState): EliteOrder {
  return orderings[order];
}
