/**
 * Sign-in by OpenID Connect, with better-auth's plugin: authorization code with PKCE, state and nonce, and a verified ID token. A provider's
 * account is linked to ours only if both have the same address and both have it verified. New accounts need an open invitation.
 */

import type { Database } from "@pareidolia/persistence/server/database/database";
import { listInvitationsTo } from "@pareidolia/persistence/workspace/members/invitations";
import { genericOAuth } from "better-auth/plugins/generic-oauth";
import type { OidcSettings } from "./oidcSettings.ts";

export const oidcProviderId = "oidc";

/**
 * The plugin would wait for the provider when the API starts, without a time limit, and every other way to sign in would wait with it.
 * Instead the first sign-in with the provider makes the plugin look it up, within 10 s, as after a failed start.
 */
export function oidcPlugin({ issuer, clientId, clientSecret }: OidcSettings) {
  const config = {
    providerId: oidcProviderId,
    discoveryUrl: `${issuer.href.replace(/\/$/, "")}/.well-known/openid-configuration`,
    clientId,
    clientSecret,
    scopes: ["openid", "email", "profile"],
    pkce: true,
    requireIdTokenVerification: true,
  };
  const plugin = genericOAuth({ config: [config] });
  return { ...plugin, init: async () => ({ context: { genericOAuthPendingDiscovery: new Map([[oidcProviderId, config]]) } }) };
}

export interface ProviderUser {
  readonly email?: string | null | undefined;
  readonly emailVerified?: boolean | undefined;
}

export interface Refusal {
  /** For the page to which the browser is sent back, like the text. */
  readonly error: string;
  readonly errorDescription: string;
}

/** Why a provider's user gets no account; undefined if the user may have one. */
export async function refuseNewUser({ connection }: Database, user: ProviderUser): Promise<Refusal | undefined> {
  const email = user.email?.toLowerCase() ?? "";
  if (user.emailVerified !== true)
    return { error: "email_not_verified", errorDescription: "Your provider has not verified your e-mail address." };
  if ((await listInvitationsTo(connection, email)).length > 0) return undefined;
  return { error: "not_invited", errorDescription: `There is no account and no open invitation for ${email}. Ask an owner to invite you.` };
}

/** Tokens of the provider are used once, to sign in, and not stored. */
export const withoutTokens = { accessToken: null, refreshToken: null, idToken: null } as const;
