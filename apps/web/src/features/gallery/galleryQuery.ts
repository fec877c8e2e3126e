/** Builds the API query of a gallery view. */
import type { EliteFilter, EliteOrder, PerturbationFilter, ResultOrder, TrajectoryFilter } from "../../graphql/generated/graphql.ts";
import type { GalleryState } from "./galleryState.ts";

function filterPeople({ asked, share, below, votes }: GalleryState): Pick<EliteFilter, "people"> {
  const people = {
    ...(asked === null ? {} : { asked: asked === "yes" }),
    ...(share === null ? {} : { minimumShare: Number(share) }),
    ...(below === null ? {} : { maximumShare: Number(below) }),
    ...(votes === null ? {} : { minimumVotes: Number(votes) }),
  };
  return Object.keys(people).length === 0 ? {} : { people };
}

export function filterElites(state: GalleryState): EliteFilter {
  return {
    ...(state.ids === null ? {} : { eliteIds: [...state.ids] }),
    ...(state.experiment === null ? {} : { experimentId: state.experiment }),
    ...(state.run === null ? {} : { runId: state.run }),
    ...(state.model === null ? {} : { modelId: state.model }),
    ...(state.encoding === null ? {} : { encoding: [state.encoding] }),
    ...(state.label === null ? {} : { label: [state.label] }),
    ...(state.min === null ? {} : { minimumConfidence: Number(state.min) }),
    // The API reads "current: false" as no restriction: every elite that ever held a niche.
    current: state.holding === "now",
    ...filterPeople(state),
  };
}

export function filterTrajectories(state: GalleryState): TrajectoryFilter {
  return {
    ...(state.experiment === null ? {} : { experimentId: state.experiment }),
    ...(state.run === null ? {} : { runId: state.run }),
    ...(state.model === null ? {} : { modelId: state.model }),
    ...(state.method === null ? {} : { method: [state.method] }),
    ...(state.label === null ? {} : { label: [state.label] }),
    ...(state.min === null ? {} : { minimumConfidence: Number(state.min) }),
    ...filterPeople(state),
  };
}

export function filterPerturbations(state: GalleryState): PerturbationFilter {
  return { ...filterTrajectories(state), ...(state.outcome === "fooled" ? { success: true } : {}) };
}

interface FieldOrder {
  readonly field: "CONFIDENCE" | "CREATED_AT" | "PEOPLE_SHARE" | "PEOPLE_VOTES";
  readonly direction: "ASC" | "DESC";
}

const orderings: Readonly<Record<GalleryState["order"], FieldOrder>> = {
  highest: { field: "CONFIDENCE", direction: "DESC" },
  lowest: { field: "CONFIDENCE", direction: "ASC" },
  newest: { field: "CREATED_AT", direction: "DESC" },
  oldest: { field: "CREATED_AT", direction: "ASC" },
  recognised: { field: "PEOPLE_SHARE", direction: "DESC" },
  unrecognised: { field: "PEOPLE_SHARE", direction: "ASC" },
  votes: { field: "PEOPLE_VOTES", direction: "DESC" },
};

export function orderElites({ order }: GalleryState): EliteOrder {
  const { field, direction } = orderings[order];
  return { field: field === "CONFIDENCE" ? "STORED_CONFIDENCE" : field, direction };
}

export function orderResults({ order }: GalleryState): ResultOrder {
  const { field, direction } = orderings[order];
  return { field: field === "CONFIDENCE" ? "STORED_CONFIDENCE" : field, direction };
}
