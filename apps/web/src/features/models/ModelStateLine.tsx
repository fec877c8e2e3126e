"use client";
/** A model's state, the reason for a refusal, and the buttons that check the model again or delete it. */
import type { ModelCardFragment } from "../../graphql/generated/graphql.ts";
import { CheckModelButton } from "./CheckModelButton.tsx";
import { DeleteModel } from "./DeleteModel.tsx";
import styles from "./Models.module.css";
import { describeState } from "./modelState.ts";

export function ModelStateLine({ model, onDeleted }: { readonly model: ModelCardFragment; onDeleted?(): void }) {
  return (
    <div className={styles.state}>
      <div className={styles.stateRow} role="status">
        <b>{describeState(model)}</b>
        <CheckModelButton model={model} />
        {model.origin === "zoo" ? null : <DeleteModel model={model} {...(onDeleted ? { onDeleted } : {})} />}
      </div>
      {model.refusal ? <p className={styles.refusal}>{model.refusal}</p> : null}
    </div>
  );
}
