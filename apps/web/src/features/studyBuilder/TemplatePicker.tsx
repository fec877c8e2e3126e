"use client";
/** The templates as sketches of what a voter sees, drawn with the study's own images. */
import { templates } from "@pareidolia/perception/templates/registry";
import type { StudyImageRowFragment } from "../../graphql/generated/graphql.ts";
import { shortSource } from "./shortSource.ts";
import styles from "./TemplatePicker.module.css";
import { TemplateSketch } from "./TemplateSketch.tsx";
import { applyTemplate } from "./templateRules.ts";
import type { EditableDraft } from "./useStudyDraft.ts";

interface TemplatePickerProps {
  readonly editable: EditableDraft;
  readonly images: readonly StudyImageRowFragment[];
  readonly classNames: readonly string[];
}

export function TemplatePicker({ editable, images, classNames }: TemplatePickerProps) {
  const { draft } = editable.document;
  const counted = images.filter(({ role }) => role === "COUNTED");
  return (
    <section aria-labelledby="study-protocol">
      <div className="sectionHead">
        <h2 id="study-protocol">Protocol</h2>
        <span className="t12 muted">each card shows what a voter sees</span>
      </div>
      <div className={styles.cards} role="radiogroup" aria-label="Template">
        {templates.map(({ id, label, source, description, rules }, position) => (
          <label key={id} className={styles.card} title={description}>
            <input
              type="radio"
              name="template"
              className="visuallyHidden"
              checked={draft.template === id}
              onChange={() => editable.edit({ draft: applyTemplate(draft, id) })}
            />
            <TemplateSketch phase={rules.phases[0]} images={counted} classNames={classNames} first={position} />
            <b>{label}</b>
            <span>{shortSource(source)}</span>
          </label>
        ))}
      </div>
    </section>
  );
}
