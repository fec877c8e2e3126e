"use client";
/** Changes the name under which other members see the user. */
import { toast } from "sonner";
import { useClient } from "urql";
import { ShellDocument } from "../../graphql/generated/graphql.ts";
import { useRouter } from "../addresses/navigation.ts";
import { RestoredNote } from "../drafts/RestoredNote.tsx";
import { useUnsent } from "../drafts/useUnsent.ts";
import { collectProblems, findNameProblem } from "../entrance/entries.ts";
import { Field } from "../entrance/Field.tsx";
import { FormRefusal } from "../entrance/FormParts.tsx";
import { useEntranceForm } from "../entrance/useEntranceForm.ts";
import { Button } from "../marks/Button.tsx";
import { postAccount } from "../session/account.ts";
import styles from "./Profile.module.css";

export function NameForm({ name: savedName }: { name: string }) {
  const unsent = useUnsent("name", { name: savedName });
  const { name } = unsent.values;
  const client = useClient();
  const router = useRouter();
  const form = useEntranceForm<"name">({
    check: () => collectProblems({ name: findNameProblem(name) }),
    async submit() {
      const answer = await postAccount("/update-user", { name: name.trim() });
      if ("refusal" in answer) return answer.refusal;
      await client.query(ShellDocument, {}, { requestPolicy: "network-only" }).toPromise();
      unsent.sent();
      router.refresh();
      toast.success("Your name is changed.");
      return null;
    },
  });
  return (
    <form className={styles.form} method="post" noValidate onSubmit={form.onSubmit} aria-label="Name">
      <h2>Name</h2>
      <Field
        label="Your handle"
        aside="shown beside your runs"
        name="handle"
        autoComplete="nickname"
        maxLength={100}
        value={name}
        problem={form.problems.name}
        onValue={(text) => unsent.change({ name: text })}
      />
      <RestoredNote {...unsent} />
      <FormRefusal message={form.refusal} />
      <Button type="submit" disabled={form.busy || name.trim() === savedName}>
        {form.busy ? "Saving" : "Save"}
      </Button>
    </form>
  );
}
