import { parse } from "tldts";
import { parseAddress } from "../lib/origins/address";

/** What understanding an address costs, against the two library calls that any implementation would make. */
export interface ParseAddressMeasurement {
  /** `parseAddress` divided by `new URL` plus `tldts.parse`, each by its fastest round. The aim is 1.5 or less. */
  readonly ratio: number;
  /** Nanoseconds an address in the fastest round: what is slower was the machine's other work. */
  readonly parseAddress: number;
  /** Nanoseconds an address in the fastest round: what is slower was the machine's other work. */
  readonly urlAndTldts: number;
  readonly addresses: number;
  readonly rounds: number;
}

/** Forms that teams write, each with many hosts, so that no cache of the runtime sees the same text twice in a row. */
const forms: readonly ((n: number) => string)[] = [
  (n) => `https://www${n}.example.com`,
  (n) => `https://shop-${n}.example.co.uk/checkout?step=1`,
  (n) => `https://WWW.M\u00fcnchen-${n}.example.com:8443/shop`,
  (n) => `http://localhost:${3000 + (n % 1000)}`,
  (n) => `storefront-git-feature-${n}-acme.vercel.app`,
  (n) => `deploy-preview-${n}--storefront.netlify.app`,
  (n) => `staging-${n}.example.com:3000`,
  (n) => `*.preview-${n}.example.com`,
];

/** Runs the two in turn, so that a busy machine slows both down. */
export function measure(rounds = 40, each = 250): ParseAddressMeasurement {
  const addresses = Array.from({ length: each }, (_, n) => forms.map((form) => form(n))).flat();
  // `new URL` takes no bare host: the baseline gets the same values as URLs, ready made.
  const urls = addresses.map((address) => (address.includes("://") ? address : `https://${address}`));
  const baseline = (): void => {
    for (const url of urls) {
      const { hostname } = new URL(url);
      parse(hostname, { allowPrivateDomains: true });
    }
  };
  const subject = (): void => {
    for (const address of addresses) parseAddress(address);
  };
  for (let warmUp = 0; warmUp < 5; warmUp++) {
    baseline();
    subject();
  }
  let parsing = Infinity;
  let urlAndTldts = Infinity;
  for (let round = 0; round < rounds; round++) {
    urlAndTldts = Math.min(urlAndTldts, nanoseconds(baseline) / addresses.length);
    parsing = Math.min(parsing, nanoseconds(subject) / addresses.length);
  }
  return {
    ratio: Number((parsing / urlAndTldts).toFixed(2)),
    parseAddress: Math.round(parsing),
    urlAndTldts: Math.round(urlAndTldts),
    addresses: addresses.length,
    rounds,
  };
}

function nanoseconds(run: () => void): number {
  const start = process.hrtime.bigint();
  run();
  return Number(process.hrtime.bigint() - start);
}

if (require.main === module) console.log(JSON.stringify(measure()));
