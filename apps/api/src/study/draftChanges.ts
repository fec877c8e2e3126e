/** What an edit of a draft changes: its images, what is said about them, and the parts that the audit log names. */
import { detailsOf } from "@pareidolia/perception/study/imageDetails";
import type { StudyDraft } from "@pareidolia/perception/study/studyDraft";
import type { Connection } from "@pareidolia/persistence/server/database/database";
import { findStudyImages, type ImageDetailsChange } from "@pareidolia/persistence/studies/studies/studyImages";

function isEqual(one: object, other: object): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Whether the rules by which images are drawn differ. */
export function redraws(before: StudyDraft, after: StudyDraft): boolean {
  const rulesOf = ({ selection, gold, noise, canaries, exemplars }: StudyDraft) => ({ selection, gold, noise, canaries, exemplars });
  return !isEqual(rulesOf(before), rulesOf(after));
}

/** Whether what is said about the images differs. */
export function describes(before: StudyDraft, after: StudyDraft): boolean {
  const detailsIn = ({ truths, foils, groups, conditions }: StudyDraft) => ({ truths, foils, groups, conditions });
  return !isEqual(detailsIn(before), detailsIn(after));
}

/** The parts of a draft that differ, for the audit log. */
export function changedFields(before: object, after: object): { before: Record<string, unknown>; after: Record<string, unknown> } {
  const changed = Object.keys(after).filter(
    (name) => JSON.stringify((before as Record<string, unknown>)[name]) !== JSON.stringify((after as Record<string, unknown>)[name]),
  );
  const pick = (row: object): Record<string, unknown> =>
    Object.fromEntries(changed.map((name) => [name, (row as Record<string, unknown>)[name]]));
  return { before: pick(before), after: pick(after) };
}

/** The details of the counted images that differ from the stored ones. */
export async function findChangedDetails(connection: Connection, studyId: string, draft: StudyDraft): Promise<ImageDetailsChange[]> {
  const images = await findStudyImages(connection, studyId);
  return images.flatMap(({ role, index, imageSha256: image, label, source, truth, foils, group, condition }) => {
    if (role !== "COUNTED") return [];
    const details = detailsOf(draft, { image, label, source });
    return isEqual(details, { truth, foils, group, condition }) ? [] : [{ index, ...details }];
  });
}
