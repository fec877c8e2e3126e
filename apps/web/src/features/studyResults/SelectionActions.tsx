"use client";
/** What can be done with the images that are selected on the plane: open them in the gallery, ask more people, download their figures. */
import { useState } from "react";
import { toast } from "sonner";
import { useClient } from "urql";
import { useRouter } from "../addresses/navigation.ts";
import { chosenElitesAddress } from "../gallery/galleryAddress.ts";
import { maxIds } from "../gallery/galleryState.ts";
import { Button } from "../marks/Button.tsx";
import { toCsv } from "../marks/csv.ts";
import { downloadFile } from "../marks/downloadFile.ts";
import { formatCount } from "../marks/numbers.ts";
import { AskPeopleButton, maxAskedImages } from "../studies/AskPeopleButton.tsx";
import type { PlanePoints } from "./planePoints.ts";
import { planeColumns, planeRows } from "./planeRows.ts";
import type { PlanOfResults } from "./planOfResults.ts";
import styles from "./StudyResults.module.css";
import { loadSelectedImages } from "./selectedImages.ts";

interface SelectionActionsProps {
  readonly studyKey: string;
  readonly points: PlanePoints;
  readonly plan: PlanOfResults;
  /** Indices of the selected images, at least one. */
  readonly selected: readonly number[];
}

export function SelectionActions({ studyKey, points, plan, selected }: SelectionActionsProps) {
  const client = useClient();
  const router = useRouter();
  const [opening, setOpening] = useState(false);
  const openInGallery = async (): Promise<void> => {
    setOpening(true);
    try {
      const images = await loadSelectedImages(client, studyKey, selected);
      const elites = images.flatMap(({ eliteId }) => eliteId ?? []);
      if (elites.length === 0) toast.error("None of these images is an elite of an evolution, so the gallery cannot show them together.");
      else router.push(chosenElitesAddress(elites));
    } catch (error) {
      toast.error(`The gallery was not opened. ${(error as Error).message}`);
    }
    setOpening(false);
  };
  const limit = selected.length > maxAskedImages ? maxAskedImages : selected.length > maxIds ? maxIds : null;
  return (
    <>
      <div className={styles.actions}>
        <Button disabled={opening || selected.length > maxIds} onClick={() => void openInGallery()}>
          Open in gallery
        </Button>
        <AskPeopleButton
          label="Ask more people"
          look="plain"
          count={selected.length}
          imageIds={async () => (await loadSelectedImages(client, studyKey, selected)).map(({ imageId }) => imageId)}
        />
        <Button
          onClick={() => downloadFile(`${studyKey}-selection.csv`, toCsv([...planeColumns], planeRows(points, plan, selected)), "text/csv")}
        >
          Download selection
        </Button>
      </div>
      {limit === null ? null : (
        <p className={`t12 muted ${styles.selectionNote}`}>
          The gallery opens up to {formatCount(maxIds)} selected images, and a study has up to {formatCount(maxAskedImages)}. Select a
          smaller part of the plane.
        </p>
      )}
    </>
  );
}
