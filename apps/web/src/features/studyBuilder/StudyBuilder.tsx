"use client";
/** A draft on one page, from its images to the hash of its plan. Edits are saved automatically; Ctrl+Z undoes the last ones. */
import { findTemplate } from "@pareidolia/perception/templates/registry";
import { useMemo, useRef } from "react";
import type { StudyOnPageFragment } from "../../graphql/generated/graphql.ts";
import { Button } from "../marks/Button.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { Link } from "../marks/Link.tsx";
import { useShortcut } from "../marks/useShortcut.ts";
import { PagePath } from "../shell/PagePath.tsx";
import { useClassNames } from "../study/useClassNames.ts";
import { useStudyImages } from "../study/useStudyImages.ts";
import { DeleteDraft } from "./DeleteDraft.tsx";
import { type DraftPlan, describeImages, drawingRules, planDraft } from "./draftPlan.ts";
import { ImagesSection } from "./ImagesSection.tsx";
import { isSame } from "./mergeDocuments.ts";
import { OpenStudy } from "./OpenStudy.tsx";
import { PlanRules } from "./PlanRules.tsx";
import { SaveNote, SaveState } from "./SaveNote.tsx";
import styles from "./StudyBuilder.module.css";
import { TemplatePicker } from "./TemplatePicker.tsx";
import { TrialTiming } from "./TrialTiming.tsx";
import { differingRules } from "./templateRules.ts";
import { useStudyDraft } from "./useStudyDraft.ts";
import { VoterPreview } from "./VoterPreview.tsx";
import { VotersNeeded } from "./VotersNeeded.tsx";

const maxTitleLength = 120;
const noPlan: DraftPlan = { plan: null, text: null, problems: [] };

interface StudyBuilderProps {
  readonly study: StudyOnPageFragment;
  readonly viewerId: string | undefined;
}

export function StudyBuilder({ study, viewerId }: StudyBuilderProps) {
  const editable = useStudyDraft(study, viewerId);
  const { document, saved, state, note, canUndo, edit, undo, dismissNote } = editable;
  const fields = useRef<HTMLDivElement>(null);
  const { draft } = document;
  const { seed } = study;
  const { images: rows, isStale, error, refetch } = useStudyImages(study.id, JSON.stringify(drawingRules(saved.draft)));
  const images = useMemo(() => (rows === undefined ? undefined : describeImages(draft, rows)), [draft, rows]);
  const classNames = useClassNames(images);
  const isDrawing = isStale || !isSame(drawingRules(draft), drawingRules(saved.draft));
  const plan = useMemo(
    () => (images === undefined || classNames === undefined || seed == null ? noPlan : planDraft(draft, { seed, images, classNames })),
    [draft, images, classNames, seed],
  );
  const differing = useMemo(() => differingRules(draft), [draft]);
  const template = findTemplate(draft.template);
  useShortcut("mod+z", undo, { enabled: canUndo, preventDefault: true });
  return (
    <div className="page">
      <PagePath steps={[{ label: "Studies", href: "/studies" }]} here={`${study.key} draft`} />
      <div ref={fields} className={styles.layout}>
        <div className={styles.main}>
          <header className={styles.head}>
            <h1 className="visuallyHidden">{document.title}</h1>
            <input
              className={styles.title}
              aria-label="Title of the study, which voters see"
              maxLength={maxTitleLength}
              value={document.title}
              placeholder="Title, which voters see"
              onChange={({ target }) => edit({ title: target.value })}
            />
            <p className="muted">
              <span className="n12 second">{study.key}</span>, draft{study.createdBy ? ` by ${study.createdBy.name}` : ""},{" "}
              <SaveState state={state} savedAt={study.updatedAt} />.{template === null ? "" : ` Started from ${template.label}; `}
              {template === null ? null : (
                <>
                  <span className="n12">{differing.size}</span> {differing.size === 1 ? "rule differs" : "rules differ"}.
                </>
              )}
              {study.forkedFrom ? (
                <>
                  {" "}
                  Forked from{" "}
                  <Link className="link" href={`/studies/${study.forkedFrom.key}`}>
                    {study.forkedFrom.key}
                  </Link>
                  .
                </>
              ) : null}
            </p>
            <div className={styles.headActions}>
              <Button look="quiet" shortcut="mod+Z" disabled={!canUndo} onClick={undo}>
                Undo
              </Button>
              <DeleteDraft studyId={study.id} studyKey={study.key} />
            </div>
            <SaveNote state={state} note={note} onDismiss={dismissNote} />
          </header>
          {error === null ? null : <RequestError message={error} onRetry={refetch} forVisitors />}
          <ImagesSection
            editable={editable}
            runs={study.selectedRuns}
            images={images}
            classNames={classNames ?? []}
            isDrawing={isDrawing}
          />
          <TemplatePicker editable={editable} images={images ?? []} classNames={classNames ?? []} />
          <TrialTiming editable={editable} images={images ?? []} differing={differing} />
          <PlanRules editable={editable} differing={differing} images={images ?? []} classNames={classNames ?? []} />
        </div>
        <div className={styles.side}>
          <VoterPreview plan={plan.plan} images={images ?? []} />
          <VotersNeeded plan={plan.text === null ? null : plan.plan} studyKey={study.key} />
          <OpenStudy
            fields={fields}
            studyId={study.id}
            studyKey={study.key}
            revision={saved.revision}
            access={document.access}
            draft={document.draft}
            plan={plan}
            isCurrent={state.kind === "saved" && !isDrawing}
          />
        </div>
      </div>
    </div>
  );
}
