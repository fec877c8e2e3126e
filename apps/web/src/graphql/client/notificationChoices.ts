/**
 * Stores a chosen channel in the cached choices: at once, and again as the API answers. The choices have no ID by which the cache would find
 * them in an answer.
 */
import type { OptimisticMutationConfig, UpdateResolver } from "@urql/exchange-graphcache";
import {
  type ChooseNotificationsMutation,
  type ChooseNotificationsMutationVariables,
  NotificationSettingsDocument,
} from "../generated/graphql.ts";

const query = { query: NotificationSettingsDocument };

export const optimisticChoices: OptimisticMutationConfig = {
  chooseNotifications({ input: { kind, ...channels } }: ChooseNotificationsMutationVariables, cache) {
    const settings = cache.readQuery(query)?.notificationSettings;
    // Without settings there is nothing to show.
    if (settings === undefined) return null;
    const choices = settings.choices.map((choice) => (choice.kind === kind ? { ...choice, ...channels } : choice));
    return { __typename: "ChooseNotificationsSuccess", settings: { ...settings, choices } };
  },
};

export const storeChoices: UpdateResolver<ChooseNotificationsMutation, ChooseNotificationsMutationVariables> = (
  { chooseNotifications: answer },
  _input,
  cache,
) => {
  if (answer?.__typename !== "ChooseNotificationsSuccess") return;
  cache.updateQuery(query, (data) => data && { ...data, notificationSettings: answer.settings });
};
