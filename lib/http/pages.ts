import { type Http } from "./http";

/** No list that this product reads is larger: a host that goes on after that would never end. */
const most = { pages: 1_000, characters: 268_435_456, minutes: 15 } as const;

/** Counts the pages of one list, so that a host which names a further one for ever is given up. */
export class PageCount {
  private readonly began: number;
  private pages = 0;
  private characters = 0;

  constructor(private readonly http: Http) {
    this.began = http.now();
  }

  /**
   * Counts a page.
   *
   * @param length of its text
   * @returns why there must be no further one, in words; undefined where there may be one
   */
  add(length: number): string | undefined {
    this.pages += 1;
    this.characters += length;
    if (this.pages >= most.pages) return `it has more than ${most.pages} pages`;
    if (this.characters > most.characters) return `it has more than ${most.characters / 1_048_576} MiB`;
    const isLate = this.http.now() - this.began > most.minutes * 60_000;
    return isLate ? `it has taken more than ${most.minutes} minutes` : undefined;
  }
}
