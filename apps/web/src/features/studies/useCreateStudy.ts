"use client";
/** Creates the draft of a study from images or runs, and opens its page. */
import { useState } from "react";
import { toast } from "sonner";
import { useMutation } from "urql";
import { CreateStudyDocument } from "../../graphql/generated/graphql.ts";
import { useRouter } from "../addresses/navigation.ts";
import { mutationProblem } from "../marks/mutationProblem.ts";
import { useAttemptKey } from "../marks/useAttemptKey.ts";

export interface StudyImages {
  readonly title?: string;
  readonly runIds?: readonly string[];
  readonly imageIds?: readonly string[];
}

const usualTitle = "What did the machine see?";

export function useCreateStudy() {
  const router = useRouter();
  const [, send] = useMutation(CreateStudyDocument);
  const [creating, setCreating] = useState(false);
  const key = useAttemptKey();
  const create = async ({ title = usualTitle, runIds = [], imageIds = [] }: StudyImages): Promise<void> => {
    setCreating(true);
    const input = { title, runIds: [...runIds], imageIds: [...imageIds] };
    const { data, error } = await send({ input: { ...input, idempotencyKey: key.of(input) } });
    const answer = data?.createStudy;
    // It still counts as being created until its page has opened.
    if (answer?.__typename === "StudySuccess") return router.push(`/studies/${answer.study.key}`);
    if (answer !== undefined) key.forget();
    setCreating(false);
    toast.error(`No study was created. ${mutationProblem(answer, error)}`);
  };
  return { creating, create: (images: StudyImages) => void create(images) };
}
