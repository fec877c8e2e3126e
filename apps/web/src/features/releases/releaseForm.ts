/** The form of a new release: its fields with their checks, the next version, and the input of the mutation. */
import * as z from "zod";
import type { MakeReleaseInput } from "../../graphql/generated/graphql.ts";

/** The usual licences of open data. */
export const licences = {
  "CC0-1.0": {
    name: "Creative Commons Zero 1.0 Universal",
    url: "https://creativecommons.org/publicdomain/zero/1.0/",
    short: "CC0 1.0: no conditions",
  },
  "CC-BY-4.0": {
    name: "Creative Commons Attribution 4.0 International",
    url: "https://creativecommons.org/licenses/by/4.0/",
    short: "CC BY 4.0: name the authors",
  },
  "CC-BY-SA-4.0": {
    name: "Creative Commons Attribution-ShareAlike 4.0 International",
    url: "https://creativecommons.org/licenses/by-sa/4.0/",
    short: "CC BY-SA 4.0: name the authors, and share under the same licence",
  },
} as const;
export type LicenceId = keyof typeof licences;
export const licenceIds = Object.keys(licences) as [LicenceId, ...LicenceId[]];

const text = (label: string, longest: number) =>
  z
    .string()
    .trim()
    .min(1, `${label} is missing.`)
    .max(longest, `${label} has at most ${longest.toLocaleString("en")} characters.`);
const optional = (longest: number) => z.string().trim().max(longest, `This has at most ${longest} characters.`);

export const releaseSchema = z.object({
  version: z
    .string()
    .trim()
    .regex(/^\d{1,9}\.\d{1,9}\.\d{1,9}(-[0-9A-Za-z.-]{1,50})?$/, "A version has three numbers, such as 1.0.0."),
  title: text("The title", 300),
  description: text("The description", 10_000),
  creators: z
    .array(
      z.object({
        givenName: optional(200),
        familyName: text("The name", 200),
        orcid: z
          .string()
          .trim()
          .regex(/^(\d{4}-\d{4}-\d{4}-\d{3}[\dX])?$/, "An ORCID iD has 16 digits, such as 0000-0002-1825-0097."),
        affiliation: optional(200),
      }),
    )
    .min(1, "A release needs at least one author."),
  publisher: text("The publisher", 200),
  licence: z.enum(licenceIds),
  keywords: optional(1_000),
  doi: optional(200),
  permitted: z.literal(true, "Read the consent, and confirm that it permits the release."),
});
export type ReleaseValues = z.input<typeof releaseSchema>;

export const emptyCreator = { givenName: "", familyName: "", orcid: "", affiliation: "" };

/** The version after the latest one: 1.0.0, then 1.1.0, 1.2.0. */
export function nextVersion(released: readonly string[]): string {
  const numbers = released.map((version) => version.split("-")[0]?.split(".").map(Number) ?? []);
  const latest = numbers.sort(([a = 0, b = 0, c = 0], [x = 0, y = 0, z_ = 0]) => x - a || y - b || z_ - c)[0];
  if (latest === undefined) return "1.0.0";
  const [major = 1, minor = 0] = latest;
  return `${major}.${minor + 1}.0`;
}

/** Without a given name, the author is an organization. */
export function inputOf(
  values: z.output<typeof releaseSchema>,
  study: { readonly studyId: string; readonly consentVersion: number; readonly idempotencyKey: string },
): MakeReleaseInput {
  const { name, url } = licences[values.licence];
  const { version, title, description, publisher, doi } = values;
  return {
    ...study,
    version,
    title,
    description,
    publisher,
    doi: doi === "" ? null : doi,
    licence: { name, url, spdx: values.licence },
    keywords: values.keywords
      .split(",")
      .map((keyword) => keyword.trim())
      .filter((keyword) => keyword !== ""),
    creators: values.creators.map(({ givenName, familyName, orcid, affiliation }) => ({
      kind: givenName === "" ? ("ORGANIZATION" as const) : ("PERSON" as const),
      name: givenName === "" ? familyName : `${givenName} ${familyName}`,
      givenName: givenName === "" ? null : givenName,
      familyName: givenName === "" ? null : familyName,
      orcid: orcid === "" ? null : orcid,
      affiliation: affiliation === "" ? null : affiliation,
    })),
  };
}
