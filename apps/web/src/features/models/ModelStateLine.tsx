"use client";
/** Whether a model can be used and why not, and the buttons that check it again or delete it. */
import { toast } from "sonner";
import { useMutation } from "urql";
import { CheckModelDocument, type ModelCardFragment } from "../../graphql/generated/graphql.ts";
import { Button } from "../marks/Button.tsx";
import { noAnswerWords } from "../marks/noAnswer.ts";
import { formatBytes } from "./bytes.ts";
import { DeleteModel } from "./DeleteModel.tsx";
import styles from "./Models.module.css";

function stateWords({ state, byteLength }: ModelCardFragment): string {
  if (state === "AVAILABLE") return "available";
  if (state === "CHECKING") return "a worker checks it now";
  if (state === "REFUSED") return "refused";
  return byteLength === null || byteLength === undefined ? "not downloaded" : `not downloaded, ${formatBytes(byteLength)}`;
}

const actions = { AVAILABLE: "Check again", REFUSED: "Check again", NOT_DOWNLOADED: "Download and check", CHECKING: null } as const;

export function ModelStateLine({ model, onDeleted }: { readonly model: ModelCardFragment; onDeleted?(): void }) {
  const [{ fetching }, check] = useMutation(CheckModelDocument);
  const action = actions[model.state];
  const ask = async () => {
    const { data, error } = await check({ input: { modelId: model.id } });
    const answer = data?.checkModel;
    if (answer === undefined) toast.error(error?.graphQLErrors[0]?.message ?? `${noAnswerWords()} The check was not started; try again.`);
    else if (answer.__typename !== "CheckModelSuccess") toast.error(answer.message);
  };
  return (
    <div className={styles.state}>
      <div className={styles.stateWords} role="status">
        <b>{stateWords(model)}</b>
        {action === null ? null : (
          <Button look="quiet" disabled={fetching} onClick={() => void ask()}>
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
