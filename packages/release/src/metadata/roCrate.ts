/**
 * RO-Crate 1.2: the release as a research object, with its creators, licence and files. Images and genomes are described as folders, since
 * a crate need not list each file; the manifest does.
 */
import { fileNames, nameIn } from "../layout.ts";
import { describeFile } from "./fileDescriptions.ts";
import { type Creator, citationOf } from "./releaseDescription.ts";
import { mediaTypeOf, type ReleaseFacts } from "./releaseFacts.ts";

type Entity = Readonly<Record<string, unknown>> & { readonly "@id": string };

const reference = ({ "@id": id }: Pick<Entity, "@id">): { readonly "@id": string } => ({ "@id": id });

/** RO-Crate writes a list of one value as the value. */
const oneOrMany = <T>(values: readonly T[]): T | readonly T[] => (values.length === 1 ? (values[0] as T) : values);

export function roCrateOf(facts: ReleaseFacts): object {
  const { description: release, study, planHash, counts, files } = facts;
  const { licence, doi, url } = release;
  const affiliations = [...new Set(release.creators.flatMap(({ affiliation }) => (affiliation === null ? [] : [affiliation])))];
  const organizations = affiliations.map((name, index): Entity => ({ "@id": `#affiliation-${index + 1}`, "@type": "Organization", name }));
  const creators = release.creators.map((creator, index) => creatorEntity(creator, index, organizations, affiliations));
  const publisher: Entity = { "@id": "#publisher", "@type": "Organization", name: release.publisher };
  const licenceEntity: Entity = {
    "@id": licence.url,
    "@type": "CreativeWork",
    name: licence.name,
    description: licence.spdx === null ? licence.name : `${licence.name} (SPDX: ${licence.spdx})`,
  };
  const software: Entity = {
    "@id": "#pareidolia",
    // A SoftwareApplication would need an address, and SoftwareSourceCode would be a file of the crate.
    "@type": "CreativeWork",
    name: "Pareidolia",
    description: "The program that ran the study and wrote this release.",
    version: release.softwareVersion,
  };
  const planIdentifier: Entity = {
    "@id": "#plan-hash",
    "@type": "PropertyValue",
    name: "SHA-256 of the study's plan",
    value: planHash,
  };
  const doiIdentifier: Entity | null =
    doi === null
      ? null
      : {
          "@id": `https://doi.org/${doi}`,
          "@type": "PropertyValue",
          name: "DOI",
          propertyID: "https://registry.identifiers.org/registry/doi",
          value: `doi:${doi}`,
          url: `https://doi.org/${doi}`,
        };
  const plain = [...files.values()].filter(({ name }) => !name.includes("/") && name !== fileNames.roCrate);
  const results = facts.results.map((kind) => nameIn("result", kind));
  const file = (name: string): Entity => ({
    "@id": name,
    "@type": "File",
    ...describeFile(name),
    encodingFormat: mediaTypeOf(name),
    ...sizeAndHash(facts, name),
  });
  const folder = (name: string, title: string, description: string): Entity => ({
    "@id": `${name}/`,
    "@type": "Dataset",
    name: title,
    description,
  });
  const parts: Entity[] = [
    ...plain.map(({ name }) => file(name)),
    ...results.map(file),
    folder("images", "Images", `The ${counts.images} images that voters saw, as PNG files named by the SHA-256 of their bytes.`),
    ...(counts.genomes === 0
      ? []
      : [folder("genomes", "Genomes", `The ${counts.genomes} genomes of evolved images, as canonical bytes named by their SHA-256.`)]),
  ];
  const root: Entity = {
    "@id": "./",
    "@type": "Dataset",
    name: release.title,
    description: release.description,
    datePublished: release.releasedOn,
    version: release.version,
    license: reference(licenceEntity),
    creator: oneOrMany(creators.map(reference)),
    author: oneOrMany(creators.map(reference)),
    publisher: reference(publisher),
    identifier: doiIdentifier === null ? reference(planIdentifier) : [reference(doiIdentifier), reference(planIdentifier)],
    ...(release.keywords.length === 0 ? {} : { keywords: oneOrMany(release.keywords) }),
    ...(url === null ? {} : { url }),
    creditText: citationOf(release),
    mainEntity: { "@id": fileNames.trialsCsv },
    hasPart: oneOrMany(parts.map(reference)),
    mentions: reference({ "@id": "#writing" }),
  };
  const { releasedBy } = release;
  const agent: Entity | null =
    releasedBy === null
      ? null
      : (creators.find(({ name }) => name === releasedBy) ?? { "@id": "#released-by", "@type": "Person", name: releasedBy });
  const action: Entity = {
    "@id": "#writing",
    "@type": "CreateAction",
    name: `Release of study ${study}`,
    description: `Pareidolia wrote this release from the plan and the votes of study ${study}.`,
    endTime: release.releasedOn,
    instrument: reference(software),
    ...(agent === null ? {} : { agent: reference(agent) }),
    result: reference(root),
  };
  const descriptor: Entity = {
    "@id": fileNames.roCrate,
    "@type": "CreativeWork",
    conformsTo: { "@id": "https://w3id.org/ro/crate/1.2" },
    about: reference(root),
  };
  return {
    "@context": "https://w3id.org/ro/crate/1.2/context",
    "@graph": [
      descriptor,
      root,
      ...parts,
      ...creators,
      ...organizations,
      publisher,
      licenceEntity,
      software,
      planIdentifier,
      ...(doiIdentifier === null ? [] : [doiIdentifier]),
      action,
      ...(agent === null || creators.includes(agent) ? [] : [agent]),
    ],
  };
}

function sizeAndHash({ files }: ReleaseFacts, name: string): object {
  const written = files.get(name);
  return written === undefined ? {} : { contentSize: String(written.bytes), sha256: written.sha256 };
}

function creatorEntity(
  { kind, name, givenName, familyName, orcid, affiliation }: Creator,
  index: number,
  organizations: readonly Entity[],
  affiliations: readonly string[],
): Entity {
  const organization = affiliation === null ? undefined : organizations[affiliations.indexOf(affiliation)];
  return {
    "@id": orcid === null ? `#creator-${index + 1}` : `https://orcid.org/${orcid}`,
    "@type": kind === "person" ? "Person" : "Organization",
    name,
    ...(givenName === null ? {} : { givenName }),
    ...(familyName === null ? {} : { familyName }),
    ...(organization === undefined ? {} : { affiliation: reference(organization) }),
  };
}
