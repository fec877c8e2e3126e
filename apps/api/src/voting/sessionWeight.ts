/** The bytes of the images of one session, before it begins: for voters on slow networks, and for researchers who plan a study. */
import type { StudyImageRole } from "@pareidolia/core/studyState";
import type { Trial } from "@pareidolia/perception/trials/trial";
import type { TrialRole } from "@pareidolia/perception/trials/voterStreams";
import type { ImagePacking } from "./imagePacking.ts";

export const storedRoles: Readonly<Record<TrialRole, StudyImageRole>> = {
  counted: "COUNTED",
  gold: "GOLD",
  noise: "NOISE",
  canary: "CANARY",
  repeat: "COUNTED",
};

/** The distinct images of a session, by role. */
export function countImages(trials: readonly Trial[]): ReadonlyMap<StudyImageRole, number> {
  const seen = new Map<StudyImageRole, Set<string>>();
  const see = (role: StudyImageRole, images: readonly string[]): void => {
    const own = seen.get(role) ?? new Set();
    for (const image of images) own.add(image);
    seen.set(role, own);
  };
  for (const { role, screen } of trials) {
    see(storedRoles[role], screen.images);
    see("EXEMPLAR", screen.exemplars);
  }
  return new Map([...seen].map(([role, images]) => [role, images.size]));
}

export function weighImages(images: ReadonlyMap<StudyImageRole, number>, { bytesOf }: ImagePacking): number {
  return Math.round([...images].reduce((sum, [role, count]) => sum + count * bytesOf(role), 0));
}
