import { type Finding, type Place, type WrittenAddress } from "../../origins/finding";
import { type PageAnswer, type Page, verdictOf } from "./answer";
import { type LiveAnswer, type Verdict } from "./live";

/** What `origins explain --json` prints. */
interface ExplainJson extends Pick<Page, "written" | "host" | "dropped"> {
  readonly environments: readonly AnswerJson[];
}

/** What one environment says of the page. */
interface AnswerJson {
  readonly name: string;
  readonly kind: string;
  readonly verdict: Verdict;
  /** In one sentence: by which entry it is admitted, or why not. */
  readonly message: string;
  /** The entry that admits it. Absent where none does, and where every page is admitted. */
  readonly entry?: EntryJson;
  /** The entry that comes closest, where none admits it. */
  readonly nearest?: EntryJson & { readonly relation?: string };
  /** The addresses known at apply, one of which may admit it. */
  readonly perhaps?: readonly WrittenAddress[];
  /** Why addresses of the environment that name the page are not in its list. */
  readonly refused?: readonly Finding[];
  /** What to add where, and what the rules would say then. */
  readonly add?: { readonly address: string; readonly place?: Place; readonly findings: readonly Finding[] };
  /** With `--live`, an element for each Messenger of the environment. */
  readonly live?: readonly LiveAnswer[];
}

interface EntryJson {
  readonly domain: string;
  readonly sources: readonly Place[];
}

export function explainJson({ written, host, dropped }: Page, answers: readonly PageAnswer[]): ExplainJson {
  return { written, host, dropped, environments: answers.map(answerJson) };
}

function answerJson(answer: PageAnswer): AnswerJson {
  const { environment, explanation, refused, addition, live } = answer;
  const { name, kind } = environment;
  return {
    name,
    kind,
    verdict: verdictOf(answer),
    message: explanation.message,
    ...(explanation.admitted && explanation.entry !== undefined && { entry: entryJson(explanation.entry) }),
    ...(!explanation.admitted && {
      ...(explanation.nearest !== undefined && {
        nearest: {
          ...entryJson(explanation.nearest),
          ...(explanation.relation !== undefined && { relation: explanation.relation }),
        },
      }),
      ...(explanation.late.length > 0 && { perhaps: explanation.late }),
    }),
    ...(refused.length > 0 && { refused }),
    ...(addition !== undefined && {
      add: {
        address: addition.address,
        ...(addition.place !== undefined && { place: addition.place }),
        findings: addition.findings,
      },
    }),
    ...(live !== undefined && { live }),
  };
}

function entryJson({
  host,
  sources,
}: {
  readonly host: string;
  readonly sources: readonly WrittenAddress[];
}): EntryJson {
  return { domain: host, sources: sources.map(({ place }) => place) };
}
