/** Where a preset's values come from. */
import styles from "./RunForm.module.css";
import type { MethodFormState } from "./useMethodForm.ts";

export function PresetSource({ form: { preset } }: { readonly form: MethodFormState }) {
  if (!preset) return null;
  return (
    <p className={`t12 muted ${styles.presetSource}`}>
      <b>{preset.label}</b> is from: {preset.source}.
    </p>
  );
}
