/** Hands e-mails to the mail server by SMTP, and explains refusals without naming the server or its user. */
import { AppError } from "@pareidolia/core/appError";
import type { MailServer } from "@pareidolia/core/mailServer";
import { createTransport } from "nodemailer";

export interface OutgoingEmail {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly unsubscribeUrl?: string | null;
}

export interface Mailer {
  /** Resolves once the server has accepted the e-mail. @throws EmailRefused */
  send(email: OutgoingEmail): Promise<void>;
}

/** Owners of the workspace may read the message; `cause` is for the operator's log. */
export class EmailRefused extends Error {
  /** Whether a later attempt could not succeed either. */
  readonly final: boolean;

  constructor(message: string, options: { readonly cause: unknown; readonly final: boolean }) {
    super(message, { cause: options.cause });
    this.final = options.final;
  }
}

/** Milliseconds. Together well below the time of a claim. */
const timeouts = { connectionTimeout: 15_000, greetingTimeout: 15_000, socketTimeout: 60_000, dnsTimeout: 15_000 };
const maxAnswerLength = 200;

/** One printable line, since owners see it on a page. */
function quote(answer: string): string {
  return answer
    .replaceAll(/[^\x21-\x7e]+/g, " ")
    .trim()
    .slice(0, maxAnswerLength);
}

interface SmtpError {
  readonly command?: unknown;
  readonly responseCode?: unknown;
  readonly response?: unknown;
}

function explain(cause: unknown): EmailRefused {
  const { command, responseCode, response } = (cause ?? {}) as SmtpError;
  // RFC 5321, section 4.2.1: 5yz is final and 4yz temporary. Refused credentials or a refused greeting are the server's settings.
  if (command === "RCPT TO" && typeof responseCode === "number" && typeof response === "string") {
    const final = responseCode >= 500;
    return new EmailRefused(`The mail server ${final ? "refused" : "postponed"} the address: ${quote(response)}`, { cause, final });
  }
  if ((command === "DATA" || command === "MAIL FROM") && typeof responseCode === "number")
    return new EmailRefused(`The mail server did not accept the e-mail (code ${responseCode}).`, { cause, final: responseCode >= 500 });
  return new EmailRefused("The mail server could not be reached, or refused to work with Pareidolia. The worker's log has the details.", {
    cause,
    final: false,
  });
}

/** One address: the library would split a list, and a line break would start a header of its own. */
const oneAddress = /^[^\s@<>()[\],;:"\\]+@[^\s@<>()[\],;:"\\]+$/;

function rejectInjection({ to, subject }: OutgoingEmail): void {
  if (!oneAddress.test(to) || /[\r\n\0]/.test(subject))
    throw new AppError("INVALID_INPUT", "The e-mail address or the subject contains characters that are not allowed there.");
}

export function openMailer({ host, port, encryption, credentials, from }: MailServer): Mailer {
  const transport = createTransport({
    host,
    port,
    secure: encryption === "immediate",
    requireTLS: encryption === "required",
    ...(encryption === "none" ? { ignoreTLS: true } : {}),
    ...(credentials === null ? {} : { auth: { user: credentials.user, pass: credentials.password } }),
    ...timeouts,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = from.address.slice(from.address.lastIndexOf("@") + 1);
  return {
    async send(email) {
      const { id, to, subject, text, unsubscribeUrl = null } = email;
      try {
        rejectInjection(email);
        await transport.sendMail({
          from,
          to: { name: "", address: to },
          envelope: { from: from.address, to: [to] },
          subject,
          text,
          // The same for each attempt, so that a mailbox recognises an e-mail that it has received already.
          messageId: `<${id}@${domain}>`,
          headers: {
            "Auto-Submitted": "auto-generated",
            // RFC 8058: one click in the mail program.
            ...(unsubscribeUrl === null
              ? {}
              : { "List-Unsubscribe": `<${unsubscribeUrl}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" }),
          },
        });
      } catch (cause) {
        if (cause instanceof AppError) throw new EmailRefused(cause.message, { cause, final: true });
        throw explain(cause);
      }
    },
  };
}
