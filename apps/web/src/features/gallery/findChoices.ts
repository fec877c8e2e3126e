/** Reports models and encodings in the gallery's address that do not exist, and leaves them out of the filter. */
import { type AddressReader, missingChoice } from "../marks/addressProblems.ts";
import type { GalleryState } from "./galleryState.ts";

interface Known {
  readonly models: readonly { readonly id: string }[];
  readonly encodings: readonly { readonly id: string }[];
}

interface FoundChoices {
  readonly state: GalleryState;
  readonly problems: readonly string[];
}

/** A list that is still loading rules nothing out. */
export function findChoices(state: GalleryState, address: AddressReader, { models, encodings }: Known): FoundChoices {
  const idsOf = (choices: readonly { readonly id: string }[]) => choices.map(({ id }) => id);
  const noModel = models.length === 0 ? [] : missingChoice(address, "model", idsOf(models), "images of every model are shown");
  const noEncoding =
    encodings.length === 0 ? [] : missingChoice(address, "encoding", idsOf(encodings), "images of every encoding are shown");
  return {
    state: {
      ...state,
      ...(noModel.length > 0 ? { model: null } : {}),
      ...(noEncoding.length > 0 ? { encoding: null } : {}),
    },
    problems: [...noModel, ...noEncoding],
  };
}
