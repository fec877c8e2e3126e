/** Reads what a release says about itself from the input of `makeRelease`. */
import { AppError } from "@pareidolia/core/appError";
import { checkDescription, type ReleaseDescription } from "@pareidolia/release/metadata/releaseDescription";
import { checkText } from "../text.ts";
import type { MakeReleaseInput } from "./release.input.ts";

const longest = { title: 300, description: 10_000, name: 200, keyword: 100 } as const;
const most = { creators: 100, keywords: 20 } as const;

/** The worker adds the version of the software that writes the release. */
export type StoredDescription = Omit<ReleaseDescription, "softwareVersion">;

/** @param today the day of the release, YYYY-MM-DD. @throws AppError INVALID_INPUT naming the field. */
export function readDescription(input: MakeReleaseInput, today: string): StoredDescription {
  const text = (value: string, field: string, label: string, limit: number): string =>
    checkText(value, { field: `input.${field}`, label, longest: limit });
  const optional = (value: string | null | undefined, field: string, label: string): string | null => {
    const checked = value == null ? "" : text(value, field, label, longest.name);
    return checked === "" ? null : checked;
  };
  for (const field of ["creators", "keywords"] as const)
    if (input[field].length > most[field])
      throw new AppError("INVALID_INPUT", `A release has at most ${most[field]} ${field}.`, { field: `input.${field}` });
  const keywords = input.keywords.map((keyword, index) => text(keyword, `keywords.${index}`, "A keyword", longest.keyword));
  const described: StoredDescription = {
    title: text(input.title, "title", "The title", longest.title),
    description: text(input.description, "description", "The description", longest.description),
    version: input.version.trim(),
    releasedOn: today,
    creators: input.creators.map((creator, index) => ({
      kind: creator.kind,
      name: text(creator.name, `creators.${index}.name`, "A name", longest.name),
      givenName: optional(creator.givenName, `creators.${index}.givenName`, "A name"),
      familyName: optional(creator.familyName, `creators.${index}.familyName`, "A name"),
      orcid: optional(creator.orcid, `creators.${index}.orcid`, "An ORCID iD"),
      affiliation: optional(creator.affiliation, `creators.${index}.affiliation`, "An affiliation"),
    })),
    publisher: text(input.publisher, "publisher", "The publisher", longest.name),
    releasedBy: null,
    licence: {
      name: text(input.licence.name, "licence.name", "The licence", longest.name),
      spdx: optional(input.licence.spdx, "licence.spdx", "The identifier"),
      url: input.licence.url.trim(),
    },
    keywords: [...new Set(keywords)].filter((keyword) => keyword !== ""),
    doi: optional(input.doi, "doi", "A DOI"),
    url: null,
  };
  try {
    checkDescription({ ...described, softwareVersion: "0" });
  } catch (error) {
    if (error instanceof AppError && error.field !== undefined)
      throw new AppError(error.code, error.message, { field: `input.${error.field}` });
    throw error;
  }
  return described;
}
