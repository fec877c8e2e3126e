/**
 * Croissant 1.1: the release as a data set that programs for machine learning load: the trials, voters and images as records, and the
 * images themselves as a set of files.
 */

import type { TypedColumn } from "@pareidolia/archive/tables/columns";
import { fileNames, optionalFiles } from "../layout.ts";
import { codeColumns } from "../tables/codeTable.ts";
import { imageColumns } from "../tables/imageTable.ts";
import { typedTrialColumns } from "../tables/trialTypes.ts";
import { voterColumns } from "../tables/voterTable.ts";
import { describeFile } from "./fileDescriptions.ts";
import { bibTexOf, type Creator } from "./releaseDescription.ts";
import { mediaTypeOf, type ReleaseFacts } from "./releaseFacts.ts";

/** The context of the specification, section "Format". */
const context = {
  "@language": "en",
  "@vocab": "https://schema.org/",
  arrayShape: "cr:arrayShape",
  citeAs: "cr:citeAs",
  column: "cr:column",
  conformsTo: "dct:conformsTo",
  containedIn: "cr:containedIn",
  cr: "http://mlcommons.org/croissant/",
  data: { "@id": "cr:data", "@type": "@json" },
  dataType: { "@id": "cr:dataType", "@type": "@vocab" },
  dct: "http://purl.org/dc/terms/",
  description: { "@container": "@language" },
  equivalentProperty: "cr:equivalentProperty",
  examples: { "@id": "cr:examples", "@type": "@json" },
  extract: "cr:extract",
  field: "cr:field",
  fileObject: "cr:fileObject",
  fileProperty: "cr:fileProperty",
  fileSet: "cr:fileSet",
  format: "cr:format",
  includes: "cr:includes",
  isArray: "cr:isArray",
  isLiveDataset: "cr:isLiveDataset",
  jsonPath: "cr:jsonPath",
  key: "cr:key",
  md5: "cr:md5",
  name: { "@container": "@language" },
  parentField: "cr:parentField",
  path: "cr:path",
  rai: "http://mlcommons.org/croissant/RAI/",
  recordSet: "cr:recordSet",
  references: "cr:references",
  regex: "cr:regex",
  repeated: "cr:repeated",
  replace: "cr:replace",
  samplingRate: "cr:samplingRate",
  sc: "https://schema.org/",
  separator: "cr:separator",
  source: "cr:source",
  subField: "cr:subField",
  transform: "cr:transform",
};

/** Integers that may be missing are floats, since readers of CSV have no missing integer. */
const dataTypes = {
  integer: "cr:Int64",
  number: "cr:Float64",
  boolean: "sc:Boolean",
  text: "sc:Text",
  list: "sc:Text",
  json: "sc:Text",
} as const;

export function croissantOf(facts: ReleaseFacts): object {
  const { description: release, counts, files } = facts;
  const { doi, url } = release;
  const hasCodes = files.has(optionalFiles.codes);
  const tables = [fileNames.trialsCsv, fileNames.voters, fileNames.images, ...(hasCodes ? [optionalFiles.codes] : [])];
  const others = [fileNames.plan, fileNames.trialsJsonLines, fileNames.trialsParquet];
  return {
    "@context": context,
    "@type": "sc:Dataset",
    conformsTo: "http://mlcommons.org/croissant/1.1",
    name: release.title,
    description: release.description,
    version: release.version,
    datePublished: release.releasedOn,
    license: release.licence.url,
    creator: release.creators.map(creatorOf),
    publisher: { "@type": "sc:Organization", name: release.publisher },
    ...(release.keywords.length === 0 ? {} : { keywords: release.keywords }),
    citeAs: bibTexOf(release),
    isLiveDataset: false,
    ...(url === null && doi === null ? {} : { url: url ?? `https://doi.org/${doi}` }),
    ...(doi === null ? {} : { sameAs: `https://doi.org/${doi}` }),
    "rai:dataCollection":
      "People answered trials of a study that was fixed in advance: images, questions, order, stopping and exclusion rules are in plan.json.",
    "rai:personalSensitiveInformation":
      "Voters have pseudonyms in order of arrival. Voters who withdrew before the release are not included.",
    distribution: [
      ...[...tables, ...others].map((name) => ({
        "@type": "cr:FileObject",
        "@id": name,
        name,
        description: describeFile(name).description,
        contentUrl: name,
        contentSize: `${files.get(name)?.bytes ?? 0} B`,
        encodingFormat: mediaTypeOf(name),
        sha256: files.get(name)?.sha256,
      })),
      {
        "@type": "cr:FileSet",
        "@id": "image-files",
        name: "image-files",
        description: `The ${counts.images} images, named by the SHA-256 of their bytes.`,
        encodingFormat: "image/png",
        includes: "images/*.png",
      },
    ],
    recordSet: [
      recordSet("trials", "A row for each trial that a voter answered or skipped.", fileNames.trialsCsv, typedTrialColumns, [
        "voter",
        "trial",
      ]),
      recordSet("voters", "The people who took part.", fileNames.voters, voterColumns, ["voter"]),
      recordSet("images", "The images of the study in each role.", fileNames.images, imageColumns, ["role", "index"]),
      ...(hasCodes
        ? [recordSet("codes", "How researchers coded the texts of voters.", optionalFiles.codes, codeColumns, ["text", "coder"])]
        : []),
      {
        "@type": "cr:RecordSet",
        "@id": "image-contents",
        name: "image-contents",
        description: "The images themselves.",
        key: { "@id": "image-contents/sha256" },
        field: [
          {
            "@type": "cr:Field",
            "@id": "image-contents/sha256",
            name: "sha256",
            description: "SHA-256 of the image's bytes, as in the column image of the tables.",
            dataType: "sc:Text",
            source: {
              fileSet: { "@id": "image-files" },
              extract: { fileProperty: "filename" },
              transform: { regex: "^([0-9a-f]{64})\\.png$" },
            },
          },
          {
            "@type": "cr:Field",
            "@id": "image-contents/content",
            name: "content",
            description: "The image.",
            dataType: "sc:ImageObject",
            source: { fileSet: { "@id": "image-files" }, extract: { fileProperty: "content" } },
          },
        ],
      },
    ],
  };
}

function recordSet(id: string, description: string, file: string, columns: readonly TypedColumn[], key: readonly string[]): object {
  return {
    "@type": "cr:RecordSet",
    "@id": id,
    name: id,
    description,
    key: key.map((name) => ({ "@id": `${id}/${name}` })),
    field: columns.map(({ name, description: meaning, type, nullable }) => ({
      "@type": "cr:Field",
      "@id": `${id}/${name}`,
      name,
      description: meaning,
      dataType: type === "integer" && nullable ? dataTypes.number : type === "boolean" && nullable ? dataTypes.text : dataTypes[type],
      source: { fileObject: { "@id": file }, extract: { column: name } },
    })),
  };
}

function creatorOf({ kind, name, orcid }: Creator): object {
  return {
    "@type": kind === "person" ? "sc:Person" : "sc:Organization",
    name,
    ...(orcid === null ? {} : { url: `https://orcid.org/${orcid}` }),
  };
}
