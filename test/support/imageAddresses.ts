/** The addresses of a study's images for one voter, as the API writes them. */
import { writeImageAddress } from "@pareidolia/api/voting/imageAddress";
import type { Database } from "@pareidolia/persistence/server/database/database";
import type { StudyImageRecord } from "@pareidolia/persistence/studies/studies/studyImages";

export type AddressOf = (image: Pick<StudyImageRecord, "role" | "index">) => string;

/** @param holder the number of a voter, or the key of a norming room. */
export async function readImageAddresses(
  { connection }: Database,
  studyId: string,
  holder: { readonly voter: number } | { readonly imageKey: string },
): Promise<AddressOf> {
  const { imageSecret } = await connection.study.findUniqueOrThrow({ where: { id: studyId } });
  const imageKey =
    "imageKey" in holder
      ? holder.imageKey
      : (await connection.studyVoter.findUniqueOrThrow({ where: { studyId_number: { studyId, number: holder.voter } } })).imageKey;
  return (image) => writeImageAddress({ imageSecret, imageKey: imageKey ?? "" }, image);
}
