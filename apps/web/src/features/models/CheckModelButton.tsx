"use client";
/** The button that downloads a model and checks it, or checks it again. */
import { toast } from "sonner";
import { useMutation } from "urql";
import { CheckModelDocument, type ModelCardFragment } from "../../graphql/generated/graphql.ts";
import { Button } from "../marks/Button.tsx";
import { noAnswerMessage } from "../marks/noAnswer.ts";

const actions = { AVAILABLE: "Check again", REFUSED: "Check again", NOT_DOWNLOADED: "Download and check", CHECKING: null } as const;

export function CheckModelButton({ model }: { readonly model: Pick<ModelCardFragment, "id" | "name" | "state"> }) {
  const [{ fetching }, check] = useMutation(CheckModelDocument);
  const action = actions[model.state];
  if (action === null) return null;
  const startCheck = async () => {
    const { data, error } = await check({ input: { modelId: model.id } });
    const result = data?.checkModel;
    if (result === undefined) toast.error(error?.graphQLErrors[0]?.message ?? `${noAnswerMessage()} The check was not started; try again.`);
    else if (result.__typename !== "CheckModelSuccess") toast.error(result.message);
  };
  return (
    <Button look="quiet" needs="checkModel" disabled={fetching} onClick={() => void startCheck()}>
      {action}
      <span className="visuallyHidden"> {model.name}</span>
    </Button>
  );
}
