/** The source of a preset's values. */
import styles from "./RunForm.module.css";
import type { MethodFormState } from "./useMethodForm.ts";

export function PresetSource({ form: { preset } }: { readonly form: MethodFormState }) {
  if (!preset) return null;
  return (
    <p className={`t12 muted ${styles.presetSource}`}>
      Source of <b>{preset.label}</b>: {preset.source}.
    </p>
  );
}
