/** The texts and filters of the gallery for each kind of run. */
import { type GalleryKind, type GalleryState, peopleOrders } from "./galleryState.ts";

export type KindFilter = "encoding" | "method" | "holding" | "outcome";

interface GalleryKindView {
  readonly label: string;
  /** The images shown, described below the page's title. */
  readonly description: string;
  /** The filters that depend on the kind. */
  readonly filters: readonly KindFilter[];
}

export const galleryKinds: Readonly<Record<GalleryKind, GalleryKindView>> = {
  evolution: {
    label: "evolution",
    description: "The elites of all evolutions. Confidences are those of the stored images.",
    filters: ["encoding", "holding"],
  },
  ascent: {
    label: "gradient ascent",
    description: "The last image of every trajectory, with its confidence in the target class. Confidences are those of the stored images.",
    filters: ["method"],
  },
  perturbation: {
    label: "perturbation",
    description: "Perturbed images with the model’s label. Confidences are those of the stored images.",
    filters: ["method", "outcome"],
  },
};

/** Whether the list is by what people say. */
export function filtersPeople({ asked, share, below, votes, order }: GalleryState): boolean {
  return [asked, share, below, votes].some((value) => value !== null) || peopleOrders.includes(order);
}

/** A list by nothing that people say. */
export const withoutPeople = {
  asked: null,
  share: null,
  below: null,
  votes: null,
  order: "highest",
} as const satisfies Partial<GalleryState>;

/** Whether filters may hide some of the kind's images. */
export function isFiltered(state: GalleryState): boolean {
  const { filters } = galleryKinds[state.kind];
  const shared = [state.experiment, state.run, state.model, state.label, state.min];
  return (
    (state.ids !== null && state.kind === "evolution") ||
    shared.some((value) => value !== null) ||
    (filters.includes("encoding") && state.encoding !== null) ||
    (filters.includes("method") && state.method !== null) ||
    (filters.includes("outcome") && state.outcome !== "any") ||
    filtersPeople(state)
  );
}
