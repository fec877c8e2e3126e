/** What a release says about itself besides its data: who made it, under which licence, and when. Nothing of it is invented here. */

import { AppError } from "@pareidolia/core/appError";
import { escapeTex } from "@pareidolia/core/bibtex";

export interface Creator {
  readonly kind: "person" | "organization";
  /** In full, as it is to be cited. */
  readonly name: string;
  /** Of a person; null if unknown. */
  readonly givenName: string | null;
  readonly familyName: string | null;
  /** Such as "0000-0002-1825-0097"; null without one. */
  readonly orcid: string | null;
  readonly affiliation: string | null;
}

export interface Licence {
  /** Such as "Creative Commons Attribution 4.0 International". */
  readonly name: string;
  /** In the list of SPDX, such as "CC-BY-4.0"; null if it is not there. */
  readonly spdx: string | null;
  readonly url: string;
}

export interface ReleaseDescription {
  readonly title: string;
  /** A paragraph of plain text. */
  readonly description: string;
  /** Semantic version, such as "1.0.0". */
  readonly version: string;
  /** The day of the release, YYYY-MM-DD. */
  readonly releasedOn: string;
  readonly creators: readonly Creator[];
  /** Who makes the release available, such as a university. */
  readonly publisher: string;
  /** The member who made the release; null to leave the name out. */
  readonly releasedBy: string | null;
  readonly licence: Licence;
  readonly keywords: readonly string[];
  /** Such as "10.1234/abc"; null until there is one. */
  readonly doi: string | null;
  /** The page of the release; null without one. */
  readonly url: string | null;
  /** Version of Pareidolia. */
  readonly softwareVersion: string;
}

const patterns = {
  version: /^\d{1,9}\.\d{1,9}\.\d{1,9}(-[0-9A-Za-z.-]{1,50})?$/,
  day: /^\d{4}-\d{2}-\d{2}$/,
  doi: /^10\.\d{4,9}\/[^\s"<>\\]{1,200}$/,
  url: /^https?:\/\/[^\s"<>\\^`{|}]{1,1000}$/,
  spdx: /^[A-Za-z0-9.+-]{1,60}$/,
  orcid: /^\d{4}-\d{4}-\d{4}-\d{3}[\dX]$/,
};

function refuse(message: string, field: string): never {
  throw new AppError("INVALID_INPUT", message, { field });
}

/** @throws AppError INVALID_INPUT naming the first field that does not fit. */
export function checkDescription(release: ReleaseDescription): void {
  for (const field of ["title", "description", "publisher", "softwareVersion"] as const)
    if (release[field].trim() === "") refuse("This field must not be empty.", field);
  if (!patterns.version.test(release.version)) refuse("The version must have three numbers, such as 1.0.0.", "version");
  if (!patterns.day.test(release.releasedOn) || Number.isNaN(Date.parse(release.releasedOn)))
    refuse("The date must be a day, such as 2026-11-27.", "releasedOn");
  if (release.creators.length === 0) refuse("A release needs at least one creator.", "creators");
  for (const { name, orcid } of release.creators) {
    if (name.trim() === "") refuse("A creator needs a name.", "creators");
    if (orcid !== null && !isOrcid(orcid)) refuse(`"${orcid}" is not an ORCID iD.`, "creators");
  }
  const { licence, doi, url } = release;
  if (licence.name.trim() === "") refuse("The licence needs a name.", "licence");
  if (licence.spdx !== null && !patterns.spdx.test(licence.spdx)) refuse(`"${licence.spdx}" is not an identifier of SPDX.`, "licence");
  if (!patterns.url.test(licence.url)) refuse("The licence needs the address of its text.", "licence");
  if (doi !== null && !patterns.doi.test(doi)) refuse(`"${doi}" is not a DOI, such as 10.1234/abc.`, "doi");
  if (url !== null && !patterns.url.test(url)) refuse("The address must begin with http:// or https://.", "url");
}

/** Checks the last character, by ISO 7064 MOD 11-2. */
function isOrcid(orcid: string): boolean {
  if (!patterns.orcid.test(orcid)) return false;
  const digits = orcid.replaceAll("-", "");
  let sum = 0;
  for (const digit of digits.slice(0, -1)) sum = (sum + Number(digit)) * 2;
  const check = (12 - (sum % 11)) % 11;
  return digits.at(-1) === (check === 10 ? "X" : String(check));
}

/** As a reader would cite the release: creators, year, title, version, publisher, identifier. */
export function citationOf({ creators, releasedOn, title, version, publisher, doi, url }: ReleaseDescription): string {
  const names = creators.map(({ name, givenName, familyName }) =>
    familyName === null || givenName === null ? name : `${familyName}, ${givenName}`,
  );
  const where = doi === null ? url : `https://doi.org/${doi}`;
  return `${names.join("; ")} (${releasedOn.slice(0, 4)}). ${title} (version ${version}) [Data set]. ${publisher}.${where === null ? "" : ` ${where}`}`;
}

/** The same as BibTeX. */
export function bibTexOf({ creators, releasedOn, title, version, publisher, doi, url }: ReleaseDescription): string {
  const authors = creators.map(({ kind, name, givenName, familyName }) => {
    if (kind === "organization") return `{${escapeTex(name)}}`;
    return familyName === null || givenName === null ? escapeTex(name) : `${escapeTex(familyName)}, ${escapeTex(givenName)}`;
  });
  const fields = {
    author: authors.join(" and "),
    title: `{${escapeTex(title)}}`,
    year: releasedOn.slice(0, 4),
    version,
    publisher: escapeTex(publisher),
    ...(doi === null ? {} : { doi }),
    ...(url === null ? {} : { url }),
  };
  const lines = Object.entries(fields).map(([name, value]) => `  ${name} = {${value}}`);
  return `@dataset{release_${releasedOn.slice(0, 4)},\n${lines.join(",\n")}\n}`;
}
