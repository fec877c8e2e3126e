/** Reports models and encodings in the gallery's address that do not exist, and removes them from the filter. */
import { type AddressReader, missingChoice } from "../marks/addressProblems.ts";
import { filtersPeople, withoutPeople } from "./galleryKinds.ts";
import type { GalleryState } from "./galleryState.ts";

interface Choices {
  readonly models: readonly { readonly id: string }[];
  readonly encodings: readonly { readonly id: string }[];
  /** Whether the reader may list images by what people say; null until it is known. */
  readonly mayReadPeople: boolean | null;
}

interface CheckedState {
  readonly state: GalleryState;
  readonly problems: readonly string[];
}

/** A list that is still loading rejects nothing. */
export function checkChoices(state: GalleryState, address: AddressReader, { models, encodings, mayReadPeople }: Choices): CheckedState {
  const idsOf = (choices: readonly { readonly id: string }[]) => choices.map(({ id }) => id);
  const modelProblems = models.length === 0 ? [] : missingChoice(address, "model", idsOf(models), "images of every model are shown");
  const encodingProblems =
    encodings.length === 0 ? [] : missingChoice(address, "encoding", idsOf(encodings), "images of every encoding are shown");
  const dropsPeople = filtersPeople(state) && mayReadPeople === false;
  const peopleProblems = dropsPeople
    ? ["Only researchers and owners list images by what people say; images are shown whatever people say."]
    : [];
  return {
    state: {
      ...state,
      ...(dropsPeople ? withoutPeople : {}),
      ...(modelProblems.length > 0 ? { model: null } : {}),
      ...(encodingProblems.length > 0 ? { encoding: null } : {}),
    },
    problems: [...modelProblems, ...encodingProblems, ...peopleProblems],
  };
}
