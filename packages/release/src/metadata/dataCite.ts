/**
 * Metadata for a DOI: DataCite Metadata Schema 4.6 in the JSON of DataCite's REST API. The DOI is left out until there is one; a
 * repository adds it.
 */
import type { Creator } from "./releaseDescription.ts";
import type { ReleaseFacts } from "./releaseFacts.ts";

/** The type under which the hash of the plan is an alternate identifier. */
export const planIdentifierType = "SHA-256 of the study's plan";

export function dataCiteOf({ description: release, study, plan, planHash, files }: ReleaseFacts): object {
  const { licence } = release;
  const bytes = [...files.values()].reduce((sum, file) => sum + file.bytes, 0);
  return {
    ...(release.doi === null ? {} : { doi: release.doi }),
    ...(release.url === null ? {} : { url: release.url }),
    types: { resourceTypeGeneral: "Dataset", resourceType: "Study of human judgements of images" },
    creators: release.creators.map(creatorOf),
    titles: [{ title: release.title }],
    publisher: { name: release.publisher },
    publicationYear: release.releasedOn.slice(0, 4),
    ...(release.keywords.length === 0 ? {} : { subjects: release.keywords.map((subject) => ({ subject })) }),
    ...(release.releasedBy === null ? {} : { contributors: [{ name: release.releasedBy, contributorType: "DataCurator" }] }),
    dates: [{ date: release.releasedOn, dateType: "Issued" }],
    language: plan.languages[0] ?? "en",
    alternateIdentifiers: [
      { alternateIdentifier: study, alternateIdentifierType: "Study" },
      { alternateIdentifier: planHash, alternateIdentifierType: planIdentifierType },
    ],
    sizes: [`${bytes} bytes`],
    formats: ["application/zip", "text/csv", "application/vnd.apache.parquet", "application/jsonl", "application/json", "image/png"],
    version: release.version,
    rightsList: [
      {
        rights: licence.name,
        rightsUri: licence.url,
        ...(licence.spdx === null
          ? {}
          : { rightsIdentifier: licence.spdx, rightsIdentifierScheme: "SPDX", schemeUri: "https://spdx.org/licenses/" }),
      },
    ],
    descriptions: [{ description: release.description, descriptionType: "Abstract" }],
    schemaVersion: "http://datacite.org/schema/kernel-4",
  };
}

function creatorOf({ kind, name, givenName, familyName, orcid, affiliation }: Creator): object {
  return {
    name: familyName === null || givenName === null ? name : `${familyName}, ${givenName}`,
    nameType: kind === "person" ? "Personal" : "Organizational",
    ...(givenName === null ? {} : { givenName }),
    ...(familyName === null ? {} : { familyName }),
    ...(orcid === null
      ? {}
      : {
          nameIdentifiers: [
            { nameIdentifier: `https://orcid.org/${orcid}`, nameIdentifierScheme: "ORCID", schemeUri: "https://orcid.org" },
          ],
        }),
    ...(affiliation === null ? {} : { affiliation: [{ name: affiliation }] }),
  };
}
