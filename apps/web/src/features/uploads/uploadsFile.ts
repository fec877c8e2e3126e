/** Uploaded photographs and files as files: their columns, and the GraphQL queries for the same data. */
import type { UploadedFileFragment, UploadedPhotoFragment } from "../../graphql/generated/graphql.ts";
import type { CsvValue } from "../marks/csv.ts";

export const photosFile: Readonly<Record<string, (row: UploadedPhotoFragment) => CsvValue>> = {
  name: ({ name }) => name,
  label: ({ label }) => label ?? null,
  width: ({ image }) => image.width,
  height: ({ image }) => image.height,
  bytes: ({ image }) => image.byteLength,
  runs: ({ runCount }) => runCount,
  uploaded: ({ createdAt }) => createdAt,
  image: ({ image }) => image.url,
};

export const photosQuery = `{
  photos(first: 100) {
    nodes { name label isSample runCount createdAt image { url width height byteLength } }
    pageInfo { hasNextPage endCursor }
  }
}`;

export const uploadsFile: Readonly<Record<string, (row: UploadedFileFragment) => CsvValue>> = {
  file: ({ fileName }) => fileName,
  kind: ({ kind }) => kind,
  bytes: ({ byteLength }) => byteLength,
  sha256: ({ sha256 }) => sha256 ?? null,
  requested: ({ createdAt }) => createdAt,
};

export const uploadsQuery = `{
  uploads(first: 100) {
    nodes { fileName kind byteLength sha256 createdAt }
    pageInfo { hasNextPage endCursor }
  }
}`;
