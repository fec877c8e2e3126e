/** Reports models and encodings in the gallery's address that do not exist, and removes them from the filter. */
import { type AddressReader, missingChoice } from "../marks/addressProblems.ts";
import type { GalleryState } from "./galleryState.ts";

interface Choices {
  readonly models: readonly { readonly id: string }[];
  readonly encodings: readonly { readonly id: string }[];
}

interface CheckedState {
  readonly state: GalleryState;
  readonly problems: readonly string[];
}

/** A list that is still loading rejects nothing. */
export function checkChoices(state: GalleryState, address: AddressReader, { models, encodings }: Choices): CheckedState {
  const idsOf = (choices: readonly { readonly id: string }[]) => choices.map(({ id }) => id);
  const modelProblems = models.length === 0 ? [] : missingChoice(address, "model", idsOf(models), "images of every model are shown");
  const encodingProblems =
    encodings.length === 0 ? [] : missingChoice(address, "encoding", idsOf(encodings), "images of every encoding are shown");
  return {
    state: {
      ...state,
      ...(modelProblems.length > 0 ? { model: null } : {}),
      ...(encodingProblems.length > 0 ? { encoding: null } : {}),
    },
    problems: [...modelProblems, ...encodingProblems],
  };
}
