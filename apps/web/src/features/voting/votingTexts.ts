/** Every text that voters read, in each language. A further language is one more entry of `textsByLanguage`. */

const english = {
  languageName: "English",
  time: "Time",
  timeValue: (minutes: number, images: number) =>
    `about ${minutes} ${minutes === 1 ? "minute" : "minutes"}, ${images} ${images === 1 ? "image" : "images"}`,
  kept: "Kept",
  shared: "Shared",
  stop: "Stop",
  flashWarning: "Images appear briefly, then noise. If flicker troubles you, please leave this page.",
  reducedMotionWarning: "Your device is set to reduce motion, and this study cannot be shown without flashes.",
  flashChoice: "Images appear briefly, then noise. If flicker troubles you, choose the still version.",
  version: "Version",
  briefVersion: "Brief images",
  briefVersionText: "Each image appears briefly.",
  stillVersion: "Still images",
  stillVersionText: "Each image stays until you answer.",
  reducedMotionChoice: "Your device is set to reduce motion.",
  unsteadyChoice: "Your screen may not hold the short times. Still images work on every screen.",
  keptStill: "And that you saw the still version.",
  agree: (age: number | null, version: number) =>
    age === null ? `I agree to this, version ${version}.` : `I am ${age} or over and I agree to this, version ${version}.`,
  agreeFirst: "Tick the box to agree first.",
  begin: "Start",
  beginning: "Starting",
  language: "Language",
  haveCode: "Withdraw with a code",

  beforeYouStart: "Before you start",
  howItWorks: "How it works",
  stepBlank: "Look at the empty frame. The image appears there.",
  stepImage: "Look at the image for as long as you like.",
  stepImages: "Look at all the images for as long as you like.",
  stepBrief: (duration: string) => `It stays for ${duration}.`,
  stepMask: "Noise covers it.",
  stepGone: "Then the frame is empty again.",
  stepChoose: "Choose one answer. If unsure, say so.",
  stepChooseNoDoubt: "Choose one answer. If unsure, take your best guess.",
  stepWrite: "Write what you see, in a few words.",
  stepRate: "Rate each name.",
  quarterSecond: "a quarter of a second",
  halfSecond: "half a second",
  seconds: (value: string) => `${value} seconds`,
  milliseconds: (value: number) => `${value} milliseconds`,
  noPrize: "There is no prize for speed. You can take back the last answer at any time.",
  timeLimit: (value: string) => `You have ${value} for each answer.`,
  screen: "Screen",
  measuring: "measuring",
  steady: (hz: number) => `${hz} Hz, steady`,
  unsteady: (hz: number) => `${hz} Hz, unsteady`,
  unsteadyHint: "Close other tabs and programs if you can: the images appear for very short times.",
  tryThree: "Try three first",
  skipPractice: "Skip the practice",
  practice: (number: number, count: number) => `Practice ${number} of ${count}`,
  practiceDone: "That was the practice",
  practiceDoneText: "The next images count. Take your time.",
  startVoting: "Start voting",
  circle: "circle",
  square: "square",
  triangle: "triangle",

  whichDigitMachine: "Which digit did the machine see?",
  whichDigit: "Which digit is this?",
  whichLabelMachine: "What did the machine call this?",
  whichLabel: "What does it look like most?",
  whichImageMachine: ["Which of these did the machine label ", "?"],
  whichImage: ["Which of these looks most like ", "?"],
  anything: "Do you recognise anything?",
  write: "What does this look like?",
  rateOne: ["How sure are you that this is ", "?"],
  rateMany: "How sure are you that the image shows each of these?",
  pair: ["Which of these two is more like ", "?"],
  examples: (label: string) => `Photographs: ${label}`,
  yes: "Yes",
  no: "No",
  yesKeys: ["y"],
  noKeys: ["n"],
  noDigit: "No digit",
  nothing: "Nothing I recognise",
  cantTell: "I can't tell",
  certainlyNot: "certainly not",
  certainly: "certainly",
  next: "Next",
  rateAllFirst: "Rate every name first.",
  writeFirst: "Write a few words first, or skip the image.",
  yourAnswer: "Your answer",
  image: (number: number) => `Image ${number}`,
  stage: "Image to judge",
  undo: "Undo",
  skip: "Skip",
  leave: "Leave",
  space: "Space",
  timeUp: "Time is up. Here is the next image.",
  progress: (number: number, total: number) => `Image ${number} of ${total}`,
  loadingImage: "Loading the image",
  imageFailed: "The image could not be loaded.",
  tryAgain: "Try again",
  savedHere: "Saved here. Sending when the network is back.",
  answeredElsewhere: "That image was already answered in another tab or on another device. Here is the next one.",
  answerRefused: "That answer could not be saved. Check the date and time of your device, and answer again.",

  leaveTitle: "Leave for now?",
  leaveText: (answered: number, total: number) =>
    `${answered} of ${total} are done and saved. Open this page again on this device, and you continue with the next image.`,
  leavePending: (count: number) =>
    `${count} ${count === 1 ? "answer is" : "answers are"} still to be sent. Keep this page open until then.`,
  continueHere: "Continue",
  otherDevice: "Continue on another device",
  otherDeviceText: "Copies a link that opens your session. Keep it to yourself: anyone with the link can answer for you.",
  copyLink: "Copy the link",
  copy: "Copy",
  copied: "Copied",
  copyFailed: "Copying failed",

  completeTitle: "That was the last image",
  completeText: "Finish to send everything. Until then you can take back the last answer.",
  finish: "Finish",
  sending: "Sending your answers",
  sendingText: "Keep this page open for a moment.",
  savedOf: (answered: number, total: number) => `${answered} of ${total}, saved`,
  thankYou: "Thank you",
  nowCount: (count: number, study: string) => `Your ${count} ${count === 1 ? "answer is" : "answers are"} now part of ${study}.`,
  goldNamed: (trials: number): string => (trials === 1 ? "photograph named right." : "photographs named right."),
  goldRight: "right",
  goldWrong: "not right",
  othersHaveNoAnswer: "The other images have no right answer.",
  yourCode: "Your code to withdraw",
  codeHint: "We can't look it up for you. Keep it if you may change your mind.",
  codeElsewhere: "Your code to withdraw was shown on the device on which you started.",
  done: "Done",
  closePage: "You can close this page now.",
  withdrawNow: "Withdraw now",

  withdrawTitle: "Withdraw your answers?",
  withdrawText: "They are removed now and leave every later export and release. This cannot be undone.",
  withdrawConfirm: "Withdraw my answers",
  withdrawing: "Withdrawing",
  keepAnswers: "Keep them",
  withdrawCodeTitle: "Withdraw with your code",
  codeLabel: "The code you got when you took part",
  codeInvalid: "A code has eight letters and digits, such as 7KQ4 M2XP.",
  withdrawnTitle: "Your answers are withdrawn",
  withdrawnText: (count: number | null) =>
    count === null
      ? "They are removed and leave every later export and release."
      : `${count} ${count === 1 ? "answer was" : "answers were"} removed. They leave every later export and release.`,

  missingTitle: "There is no study at this address",
  missingText: "The link may be incomplete. Please get a new one from the person who sent it.",
  notOpenTitle: "This study has not started yet",
  notOpenText: "Open this page again once its researchers have started it.",
  pausedTitle: "This study is paused",
  pausedText: "Your answers are saved. Open this page again later, and you continue where you stopped.",
  checkAgain: "Check again",
  closedTitle: "This study is closed",
  closedText: "It takes no more answers. Thank you for your interest.",
  fullTitle: "Every image has enough answers",
  fullText: "This study needs no more votes at the moment. Thank you for coming.",
  endedTitle: "This session has ended",
  endedText: "Its answers were withdrawn, or the study no longer knows it. You can start again.",
  startAgain: "Start again",
  failedTitle: "This page could not be loaded",
  failedText: "The server did not answer. Check your connection and try again.",
  loading: "Loading",

  problemConnection: "The server did not answer. Check your connection and try again.",
  problemLimit:
    "Too many people are taking part from this network at the moment, or this study has all its voters. Please try again in an hour.",
  problemCode: "No answers belong to this code. Check it and try again.",
  problemOther: "That did not work. Please try again.",
};

export type VotingTexts = {
  readonly [Name in keyof typeof english]: (typeof english)[Name] extends readonly string[] ? readonly string[] : (typeof english)[Name];
};

const german: VotingTexts = {
  languageName: "Deutsch",
  time: "Zeit",
  timeValue: (minutes, images) => `etwa ${minutes} ${minutes === 1 ? "Minute" : "Minuten"}, ${images} ${images === 1 ? "Bild" : "Bilder"}`,
  kept: "Gespeichert",
  shared: "Geteilt",
  stop: "Aufhören",
  flashWarning: "Bilder erscheinen kurz, danach folgt Rauschen. Wenn Sie Flackern nicht vertragen, verlassen Sie bitte diese Seite.",
  reducedMotionWarning: "Ihr Gerät ist auf weniger Bewegung eingestellt. Diese Studie lässt sich nicht ohne kurze Bilder zeigen.",
  flashChoice: "Bilder erscheinen kurz, danach folgt Rauschen. Wenn Sie Flackern nicht vertragen, wählen Sie stehende Bilder.",
  version: "Fassung",
  briefVersion: "Kurze Bilder",
  briefVersionText: "Jedes Bild erscheint kurz.",
  stillVersion: "Stehende Bilder",
  stillVersionText: "Jedes Bild bleibt bis zur Antwort.",
  reducedMotionChoice: "Ihr Gerät ist auf weniger Bewegung eingestellt.",
  unsteadyChoice: "Ihr Bildschirm hält die kurzen Zeiten vielleicht nicht ein. Stehende Bilder gehen auf jedem Bildschirm.",
  keptStill: "Und dass Sie stehende Bilder gesehen haben.",
  agree: (age, version) =>
    age === null ? `Ich stimme zu, Fassung ${version}.` : `Ich bin mindestens ${age} Jahre alt und stimme zu, Fassung ${version}.`,
  agreeFirst: "Bitte stimmen Sie zuerst mit dem Häkchen zu.",
  begin: "Starten",
  beginning: "Wird gestartet",
  language: "Sprache",
  haveCode: "Mit einem Code widerrufen",

  beforeYouStart: "Vor dem Start",
  howItWorks: "So geht es",
  stepBlank: "Schauen Sie auf den leeren Rahmen. Dort erscheint das Bild.",
  stepImage: "Betrachten Sie das Bild, solange Sie möchten.",
  stepImages: "Betrachten Sie alle Bilder, solange Sie möchten.",
  stepBrief: (duration) => `Es bleibt für ${duration}.`,
  stepMask: "Rauschen verdeckt es.",
  stepGone: "Dann ist der Rahmen wieder leer.",
  stepChoose: "Wählen Sie eine Antwort. Wenn Sie unsicher sind, sagen Sie es.",
  stepChooseNoDoubt: "Wählen Sie eine Antwort. Wenn Sie unsicher sind, raten Sie.",
  stepWrite: "Schreiben Sie in wenigen Wörtern, was Sie sehen.",
  stepRate: "Bewerten Sie jeden Namen.",
  quarterSecond: "eine Viertelsekunde",
  halfSecond: "eine halbe Sekunde",
  seconds: (value) => `${value.replace(".", ",")} Sekunden`,
  milliseconds: (value) => `${value} Millisekunden`,
  noPrize: "Es gibt keinen Preis für Schnelligkeit. Die letzte Antwort können Sie jederzeit zurücknehmen.",
  timeLimit: (value) => `Für jede Antwort haben Sie ${value}.`,
  screen: "Bildschirm",
  measuring: "wird gemessen",
  steady: (hz) => `${hz} Hz, gleichmäßig`,
  unsteady: (hz) => `${hz} Hz, ungleichmäßig`,
  unsteadyHint: "Schließen Sie nach Möglichkeit andere Tabs und Programme: Die Bilder erscheinen sehr kurz.",
  tryThree: "Drei zur Probe",
  skipPractice: "Ohne Probe starten",
  practice: (number, count) => `Probe ${number} von ${count}`,
  practiceDone: "Das war die Probe",
  practiceDoneText: "Die nächsten Bilder zählen. Nehmen Sie sich Zeit.",
  startVoting: "Los geht es",
  circle: "Kreis",
  square: "Quadrat",
  triangle: "Dreieck",

  whichDigitMachine: "Welche Ziffer hat die Maschine erkannt?",
  whichDigit: "Welche Ziffer ist das?",
  whichLabelMachine: "Wie hat die Maschine das genannt?",
  whichLabel: "Wonach sieht das am ehesten aus?",
  whichImageMachine: ["Welches davon hat die Maschine so genannt: ", "?"],
  whichImage: ["Welches davon sieht am ehesten so aus: ", "?"],
  anything: "Erkennen Sie etwas?",
  write: "Wonach sieht das aus?",
  rateOne: ["Wie sicher sind Sie, dass das dies ist: ", "?"],
  rateMany: "Wie sicher sind Sie bei jedem dieser Namen, dass das Bild es zeigt?",
  pair: ["Welches von beiden ist ähnlicher: ", "?"],
  examples: (label) => `Fotos: ${label}`,
  yes: "Ja",
  no: "Nein",
  yesKeys: ["j", "y"],
  noKeys: ["n"],
  noDigit: "Keine Ziffer",
  nothing: "Nichts, was ich erkenne",
  cantTell: "Weiß ich nicht",
  certainlyNot: "sicher nicht",
  certainly: "ganz sicher",
  next: "Weiter",
  rateAllFirst: "Bewerten Sie zuerst jeden Namen.",
  writeFirst: "Schreiben Sie zuerst ein paar Wörter, oder überspringen Sie das Bild.",
  yourAnswer: "Ihre Antwort",
  image: (number) => `Bild ${number}`,
  stage: "Bild zum Beurteilen",
  undo: "Zurück",
  skip: "Überspringen",
  leave: "Verlassen",
  space: "Leertaste",
  timeUp: "Die Zeit ist um. Hier ist das nächste Bild.",
  progress: (number, total) => `Bild ${number} von ${total}`,
  loadingImage: "Das Bild wird geladen",
  imageFailed: "Das Bild konnte nicht geladen werden.",
  tryAgain: "Noch einmal versuchen",
  savedHere: "Hier gespeichert. Wird gesendet, sobald das Netz wieder da ist.",
  answeredElsewhere: "Dieses Bild wurde schon in einem anderen Tab oder auf einem anderen Gerät beantwortet. Hier ist das nächste.",
  answerRefused: "Diese Antwort ließ sich nicht speichern. Prüfen Sie Datum und Uhrzeit Ihres Geräts, und antworten Sie noch einmal.",

  leaveTitle: "Für jetzt aufhören?",
  leaveText: (answered, total) =>
    `${answered} von ${total} sind fertig und gespeichert. Öffnen Sie diese Seite später auf diesem Gerät, dann geht es mit dem nächsten Bild weiter.`,
  leavePending: (count) =>
    count === 1
      ? "Eine Antwort ist noch nicht gesendet. Lassen Sie die Seite so lange offen."
      : `${count} Antworten sind noch nicht gesendet. Lassen Sie die Seite so lange offen.`,
  continueHere: "Weitermachen",
  otherDevice: "Auf einem anderen Gerät weitermachen",
  otherDeviceText: "Kopiert einen Link, der Ihre Sitzung öffnet. Geben Sie ihn nicht weiter: Wer ihn hat, kann für Sie antworten.",
  copyLink: "Link kopieren",
  copy: "Kopieren",
  copied: "Kopiert",
  copyFailed: "Kopieren nicht möglich",

  completeTitle: "Das war das letzte Bild",
  completeText: "Schließen Sie ab, damit alles gesendet wird. Bis dahin können Sie die letzte Antwort zurücknehmen.",
  finish: "Abschließen",
  sending: "Ihre Antworten werden gesendet",
  sendingText: "Lassen Sie die Seite noch einen Moment offen.",
  savedOf: (answered, total) => `${answered} von ${total}, gespeichert`,
  thankYou: "Vielen Dank",
  nowCount: (count, study) =>
    count === 1 ? `Ihre Antwort ist jetzt Teil von ${study}.` : `Ihre ${count} Antworten sind jetzt Teil von ${study}.`,
  goldNamed: (trials) => (trials === 1 ? "Foto richtig benannt." : "Fotos richtig benannt."),
  goldRight: "richtig",
  goldWrong: "nicht richtig",
  othersHaveNoAnswer: "Für die anderen Bilder gibt es keine richtige Antwort.",
  yourCode: "Ihr Code zum Widerrufen",
  codeHint: "Wir können ihn nicht für Sie nachsehen. Bewahren Sie ihn auf, falls Sie es sich anders überlegen.",
  codeElsewhere: "Ihr Code zum Widerrufen wurde auf dem Gerät gezeigt, auf dem Sie begonnen haben.",
  done: "Fertig",
  closePage: "Sie können diese Seite jetzt schließen.",
  withdrawNow: "Jetzt widerrufen",

  withdrawTitle: "Ihre Antworten widerrufen?",
  withdrawText: "Sie werden jetzt entfernt und fehlen in jedem späteren Export. Das lässt sich nicht rückgängig machen.",
  withdrawConfirm: "Meine Antworten widerrufen",
  withdrawing: "Wird widerrufen",
  keepAnswers: "Behalten",
  withdrawCodeTitle: "Mit Ihrem Code widerrufen",
  codeLabel: "Der Code, den Sie bei der Teilnahme bekommen haben",
  codeInvalid: "Ein Code hat acht Buchstaben und Ziffern, zum Beispiel 7KQ4 M2XP.",
  withdrawnTitle: "Ihre Antworten sind widerrufen",
  withdrawnText: (count) =>
    count === null
      ? "Sie sind entfernt und fehlen in jedem späteren Export."
      : `${count} ${count === 1 ? "Antwort wurde" : "Antworten wurden"} entfernt und fehlen in jedem späteren Export.`,

  missingTitle: "Unter dieser Adresse gibt es keine Studie",
  missingText: "Vielleicht ist der Link unvollständig. Bitten Sie die Person, die ihn geschickt hat, um einen neuen.",
  notOpenTitle: "Diese Studie hat noch nicht begonnen",
  notOpenText: "Öffnen Sie diese Seite noch einmal, wenn sie begonnen hat.",
  pausedTitle: "Diese Studie macht eine Pause",
  pausedText: "Ihre Antworten sind gespeichert. Öffnen Sie diese Seite später noch einmal, dann geht es weiter, wo Sie aufgehört haben.",
  checkAgain: "Noch einmal prüfen",
  closedTitle: "Diese Studie ist geschlossen",
  closedText: "Sie nimmt keine Antworten mehr an. Vielen Dank für Ihr Interesse.",
  fullTitle: "Alle Bilder haben genug Antworten",
  fullText: "Diese Studie braucht im Moment keine weiteren Antworten. Danke, dass Sie gekommen sind.",
  endedTitle: "Diese Sitzung ist beendet",
  endedText: "Ihre Antworten wurden widerrufen, oder die Studie kennt sie nicht mehr. Sie können neu beginnen.",
  startAgain: "Neu beginnen",
  failedTitle: "Diese Seite konnte nicht geladen werden",
  failedText: "Der Server hat nicht geantwortet. Prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal.",
  loading: "Wird geladen",

  problemConnection: "Der Server hat nicht geantwortet. Prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal.",
  problemLimit:
    "Aus diesem Netz nehmen gerade zu viele Personen teil, oder die Studie ist voll. Bitte versuchen Sie es in einer Stunde wieder.",
  problemCode: "Zu diesem Code gibt es keine Antworten. Prüfen Sie ihn und versuchen Sie es noch einmal.",
  problemOther: "Das hat nicht geklappt. Bitte versuchen Sie es noch einmal.",
};

const textsByLanguage: Readonly<Record<string, VotingTexts>> = { en: english, de: german };

/** "de" of "de-AT". */
function primary(language: string): string {
  return language.toLowerCase().split("-")[0] as string;
}

/** The texts in a language; in English if there are none. */
export function textsIn(language: string): VotingTexts {
  return textsByLanguage[primary(language)] ?? english;
}

/** The language of the texts that `textsIn` returns, for the page's `lang`. */
export function textLanguage(language: string): string {
  return textsByLanguage[primary(language)] === undefined ? "en" : primary(language);
}

/** The name of a language in that language. */
export function languageName(language: string): string {
  const known = textsByLanguage[primary(language)];
  if (known !== undefined) return known.languageName;
  try {
    return new Intl.DisplayNames([language], { type: "language" }).of(language) ?? language;
  } catch {
    return language;
  }
}

/** The first of the reader's languages in which the study exists, else the study's first one. */
export function preferredLanguage(offered: readonly string[], readers: readonly string[]): string {
  for (const reader of readers) {
    const found = offered.find((language) => primary(language) === primary(reader));
    if (found !== undefined) return found;
  }
  return offered[0] ?? "en";
}

/** Why a button's request failed, for the voter. */
export function problemText(texts: VotingTexts, code: string): string {
  if (code === "NO_ANSWER" || code === "UNAVAILABLE") return texts.problemConnection;
  if (code === "RATE_LIMITED" || code === "QUOTA_EXCEEDED") return texts.problemLimit;
  return code === "NOT_FOUND" || code === "INVALID_INPUT" ? texts.problemCode : texts.problemOther;
}
