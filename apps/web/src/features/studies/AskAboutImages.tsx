"use client";
/** The bar of the gallery's selection: how many images are selected, and the button that starts a study of them. */
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { NewStudyDocument } from "../../graphql/generated/graphql.ts";
import { Button } from "../marks/Button.tsx";
import floatStyles from "../marks/Float.module.css";
import { formatCount } from "../marks/numbers.ts";
import styles from "./AskAboutImages.module.css";
import { mayEditStudies } from "./studyRoles.ts";
import { useCreateStudy } from "./useCreateStudy.ts";

/** The API's limit of images chosen by hand. */
const mostImages = 1000;

interface AskAboutImagesProps {
  /** IDs of images. */
  readonly selection: ReadonlySet<string>;
  onClear(): void;
}

export function AskAboutImages({ selection, onClear }: AskAboutImagesProps) {
  const role = useLiveQuery({ query: NewStudyDocument, requestPolicy: "cache-first" }).data?.viewer.role;
  const { creating, create } = useCreateStudy();
  const isTooMany = selection.size > mostImages;
  return (
    <div className={`${styles.bar} ${floatStyles.float}`} role="region" aria-label="Selection">
      <span role="status">
        <span className="n12">{formatCount(selection.size)}</span> selected
        {isTooMany ? `; a study has up to ${formatCount(mostImages)} images chosen by hand` : ""}
      </span>
      <Button look="quiet" disabled={selection.size === 0} onClick={onClear}>
        Clear
      </Button>
      {mayEditStudies(role) ? (
        <Button
          look="primary"
          disabled={selection.size === 0 || isTooMany || creating}
          onClick={() => create({ imageIds: [...selection] })}
        >
          {creating ? "Drawing images" : "Ask people"}
        </Button>
      ) : null}
    </div>
  );
}
