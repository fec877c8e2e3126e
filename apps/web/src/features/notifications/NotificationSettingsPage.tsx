"use client";
/** The viewer's choices: for each kind of notification, whether the product lists it, an e-mail says it, and the viewer's webhooks get it. */
import { toast } from "sonner";
import { useMutation } from "urql";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import {
  ChooseNotificationsDocument,
  type NotificationChoicesFragment,
  type NotificationKind,
  NotificationSettingsDocument,
} from "../../graphql/generated/graphql.ts";
import { RequestError } from "../marks/ErrorState.tsx";
import { mutationProblem } from "../marks/mutationProblem.ts";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { SettingsPage } from "../settings/SettingsPage.tsx";
import styles from "./Notifications.module.css";

const kinds: Readonly<Record<NotificationKind, readonly [title: string, description: string]>> = {
  RUN_SUCCEEDED: ["A run finishes", "Runs of sweeps have their own line."],
  RUN_CANCELLED: ["A run is cancelled", "By another member. Runs of sweeps have their own line."],
  RUN_FAILED: ["A run fails", "Also one of a sweep."],
  RUN_PAUSED: ["An outage pauses a run", "It continues by itself."],
  SWEEP_RUN_SUCCEEDED: ["A run of a sweep finishes", "One for each run: a sweep may have hundreds."],
  SWEEP_RUN_CANCELLED: ["A run of a sweep is cancelled", "One for each run: a sweep may have hundreds."],
  SWEEP_PAUSED: ["A sweep has spent its budget", "It is paused until you raise the budget and resume it, or cancel it."],
  SWEEP_ENDED: ["A sweep ends", "All of its runs have ended, or it was cancelled."],
  STUDY_ENDED: ["A study closes", "One that you created."],
  ASSIGNED: ["Something is assigned to you", "A run or an experiment."],
  MENTIONED: ["A comment names you", "With @ and your full name."],
  COMMENTED: ["A comment is written", "On a run or an experiment that you follow."],
  WEBHOOK_DISABLED: ["A webhook is turned off", "After days of failed deliveries."],
};

const channels = [
  ["product", "In the product"],
  ["email", "By e-mail"],
  ["webhook", "By webhook"],
] as const;

export function NotificationSettingsPage() {
  const { data, error, refetch } = useLiveQuery({ query: NotificationSettingsDocument, retryAfter: 3_000 });
  return (
    <SettingsPage
      tab="Notifications"
      summary="What you hear of in this workspace, and where. You hear of what you start, what is assigned to you, and what you pin."
    >
      {data === undefined ? (
        error ? (
          <RequestError message={error.message} onRetry={refetch} />
        ) : (
          <SkeletonLines count={8} />
        )
      ) : (
        <Choices settings={data.notificationSettings} />
      )}
    </SettingsPage>
  );
}

function Choices({ settings }: { settings: NotificationChoicesFragment }) {
  const [, choose] = useMutation(ChooseNotificationsDocument);
  const problems = { product: null, email: settings.emailProblem ?? null, webhook: settings.webhookProblem ?? null };
  const set = async (kind: NotificationKind, channel: string, chosen: boolean) => {
    const { data, error } = await choose({ input: { kind, [channel]: chosen } });
    const problem = mutationProblem(data?.chooseNotifications, error);
    if (problem !== null) toast.error(problem);
  };
  const notes = Object.values(problems).filter((problem) => problem !== null);
  return (
    <>
      {notes.length === 0 ? null : (
        <div className={`${styles.notes} second`}>
          {notes.map((problem) => (
            <p key={problem}>{problem}</p>
          ))}
        </div>
      )}
      <table className={styles.choices}>
        <thead>
          <tr>
            <th scope="col">When</th>
            {channels.map(([channel, title]) => (
              <th key={channel} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {settings.choices.map((choice) => {
            const [title, description] = kinds[choice.kind];
            return (
              <tr key={choice.kind}>
                <th scope="row">
                  <span className={styles.kind}>
                    <span>{title}</span>
                    <span className="t12 muted">{description}</span>
                  </span>
                </th>
                {channels.map(([channel, where]) => (
                  <td key={channel}>
                    <label title={problems[channel] ?? undefined}>
                      <span className="visuallyHidden">
                        {title}: {where.toLowerCase()}
                      </span>
                      <input
                        type="checkbox"
                        checked={choice[channel] && problems[channel] === null}
                        disabled={problems[channel] !== null}
                        onChange={(event) => void set(choice.kind, channel, event.target.checked)}
                      />
                    </label>
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
      <p className={`${styles.foot} t12 muted`}>
        One e-mail covers the events of a few minutes. No notification says what an image of a study shows.
      </p>
    </>
  );
}
