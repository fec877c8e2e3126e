"use client";
/** Sorts images into groups or conditions: by a rule, and single images by hand. */
import { type SortedImages, type Sorting, sortings } from "@pareidolia/perception/study/imageDetails";
import { useId, useState } from "react";
import type { StudyImageRowFragment } from "../../../graphql/generated/graphql.ts";
import { Button } from "../../marks/Button.tsx";
import { formatConfidence } from "../../marks/confidence.ts";
import dialogStyles from "../../marks/Dialog.module.css";
import { Dialog } from "../../marks/Dialog.tsx";
import { splitLabel } from "../../marks/labels.ts";
import toolButtonStyles from "../../marks/ToolButton.module.css";
import { Choice } from "../SpecControl.tsx";
import styles from "./Details.module.css";
import { ImageToggles, type ToggledImage } from "./ImageToggles.tsx";
import { type SortKind, sortedInto, sortingTexts, takeOut } from "./sortedImages.ts";

const texts = {
  group: {
    title: "Groups of images",
    about: "A voter sees one image of each group. Images of a group are alternatives, such as the best and the worst image of a class.",
  },
  condition: {
    title: "Conditions",
    about: "A voter sees all images of one condition and none of the others. Conditions are compared between voters.",
  },
} as const;
const maxNameLength = 60;

interface SortDialogProps {
  readonly open: boolean;
  readonly kind: SortKind;
  readonly sorted: SortedImages;
  /** The counted images. */
  readonly images: readonly StudyImageRowFragment[];
  readonly classNames: readonly string[];
  onChoose(sorted: SortedImages): void;
  onClose(): void;
}

export function SortDialog({ open, onClose, ...rest }: SortDialogProps) {
  return (
    <Dialog title={texts[rest.kind].title} open={open} onClose={onClose} wide>
      <ImageSorter {...rest} onClose={onClose} />
    </Dialog>
  );
}

function ImageSorter({ kind, sorted: initial, images, classNames, onChoose, onClose }: Omit<SortDialogProps, "open">) {
  const [sorted, setSorted] = useState(initial);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [name, setName] = useState("");
  const listId = useId();
  const sections = sortedInto(sorted, images, classNames);
  const unsorted = sections.find((section) => section.name === "")?.images.length ?? 0;
  const count = sections.length - (unsorted > 0 ? 1 : 0);
  const toggleOf = ({ image, label, confidence }: StudyImageRowFragment): ToggledImage => {
    const own = splitLabel(classNames[label] ?? `class ${label}`).name;
    return { id: image.sha256, image, text: typeof confidence === "number" ? `${own}, ${formatConfidence(confidence)}` : own };
  };
  const toggle = (hashes: readonly string[]): void => {
    const isOn = hashes.every((hash) => selected.has(hash));
    setSelected(new Set(isOn ? [...selected].filter((hash) => !hashes.includes(hash)) : [...selected, ...hashes]));
  };
  const putIn = (): void => {
    const given = name.trim();
    if (given === "" || selected.size === 0) return;
    setSorted({ ...sorted, byImage: { ...sorted.byImage, ...Object.fromEntries([...selected].map((hash) => [hash, given])) } });
    setSelected(new Set());
    setName("");
  };
  return (
    <>
      <p className="second">{texts[kind].about}</p>
      <div className={styles.tools}>
        <Choice
          label={`Sort images into ${kind}s`}
          value={sorted.by}
          choices={sortings.map((by) => [by, sortingTexts[by]] as const)}
          onChange={(by) => setSorted({ ...sorted, by: by as Sorting })}
        />
        <datalist id={listId}>
          {sections.map((section) => (section.name === "" ? null : <option key={section.name} value={section.name} />))}
        </datalist>
        <input
          className="input"
          list={listId}
          aria-label={`Name of the ${kind} for the selected images`}
          placeholder={selected.size === 0 ? "Select images below" : `Name of a ${kind}`}
          maxLength={maxNameLength}
          value={name}
          onChange={({ target }) => setName(target.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter") return;
            event.preventDefault();
            putIn();
          }}
        />
        <Button disabled={name.trim() === "" || selected.size === 0} onClick={putIn}>
          Put {selected.size} in this {kind}
        </Button>
        <button
          type="button"
          className={toolButtonStyles.toolButton}
          disabled={[...selected].every((hash) => sorted.byImage[hash] === undefined)}
          onClick={() => {
            setSorted({ ...sorted, byImage: takeOut(sorted.byImage, selected) });
            setSelected(new Set());
          }}
        >
          {sorted.by === "hand" ? "Take out" : "Back to the rule"}
        </button>
      </div>
      {images.length === 0 ? <p className="second">Draw images first: they are sorted here.</p> : null}
      <div className={styles.rows} tabIndex={-1}>
        {sections.map((section) => (
          <section key={section.name} className={styles.section}>
            <div className={styles.sectionName}>
              <b>{section.name === "" ? `Without a ${kind}` : section.text}</b>
              <span className="n12 muted">{section.images.length}</span>
              <button
                type="button"
                className={toolButtonStyles.toolButton}
                onClick={() => toggle(section.images.map(({ image }) => image.sha256))}
              >
                Select all
              </button>
            </div>
            <ImageToggles
              label={section.name === "" ? `Images without a ${kind}` : `Images of ${section.text}`}
              toggled={section.images.map(toggleOf)}
              pressed={selected}
              onPress={(hash) => toggle([hash])}
            />
          </section>
        ))}
      </div>
      <div className={dialogStyles.dialogActions}>
        <span className={`${styles.status} t12 second`} role="status">
          {count} {count === 1 ? kind : `${kind}s`}
          {unsorted > 0 ? `; ${unsorted} of ${images.length} images have none` : ""}.
        </span>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          look="primary"
          onClick={() => {
            onChoose(sorted);
            onClose();
          }}
        >
          Use these {kind}s
        </Button>
      </div>
    </>
  );
}
