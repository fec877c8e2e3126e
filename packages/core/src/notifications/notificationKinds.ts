/** The kinds of notifications, and the channels on which each member chooses to get them. The database has the defaults (notification_defaults). */

export const notificationKinds = [
  "RUN_SUCCEEDED",
  "RUN_CANCELLED",
  "RUN_FAILED",
  "RUN_PAUSED",
  "SWEEP_RUN_SUCCEEDED",
  "SWEEP_RUN_CANCELLED",
  "SWEEP_PAUSED",
  "SWEEP_ENDED",
  "STUDY_ENDED",
  "ASSIGNED",
  "MENTIONED",
  "COMMENTED",
  "WEBHOOK_DISABLED",
] as const;

export type NotificationKind = (typeof notificationKinds)[number];

export const notificationChannels = ["product", "email", "webhook"] as const;

export type NotificationChannel = (typeof notificationChannels)[number];

export type ChosenChannels = Readonly<Record<NotificationChannel, boolean>>;

export interface Happening {
  readonly kind: NotificationKind;
  /** Such as RUN-142; null once its subject is deleted. */
  readonly subjectKey: string | null;
  /** Name of the member who caused it; null for a program. */
  readonly by: string | null;
}

/** One sentence, such as "RUN-142 failed." */
export function describeHappening({ kind, subjectKey, by }: Happening): string {
  const subject = subjectKey ?? "A deleted object";
  const who = by ?? "A member";
  switch (kind) {
    case "RUN_SUCCEEDED":
    case "SWEEP_RUN_SUCCEEDED":
      return `${subject} has finished.`;
    case "RUN_CANCELLED":
    case "SWEEP_RUN_CANCELLED":
      return `${subject} was cancelled.`;
    case "RUN_FAILED":
      return `${subject} failed.`;
    case "RUN_PAUSED":
      return `${subject} is paused by an outage.`;
    case "SWEEP_PAUSED":
      return `${subject} is paused, since its budget is spent.`;
    case "SWEEP_ENDED":
      return `${subject} has ended.`;
    case "STUDY_ENDED":
      return `${subject} is closed.`;
    case "ASSIGNED":
      return `${who} assigned ${subject} to you.`;
    case "MENTIONED":
      return `${who} mentioned you on ${subject}.`;
    case "COMMENTED":
      return `${who} commented on ${subject}.`;
    case "WEBHOOK_DISABLED":
      return "A webhook is turned off.";
  }
}

const paths = { RUN: "runs", EXP: "experiments", SWP: "sweeps", STU: "studies" } as const;

/** Path of the page of a run, an experiment, a sweep or a study; of the webhooks for everything else. */
export function pathOfSubject(key: string | null): string {
  const prefix = (key ?? "").slice(0, (key ?? "").indexOf("-"));
  return prefix in paths ? `/${paths[prefix as keyof typeof paths]}/${key}` : "/settings/webhooks";
}
