"use client";
/** The dialog that creates an experiment with a name and an optional description, then opens it. */
import { zodResolver } from "@hookform/resolvers/zod";
import { useForm } from "react-hook-form";
import { useMutation } from "urql";
import * as z from "zod";
import { CreateExperimentDocument } from "../../graphql/generated/graphql.ts";
import { useRouter } from "../addresses/navigation.ts";
import { RestoredNote } from "../drafts/RestoredNote.tsx";
import { useUnsent } from "../drafts/useUnsent.ts";
import { useUnsentForm } from "../drafts/useUnsentForm.ts";
import { Button } from "../marks/Button.tsx";
import dialogStyles from "../marks/Dialog.module.css";
import { Dialog } from "../marks/Dialog.tsx";
import { noAnswerMessage } from "../marks/noAnswer.ts";
import { useAttemptKey } from "../marks/useAttemptKey.ts";
import styles from "./NewExperimentDialog.module.css";

const schema = z.object({
  name: z.string().trim().min(1, "The name of an experiment cannot be empty.").max(120, "A name has at most 120 characters."),
  description: z.string().trim().max(2000, "A description has at most 2000 characters."),
});
type Values = z.infer<typeof schema>;

interface NewExperimentDialogProps {
  readonly open: boolean;
  /** Resolves once the address says that the dialog is closed. */
  onClose(): Promise<void>;
}

export function NewExperimentDialog({ open, onClose }: NewExperimentDialogProps) {
  return (
    <Dialog title="New experiment" open={open} onClose={() => void onClose()}>
      <NewExperimentForm onClose={onClose} />
    </Dialog>
  );
}

const emptyExperiment: Values = { name: "", description: "" };

function NewExperimentForm({ onClose }: Pick<NewExperimentDialogProps, "onClose">) {
  const router = useRouter();
  const [, create] = useMutation(CreateExperimentDocument);
  const key = useAttemptKey();
  const unsent = useUnsent("new experiment", emptyExperiment);
  const { register, handleSubmit, setError, formState, watch, reset } = useForm<Values>({
    resolver: zodResolver(schema),
    defaultValues: unsent.values,
  });
  const restored = useUnsentForm(unsent, { watch, reset });
  const { errors, isSubmitting } = formState;
  const submit = handleSubmit(async (values) => {
    const input = { name: values.name, description: values.description || null };
    const { data, error } = await create({ input: { ...input, idempotencyKey: key.of(input) } });
    const result = data?.createExperiment;
    if (result !== undefined) key.forget();
    if (result?.__typename === "CreateExperimentSuccess") {
      unsent.sent();
      // A change of the address would end the navigation.
      await onClose();
      router.push(`/experiments/${result.experiment.key}`);
    } else
      setError("name", {
        message: result?.message ?? error?.graphQLErrors[0]?.message ?? `${noAnswerMessage()} Try again: nothing is created twice.`,
      });
  });
  return (
    <form className={styles.dialogForm} onSubmit={(event) => void submit(event)} noValidate>
      <label>
        <span className="fieldLabel">Name</span>
        <input
          className="input"
          placeholder="MNIST, two encodings"
          aria-invalid={errors.name ? true : undefined}
          {...register("name")}
          autoFocus
        />
        {errors.name ? (
          <span className="fieldError" role="alert">
            {errors.name.message}
          </span>
        ) : null}
      </label>
      <label>
        <span className="fieldLabel">Description (optional)</span>
        <textarea className="input" rows={3} aria-invalid={errors.description ? true : undefined} {...register("description")} />
        {errors.description ? (
          <span className="fieldError" role="alert">
            {errors.description.message}
          </span>
        ) : null}
      </label>
      <RestoredNote {...restored} />
      <div className={dialogStyles.dialogActions}>
        <Button onClick={() => void onClose()}>Cancel</Button>
        <Button look="primary" type="submit" disabled={isSubmitting}>
          Create
        </Button>
      </div>
    </form>
  );
}
