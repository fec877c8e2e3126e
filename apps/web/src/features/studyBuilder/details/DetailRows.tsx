"use client";
/** Rows of the plan for what is said about single images: listed foils, own classes, groups and conditions. Each opens its editor. */
import { listedFoilsNeeded } from "@pareidolia/perception/study/checkDetails";
import type { StudyDraft } from "@pareidolia/perception/study/studyDraft";
import { useState } from "react";
import type { StudyImageRowFragment } from "../../../graphql/generated/graphql.ts";
import toolButtonStyles from "../../marks/ToolButton.module.css";
import { RuleRow } from "../RuleRow.tsx";
import { FoilsDialog } from "./FoilsDialog.tsx";
import { countWithFoils } from "./foilLists.ts";
import { SortDialog } from "./SortDialog.tsx";
import { type SortKind, sortedInto, sortingTexts } from "./sortedImages.ts";
import { TruthsDialog } from "./TruthsDialog.tsx";

interface DetailRowProps {
  readonly draft: StudyDraft;
  /** The template's draft; null without one. */
  readonly original: StudyDraft | null;
  readonly differing: ReadonlySet<string>;
  /** All images of the study. */
  readonly images: readonly StudyImageRowFragment[];
  readonly classNames: readonly string[];
  onChange(change: Partial<StudyDraft>): void;
}

const onlyOne = {
  group: "With one group, a voter sees one image",
  condition: "With one condition, all voters see the same images",
} as const;

const countedOf = (images: readonly StudyImageRowFragment[]) => images.filter(({ role }) => role === "COUNTED");

function EditorButton({ text, lacks, onClick }: { readonly text: string; readonly lacks: boolean; onClick(): void }) {
  return (
    <>
      <button type="button" className={toolButtonStyles.toolButton} aria-haspopup="dialog" onClick={onClick}>
        {text}
      </button>
      {lacks ? <span className="fieldError">Needed before the study opens</span> : null}
    </>
  );
}

export function ListedFoilsRow({ draft, images, classNames, onChange }: DetailRowProps) {
  const [open, setOpen] = useState(false);
  const needed = listedFoilsNeeded(draft);
  if (needed === 0) return null;
  const counted = countedOf(images);
  const done = countWithFoils(draft.foils, counted, needed);
  return (
    <RuleRow
      name="Listed foils"
      rule="foils"
      original={null}
      differs={false}
      note="The labels offered beside the machine's, chosen by hand."
    >
      <EditorButton text={`${done} of ${counted.length} images, list foils`} lacks={done < counted.length} onClick={() => setOpen(true)} />
      <FoilsDialog
        open={open}
        foils={draft.foils}
        needed={needed}
        images={counted}
        classNames={classNames}
        onChoose={(foils) => onChange({ foils })}
        onClose={() => setOpen(false)}
      />
    </RuleRow>
  );
}

export function OwnClassesRow({ draft, images, classNames, onChange }: DetailRowProps) {
  const [open, setOpen] = useState(false);
  if (!draft.phases.some(({ protocol }) => protocol.kind === "alternatives")) return null;
  const counted = countedOf(images);
  const known = counted.filter(({ truth }) => truth != null).length;
  return (
    <RuleRow
      name="Own classes"
      rule="truths"
      original={null}
      differs={false}
      note="What a photograph or digit showed before it was perturbed. It is never offered as a foil."
    >
      <EditorButton
        text={known === 0 ? "none, set them" : `${known} of ${counted.length} images`}
        lacks={false}
        onClick={() => setOpen(true)}
      />
      <TruthsDialog
        open={open}
        truths={draft.truths}
        images={counted}
        classNames={classNames}
        onChoose={(truths) => onChange({ truths })}
        onClose={() => setOpen(false)}
      />
    </RuleRow>
  );
}

/** The groups or conditions that the assignment of images to voters uses. */
export function SortedImagesRow({ draft, original, differing, images, classNames, onChange }: DetailRowProps) {
  const [open, setOpen] = useState(false);
  const kind: SortKind | null = draft.assignment === "onePerGroup" ? "group" : draft.assignment === "oneCondition" ? "condition" : null;
  if (kind === null) return null;
  const field = kind === "group" ? "groups" : "conditions";
  const counted = countedOf(images);
  const sections = sortedInto(draft[field], counted, classNames);
  const unsorted = sections.find(({ name }) => name === "")?.images.length ?? 0;
  const count = sections.length - (unsorted > 0 ? 1 : 0);
  const text = `${count} ${count === 1 ? kind : field}, ${sortingTexts[draft[field].by]}`;
  return (
    <RuleRow
      name={kind === "group" ? "Groups" : "Conditions"}
      rule="groups"
      original={original === null ? null : sortingTexts[original[field].by]}
      differs={differing.has(`${field}.by`)}
    >
      <EditorButton text={text} lacks={unsorted > 0} onClick={() => setOpen(true)} />
      {unsorted === 0 && count === 1 ? <span className="fieldError">{onlyOne[kind]}</span> : null}
      <SortDialog
        open={open}
        kind={kind}
        sorted={draft[field]}
        images={counted}
        classNames={classNames}
        onChoose={(sorted) => onChange(kind === "group" ? { groups: sorted } : { conditions: sorted })}
        onClose={() => setOpen(false)}
      />
    </RuleRow>
  );
}
