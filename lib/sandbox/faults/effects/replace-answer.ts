import { type Call } from "../effect";

/** Puts an answer in the place of whatever stands there; without the first line, headers of the old one would stay. */
export function replaceAnswer(call: Call, answer: Response): void {
  call.res = undefined;
  call.res = answer;
}
