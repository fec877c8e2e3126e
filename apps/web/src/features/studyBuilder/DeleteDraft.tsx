"use client";
/** Deletes a draft after a confirmation. Only drafts can be deleted: a study that was opened is archived. */
import { useState } from "react";
import { toast } from "sonner";
import { useMutation } from "urql";
import { DeleteStudyDocument } from "../../graphql/generated/graphql.ts";
import { useRouter } from "../addresses/navigation.ts";
import { Button } from "../marks/Button.tsx";
import dialogStyles from "../marks/Dialog.module.css";
import { Dialog } from "../marks/Dialog.tsx";
import { mutationProblem } from "../marks/mutationProblem.ts";

export function DeleteDraft({ studyId, studyKey }: { readonly studyId: string; readonly studyKey: string }) {
  const router = useRouter();
  const [, send] = useMutation(DeleteStudyDocument);
  const [confirming, setConfirming] = useState(false);
  const remove = async () => {
    setConfirming(false);
    const { data, error } = await send({ input: { studyId } });
    const problem = mutationProblem(data?.deleteStudy, error);
    if (problem !== null) {
      toast.error(`${studyKey} was not deleted. ${problem}`);
      return;
    }
    router.push("/studies");
  };
  return (
    <>
      <Button look="quiet" needs="deleteStudy" onClick={() => setConfirming(true)}>
        Delete draft
      </Button>
      <Dialog title={`Delete ${studyKey}`} open={confirming} onClose={() => setConfirming(false)}>
        <p className="second">The draft and its rules are deleted for every member. Its images stay in the gallery.</p>
        <div className={dialogStyles.dialogActions}>
          <Button onClick={() => setConfirming(false)}>Keep it</Button>
          <Button look="primary" onClick={() => void remove()}>
            Delete the draft
          </Button>
        </div>
      </Dialog>
    </>
  );
}
