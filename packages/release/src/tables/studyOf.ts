/** The images of a study by role, as the export of trials reads them. */
import type { StudyImage } from "@pareidolia/perception/study/results/studyData";
import type { ExportedStudy } from "@pareidolia/perception/study/trialRow";
import type { ImageRole, ReleasedImage } from "./imageTable.ts";

/** @param images by role and index, as in `plannedImages`. */
export function studyOf(study: Omit<ExportedStudy, "images">, images: readonly ReleasedImage[]): ExportedStudy {
  const ofRole = (role: ImageRole): readonly StudyImage[] =>
    images
      .filter((image) => image.role === role)
      .map(({ source, confidence, model, generation, agreeingNetworks, otherNetworks }) => ({
        source,
        confidence,
        model,
        generation,
        networks: [...agreeingNetworks, ...otherNetworks].map((name, index) => ({ model: name, agrees: index < agreeingNetworks.length })),
      }));
  return {
    ...study,
    images: { counted: ofRole("counted"), gold: ofRole("gold"), noise: ofRole("noise"), canary: ofRole("canary") },
  };
}
