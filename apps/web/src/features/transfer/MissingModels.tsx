/** The other models that cannot score an image yet, with their size and the button that downloads each. */
import { CheckModelButton } from "../models/CheckModelButton.tsx";
import { describeState } from "../models/modelState.ts";
import styles from "./Transfer.module.css";
import type { OtherModel } from "./useOtherModels.ts";

interface MissingModelsProps {
  readonly models: readonly OtherModel[];
  /** Whether no other model is available, so that one must be downloaded before the image can be scored. */
  readonly areNeeded: boolean;
}

export function MissingModels({ models, areNeeded }: MissingModelsProps) {
  return (
    <details className={styles.missingModels} open={areNeeded}>
      <summary className="t12">{models.length === 1 ? "1 other model" : `${models.length} other models`} to download</summary>
      <ul>
        {models.map((model) => (
          <li key={model.id} className={styles.missingModel}>
            <b>{model.name}</b>
            <span className="t12 muted" role="status">
              {describeState(model)}
            </span>
            <CheckModelButton model={model} />
          </li>
        ))}
      </ul>
    </details>
  );
}
