import { parseAddress } from "../../lib/origins/address";
import { brokenLaw } from "../origins/address-law";

const words = `https:// http:// HTTP:// ftp:// :// // www. example.com localhost 127.0.0.1 0x7f.1 [::1] ::1 *. ** vercel.app co.uk
  xn-- xn--mnchen-3ya \${HOST} $HOST {{host}} <host> user:pass@ :3000 :99999 /shop ?q=1 #top .. .com %2e %00 undefined
  münchen EXAMPLE null .env.production C:\\ 1.2.3.256 256 4294967296 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa`;

/** Pieces of which addresses, and what people mistake for them, are made. */
const pieces = [
  ...Array.from("abcxyzABZ0179.-_:/\\?#@*$%[]{}<>,; \t\n'\"`~^|&=+!()\u0000\u00a0\u200b\u00adüßİ。．例😀\ud800"),
  ...words.split(/\s+/),
];

/** A small seeded generator (mulberry32): the same million strings in every run, at almost no cost. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Parses that many random strings and prints the laws that were broken, and how many of a sample were accepted. */
function parseRandomStrings(count: number): void {
  const next = random(20_261_122);
  const broken: string[] = [];
  let accepted = 0;
  for (let index = 0; index < count; index++) {
    let value = "";
    for (let length = Math.floor(next() * 7); length >= 0; length--) {
      value += pieces[Math.floor(next() * pieces.length)] ?? "";
    }
    const law = brokenLaw(value);
    if (law !== undefined) broken.push(`${JSON.stringify(value)}: ${law}`);
    if (index % 100 === 0 && parseAddress(value).ok) accepted++;
  }
  console.log(JSON.stringify({ count, broken, accepted }));
}

parseRandomStrings(Number(process.argv[2]));
