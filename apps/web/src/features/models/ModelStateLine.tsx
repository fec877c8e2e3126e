"use client";
/** A model's state, the reason for a refusal, and the buttons that check the model again or delete it. */
import { toast } from "sonner";
import { useMutation } from "urql";
import { CheckModelDocument, type ModelCardFragment } from "../../graphql/generated/graphql.ts";
import { Button } from "../marks/Button.tsx";
import { noAnswerMessage } from "../marks/noAnswer.ts";
import { formatBytes } from "./bytes.ts";
import { DeleteModel } from "./DeleteModel.tsx";
import styles from "./Models.module.css";

function describeState({ state, byteLength }: ModelCardFragment): string {
  if (state === "AVAILABLE") return "available";
  if (state === "CHECKING") return "being checked";
  if (state === "REFUSED") return "refused";
  return byteLength === null || byteLength === undefined ? "not downloaded" : `not downloaded, ${formatBytes(byteLength)}`;
}

const actions = { AVAILABLE: "Check again", REFUSED: "Check again", NOT_DOWNLOADED: "Download and check", CHECKING: null } as const;

export function ModelStateLine({ model, onDeleted }: { readonly model: ModelCardFragment; onDeleted?(): void }) {
  const [{ fetching }, check] = useMutation(CheckModelDocument);
  const action = actions[model.state];
  const startCheck = async () => {
    const { data, error } = await check({ input: { modelId: model.id } });
    const result = data?.checkModel;
    if (result === undefined) toast.error(error?.graphQLErrors[0]?.message ?? `${noAnswerMessage()} The check was not started; try again.`);
    else if (result.__typename !== "CheckModelSuccess") toast.error(result.message);
  };
  return (
    <div className={styles.state}>
      <div className={styles.stateRow} role="status">
        <b>{describeState(model)}</b>
        {action === null ? null : (
          <Button look="quiet" needs="checkModel" disabled={fetching} onClick={() => void startCheck()}>
            {action}
            <span className="visuallyHidden"> {model.name}</span>
          </Button>
        )}
        {model.origin === "zoo" ? null : <DeleteModel model={model} {...(onDeleted ? { onDeleted } : {})} />}
      </div>
      {model.refusal ? <p className={styles.refusal}>{model.refusal}</p> : null}
    </div>
  );
}
