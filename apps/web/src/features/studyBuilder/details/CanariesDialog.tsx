"use client";
/** Chooses canaries among the network's results, each with the label that networks give it. */
import type { CanaryImage } from "@pareidolia/perception/study/studyDraft";
import { useState } from "react";
import { useLiveQuery } from "../../../graphql/client/useLiveQuery.ts";
import { StudyCanariesDocument, type StudyImageRowFragment } from "../../../graphql/generated/graphql.ts";
import { Button } from "../../marks/Button.tsx";
import { formatConfidence } from "../../marks/confidence.ts";
import dialogStyles from "../../marks/Dialog.module.css";
import { Dialog } from "../../marks/Dialog.tsx";
import { imageZoom } from "../../marks/imageZoom.ts";
import { PixelImage } from "../../marks/PixelImage.tsx";
import type { PixelSource } from "../../marks/pixelSource.ts";
import { SkeletonLines } from "../../marks/Skeleton.tsx";
import toolButtonStyles from "../../marks/ToolButton.module.css";
import { ClassesProvider, ClassField } from "./ClassField.tsx";
import styles from "./Details.module.css";
import { ImageToggles } from "./ImageToggles.tsx";

const side = 40;
const shownAtOnce = 60;
const maxShown = 100;
const maxCanaries = 100;

interface CanariesDialogProps {
  readonly open: boolean;
  readonly canaries: readonly CanaryImage[];
  /** The study's images of all roles. */
  readonly images: readonly StudyImageRowFragment[];
  readonly classNames: readonly string[];
  onChoose(canaries: readonly CanaryImage[]): void;
  onClose(): void;
}

export function CanariesDialog({ open, onClose, ...rest }: CanariesDialogProps) {
  return (
    <Dialog title="Canaries" open={open} onClose={onClose} wide>
      <CanaryChoice {...rest} onClose={onClose} />
    </Dialog>
  );
}

interface Chosen {
  /** Null until the draft is saved and the image drawn. */
  readonly image: PixelSource | null;
  /** `undefined` while the field names no class. */
  readonly label: number | null | undefined;
}

function CanaryChoice({ canaries, images, classNames, onChoose, onClose }: Omit<CanariesDialogProps, "open">) {
  const drawn = new Map(images.map(({ image }) => [image.sha256, image]));
  const [chosen, setChosen] = useState<ReadonlyMap<string, Chosen>>(
    () => new Map(canaries.map(({ image, label }) => [image, { image: drawn.get(image) ?? null, label }])),
  );
  const [search, setSearch] = useState("");
  const [first, setFirst] = useState(shownAtOnce);
  const modelId = images.find(({ role, model }) => role === "COUNTED" && model != null)?.model?.id;
  const { data, error } = useLiveQuery({
    query: StudyCanariesDocument,
    variables: { first, filter: { modelId: modelId ?? null, labelContains: search.trim() === "" ? null : search.trim() } },
    pause: modelId === undefined,
  });
  const elites = [...new Map(data?.elites.nodes.map((elite) => [elite.image.sha256, elite])).values()];
  const set = (hash: string, next: Chosen | null): void => {
    const others = [...chosen].filter(([own]) => own !== hash);
    setChosen(
      new Map(
        next === null
          ? others
          : chosen.has(hash)
            ? [...chosen].map(([own, value]) => [own, own === hash ? next : value])
            : [...others, [hash, next]],
      ),
    );
  };
  const press = (hash: string): void => {
    const elite = elites.find(({ image }) => image.sha256 === hash);
    if (chosen.has(hash)) set(hash, null);
    else if (elite !== undefined && chosen.size < maxCanaries) set(hash, { image: elite.image, label: elite.niche });
  };
  const unread = [...chosen.values()].filter(({ label }) => label == null).length;
  const counted = new Set(images.flatMap(({ role, image }) => (role === "COUNTED" ? [image.sha256] : [])));
  const taken = [...chosen.keys()].filter((hash) => counted.has(hash)).length;
  return (
    <ClassesProvider names={classNames}>
      <p className="second">
        Images that networks agree on and people rarely recognise. A voter who names the networks’ label on most of them may have copied
        answers from a network. Never counted as votes.
      </p>
      {modelId === undefined ? <p className="second">Draw images first: canaries are results of the same network.</p> : null}
      {chosen.size === 0 ? null : (
        <ul className={`${styles.rows} ${styles.few}`} tabIndex={-1} aria-label="Chosen canaries">
          {[...chosen].map(([hash, { image, label }], index) => (
            <li key={hash} className={styles.row}>
              {image === null ? null : <PixelImage image={image} zoom={imageZoom(image, side)} alt="" />}
              <span className="t12 muted">the networks’ answer</span>
              <ClassField
                label={`Networks’ answer to canary ${index + 1}`}
                value={label ?? null}
                onChange={(next) => set(hash, { image, label: next })}
              />
              <button type="button" className={toolButtonStyles.toolButton} onClick={() => set(hash, null)}>
                Remove
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className={styles.tools}>
        <input
          className="input"
          type="search"
          aria-label="Filter results by label"
          placeholder="Filter results by label"
          value={search}
          onChange={({ target }) => setSearch(target.value)}
        />
      </div>
      {error === undefined ? null : <p className="fieldError">{error.message}</p>}
      {modelId !== undefined && data === undefined ? <SkeletonLines count={3} height={40} /> : null}
      <div className={styles.rows}>
        <ImageToggles
          label="Results of the network, surest first"
          toggled={elites.map(({ image, label, storedConfidence }) => ({
            id: image.sha256,
            image,
            text: `${label}, ${formatConfidence(storedConfidence)}`,
          }))}
          pressed={new Set(chosen.keys())}
          onPress={press}
        />
        {data !== undefined && elites.length === 0 ? <p className="second">No result has such a label.</p> : null}
      </div>
      {data?.elites.pageInfo.hasNextPage && first < maxShown ? (
        <button type="button" className={toolButtonStyles.toolButton} onClick={() => setFirst(maxShown)}>
          Show more results
        </button>
      ) : null}
      {unread > 0 ? (
        <p className="fieldError" role="alert">
          Give each canary a class of the network; {unread} lack one.
        </p>
      ) : null}
      <div className={dialogStyles.dialogActions}>
        <span className={`${styles.status} t12 second`} role="status">
          {taken === 0
            ? ""
            : taken === 1
              ? "One of them is drawn as a counted image now, and will no longer be."
              : `${taken} of them are drawn as counted images now, and will no longer be.`}
        </span>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          look="primary"
          disabled={unread > 0}
          onClick={() => {
            onChoose([...chosen].flatMap(([image, { label }]) => (label == null ? [] : [{ image, label }])));
            onClose();
          }}
        >
          Use {chosen.size} {chosen.size === 1 ? "canary" : "canaries"}
        </Button>
      </div>
    </ClassesProvider>
  );
}
