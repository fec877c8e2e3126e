"use client";
/** The dialog that creates an experiment with a name and an optional description, then opens it. */
import { zodResolver } from "@hookform/resolvers/zod";
import { useRouter } from "next/navigation";
import { useForm } from "react-hook-form";
import { useMutation } from "urql";
import * as z from "zod";
import { CreateExperimentDocument } from "../../graphql/generated/graphql.ts";
import { Button } from "../marks/Button.tsx";
import dialogStyles from "../marks/Dialog.module.css";
import { Dialog } from "../marks/Dialog.tsx";
import { noAnswerMessage } from "../marks/noAnswer.ts";
import styles from "./NewExperimentDialog.module.css";

const schema = z.object({
  name: z.string().trim().min(1, "The name of an experiment cannot be empty.").max(120, "A name has at most 120 characters."),
  description: z.string().trim().max(2000, "A description has at most 2000 characters."),
});
type Values = z.infer<typeof schema>;

export function NewExperimentDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog title="New experiment" open={open} onClose={onClose}>
      <NewExperimentForm onClose={onClose} />
    </Dialog>
  );
}

function NewExperimentForm({ onClose }: { onClose: () => void }) {
  const router = useRouter();
  const [, create] = useMutation(CreateExperimentDocument);
  const { register, handleSubmit, setError, formState } = useForm<Values>({
    resolver: zodResolver(schema),
    defaultValues: { name: "", description: "" },
  });
  const { errors, isSubmitting } = formState;
  const submit = handleSubmit(async (values) => {
    const { data, error } = await create({ input: { name: values.name, description: values.description || null } });
    const result = data?.createExperiment;
    if (result?.__typename === "CreateExperimentSuccess") {
      onClose();
      router.push(`/experiments/${result.experiment.key}`);
    } else
      setError("name", {
        message: result?.message ?? error?.graphQLErrors[0]?.message ?? `${noAnswerMessage()} Nothing was created; try again.`,
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
      <div className={dialogStyles.dialogActions}>
        <Button onClick={onClose}>Cancel</Button>
        <Button look="primary" type="submit" disabled={isSubmitting}>
          Create
        </Button>
      </div>
    </form>
  );
}
