/** POST /auth/oidc: starts a sign-in with the provider. The answer has the address to which the browser goes next. */
import { AppError } from "@pareidolia/core/appError";
import { fromNodeHeaders } from "better-auth/node";
import type { RequestHandler } from "express";
import { z } from "zod";
import type { Accounts } from "./accounts.ts";
import { oidcProviderId } from "./oidc.ts";
import { readBody } from "./readBody.ts";

/** A path of the web application, and no address of another host such as //elsewhere.example. */
const pathField = z
  .string()
  .max(500)
  .regex(/^\/(?![/\\])[\w\-./?=&%]*$/, "This is no page of Pareidolia.");
const bodySchema = z.object({ path: pathField.default("/") });

/** After the sign-in, and after a refusal with `?error=` and `?error_description=`, the browser is sent to `path`. */
export function startOidc(accounts: Accounts, publicUrl: URL): RequestHandler {
  return async (request, response) => {
    const { path } = readBody(bodySchema, request);
    const callbackURL = publicUrl.origin + path;
    const errorCallbackURL = path === "/" ? new URL("/sign-in", publicUrl).href : callbackURL;
    // Whatever else the client sends is left out: better-auth would also take scopes, parameters and ID tokens from it.
    const started = await accounts.api.signInSocial({
      body: { provider: oidcProviderId, callbackURL, errorCallbackURL, disableRedirect: true },
      headers: fromNodeHeaders(request.headers),
      asResponse: true,
    });
    if (!started.ok) throw new AppError("UNAVAILABLE", "The provider does not answer. Sign in with your password, or try again later.");
    const { url } = (await started.json()) as { url: string };
    response.setHeader("Set-Cookie", started.headers.getSetCookie());
    response.json({ url });
  };
}
