/** A shorter piece of a value gives nothing away. */
const shortestPiece = 6;
const shortestValue = 4;

/** A shorter value may be a part of any text. */
const shortestPart = 8;

/**
 * A text in which these values, and every piece of them, are masked: as they are, percent-encoded, in hexadecimal and in base64. What an error
 * quotes of its environment may have been encoded on the way, or be a part only.
 */
export function maskValues(text: string, values: readonly string[]): string {
  const plain = text.toLowerCase();
  const secrets = [...new Set(values.flatMap(formsOf))];
  const encoded = [...new Set(values.flatMap(base64Pieces))];
  let masked = "";
  for (let at = 0; at < text.length;) {
    const length = Math.max(
      0,
      ...secrets.map((secret) => pieceAt(plain, at, secret)),
      // Capitals mean something in base64.
      ...encoded.map((secret) => pieceAt(text, at, secret)),
    );
    masked += length === 0 ? (text[at] ?? "") : "***";
    at += Math.max(length, 1);
  }
  return masked;
}

/** A value without its scheme, as it is and as a URL or a form has it. */
function formsOf(value: string): readonly string[] {
  const bare = value.replace(/^[a-z][a-z0-9+.-]*:\/\//i, "").replace(/\s+/g, " ");
  const encoded = [...new Set([bare, value])].flatMap((each) => [...percentEncoded(each), hexadecimal(each)]);
  return [bare, ...encoded].map((form) => form.toLowerCase());
}

function hexadecimal(value: string): string {
  return value.length < shortestValue ? "" : Buffer.from(value, "utf8").toString("hex");
}

/** Whether a text holds the whole of a value, as it is or encoded. A host has lost its capitals. */
export function holdsValue(text: string, value: string): boolean {
  const plain = text.toLowerCase();
  const forms = [value, ...formsOf(value), ...base64Pieces(value)].filter(({ length }) => length >= shortestPart);
  return text === value || forms.some((form) => plain.includes(form.toLowerCase()));
}

function percentEncoded(value: string): readonly string[] {
  const text = value.replace(/\p{Cs}/gu, "\ufffd");
  const strictly = encodeURIComponent(text).replace(/[!'()*]/g, (each) => `%${each.charCodeAt(0).toString(16)}`);
  return [encodeURI(text), encodeURIComponent(text), strictly, new URLSearchParams([["", text]]).toString().slice(1)];
}

/**
 * What of the base64 of a text does not depend on what stands beside the value in it: the value may begin at any of three places
 * in a group of characters, as the password does in `user:password`.
 */
function base64Pieces(value: string): readonly string[] {
  if (value.length < shortestValue) return [];
  return [0, 1, 2].flatMap((before) => {
    const bytes = Buffer.from(value, "utf8");
    const shifted = Buffer.concat([Buffer.alloc(before), bytes]);
    const first = before === 0 ? 0 : before + 1;
    const last = Math.floor((shifted.length * 8) / 6);
    return (["base64", "base64url"] as const).map((alphabet) => shifted.toString(alphabet).slice(first, last));
  });
}

/** How many characters from here on are a piece of the secret that must not be shown. */
function pieceAt(text: string, at: number, secret: string): number {
  if (secret.length >= shortestValue && text.startsWith(secret, at)) return secret.length;
  let length = shortestPiece - 1;
  while (at + length < text.length && secret.includes(text.slice(at, at + length + 1))) length++;
  return length < shortestPiece ? 0 : length;
}
