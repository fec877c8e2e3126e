/** Reads and replaces the images of studies. */
import type { StudyImageRole } from "@pareidolia/core/studyState";
import { Prisma } from "../../generated/client.ts";
import { type CountRequest, countRows } from "../../server/database/countRows.ts";
import type { Connection, Transaction } from "../../server/database/database.ts";
import { groupInOrderOf } from "../../server/database/inOrderOf.ts";
import { type Page, type PageRequest, selectPage } from "../../server/database/keyset.ts";

export interface StudyImageRecord {
  readonly studyId: string;
  readonly role: StudyImageRole;
  readonly index: number;
  readonly imageSha256: string;
  readonly label: number;
  readonly truth: number | null;
  readonly runnersUp: readonly number[];
  readonly foils: readonly number[];
  readonly condition: string;
  readonly group: string;
  readonly source: string;
  /** The machine's, on the stored bytes; null without a machine. */
  readonly confidence: number | null;
  readonly modelId: string | null;
  readonly eliteId: string | null;
  readonly photoId: string | null;
  readonly votes: number;
  readonly agreeing: number;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
}

export type NewStudyImage = Omit<StudyImageRecord, "studyId" | "index" | "votes" | "agreeing" | "width" | "height" | "channels">;

const select = Prisma.sql`
  SELECT s.study_id AS "studyId", s.role::text AS role, s.index, s.image_sha256 AS "imageSha256", s.label, s.truth,
    s.runners_up AS "runnersUp", s.foils, s.condition, s."group", s.source, s.confidence, s.model_id AS "modelId", s.elite_id AS "eliteId",
    s.photo_id AS "photoId", s.votes, s.agreeing, i.width, i.height, i.channels
  FROM study_images s JOIN images i ON i.sha256 = s.image_sha256`;

interface ImagesOfRole {
  readonly studyId: string;
  readonly role: StudyImageRole;
}

interface ListedImages extends ImagesOfRole {
  /** Only images at these places. */
  readonly indices?: readonly number[] | undefined;
}

const listed = ({ studyId, role, indices }: ListedImages): Prisma.Sql[] => [
  Prisma.sql`s.study_id = ${studyId}`,
  Prisma.sql`s.role = ${role}::text::"StudyImageRole"`,
  ...(indices === undefined ? [] : [Prisma.sql`s.index = ANY (${[...indices]}::int[])`]),
];

/** The images of one role, in the plan's order. */
export function listStudyImages(
  connection: Connection,
  input: ListedImages & { readonly page: PageRequest },
): Promise<Page<StudyImageRecord>> {
  return selectPage<StudyImageRecord, StudyImageRecord>(connection, {
    select,
    conditions: listed(input),
    ordering: { columns: [{ sql: Prisma.sql`s.index`, type: "integer" }], direction: "ASC" },
    page: input.page,
    toRow: (row) => row,
    positionOf: (row) => [row.index],
  });
}

export function countStudyImages(request: CountRequest, input: ListedImages): Promise<number> {
  return countRows(request, Prisma.sql`FROM study_images s`, listed(input));
}

/** The number of counted images of each study, in the order of `studyIds`. */
export async function countImagesOfStudies(connection: Connection, studyIds: readonly string[]): Promise<number[]> {
  const groups = await connection.studyImage.groupBy({
    by: ["studyId"],
    where: { studyId: { in: [...studyIds] }, role: "COUNTED" },
    _count: true,
  });
  const counts = new Map(groups.map(({ studyId, _count }) => [studyId, _count]));
  return studyIds.map((id) => counts.get(id) ?? 0);
}

/** All images of a study, by role and place. */
export function findStudyImages(connection: Connection, studyId: string): Promise<StudyImageRecord[]> {
  return connection.$queryRaw<StudyImageRecord[]>(Prisma.sql`${select} WHERE s.study_id = ${studyId} ORDER BY s.role, s.index`);
}

/** Replaces the images of one role of a draft, in order. */
export async function replaceStudyImages(
  { connection }: Transaction,
  { studyId, role, images }: ImagesOfRole & { readonly images: readonly Omit<NewStudyImage, "role">[] },
): Promise<void> {
  await connection.studyImage.deleteMany({ where: { studyId, role } });
  await connection.studyImage.createMany({
    data: images.map(({ runnersUp, foils, ...image }, index) => ({
      ...image,
      runnersUp: [...runnersUp],
      foils: [...foils],
      studyId,
      role,
      index,
    })),
  });
}

export type ImageDetailsChange = Pick<StudyImageRecord, "index" | "truth" | "foils" | "group" | "condition">;

/** Changes what a draft says about its counted images. */
export async function changeImageDetails(
  { connection }: Pick<Transaction, "connection">,
  studyId: string,
  changes: readonly ImageDetailsChange[],
): Promise<void> {
  if (changes.length === 0) return;
  await connection.$executeRaw`
    UPDATE study_images SET truth = change.truth, foils = change.foils, "group" = change."group", condition = change.condition
    FROM jsonb_to_recordset(${JSON.stringify(changes)}::jsonb)
      AS change(index integer, truth integer, foils integer[], "group" text, condition text)
    WHERE study_id = ${studyId} AND role = 'COUNTED' AND study_images.index = change.index`;
}

export interface PreviewImage {
  readonly studyId: string;
  readonly imageSha256: string;
}

/** The first `limit` counted images of each study. */
export async function findPreviewImages(
  connection: Connection,
  { studyIds, limit }: { readonly studyIds: readonly string[]; readonly limit: number },
): Promise<string[][]> {
  const rows = await connection.$queryRaw<PreviewImage[]>`
    SELECT study_id AS "studyId", image_sha256 AS "imageSha256" FROM study_images
    WHERE study_id = ANY (${[...studyIds]}) AND role = 'COUNTED' AND index < ${limit} ORDER BY study_id, index`;
  return groupInOrderOf(studyIds, rows, ({ studyId }) => studyId).map((images) => images.map(({ imageSha256 }) => imageSha256));
}

/** What an image of a draft lacks. */
const unasked = {
  votes: 0,
  agreeing: 0,
  tallySequence: 0,
  labelSpace: null,
  recognitionVotes: 0,
  recognitionAgreeing: 0,
  recognitionAlternatives: null,
  agreeingVoters: [],
  otherVoters: [],
  // A trigger writes those of the copy.
  seals: {},
};

/** Copies the images of a study to a draft, without votes. */
export async function copyStudyImages(
  transaction: Transaction,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<void> {
  const images = await transaction.connection.studyImage.findMany({
    where: { studyId: from },
    orderBy: [{ role: "asc" }, { index: "asc" }],
  });
  await transaction.connection.studyImage.createMany({
    data: images.map((image) => ({ ...image, ...unasked, studyId: to })),
  });
}
