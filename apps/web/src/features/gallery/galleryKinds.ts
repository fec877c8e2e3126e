/** The gallery's texts and filters for each kind of run. */
import type { GalleryKind, GalleryState } from "./galleryState.ts";

export type KindToken = "encoding" | "method" | "holding" | "outcome";

interface GalleryKindView {
  readonly label: string;
  /** Which images are shown, below the page's title. */
  readonly line: string;
  /** The filters that only this kind has. */
  readonly tokens: readonly KindToken[];
}

export const galleryKinds: Readonly<Record<GalleryKind, GalleryKindView>> = {
  evolution: {
    label: "evolution",
    line: "The elites of every evolution. Confidence is measured on the stored image.",
    tokens: ["encoding", "holding"],
  },
  ascent: {
    label: "gradient ascent",
    line: "The last image of every ascent, in the class that it climbs towards. Confidence is measured on the stored image.",
    tokens: ["method"],
  },
  perturbation: {
    label: "perturbation",
    line: "Perturbed images under the label that the model gives them. Confidence is measured on the stored image.",
    tokens: ["method", "outcome"],
  },
};

/** Whether filters hide some of the kind's images. */
export function isNarrowed(state: GalleryState): boolean {
  const { tokens } = galleryKinds[state.kind];
  const shared = [state.experiment, state.run, state.model, state.label, state.min];
  return (
    shared.some((value) => value !== null) ||
    (tokens.includes("encoding") && state.encoding !== null) ||
    (tokens.includes("method") && state.method !== null) ||
    (tokens.includes("outcome") && state.outcome !== "any")
  );
}
