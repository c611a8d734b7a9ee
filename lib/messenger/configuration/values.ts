import { textWhere } from "../../base/shape";

/** A colour as `#rrggbb` or `#rgb`. */
export const colour = textWhere('a hex colour, such as "#0b5fff"', (text) => /^#([0-9a-f]{3}){1,2}$/i.test(text));

/** An absolute `https` URL: a page over https shows nothing that comes over http. */
export const httpsUrl = textWhere(
  'an https URL, such as "https://www.example.com/logo.svg"',
  (text) => URL.canParse(text) && new URL(text).protocol === "https:",
);
