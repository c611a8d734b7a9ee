const fallback = "http://localhost:3000";

/** The site's own address: canonical links begin with it. */
export const siteUrl = new URL(process.env.NEXT_PUBLIC_SITE_URL ?? fallback);

/** The same shop in German. */
export const germanSiteUrl = new URL(process.env.NEXT_PUBLIC_GERMAN_SITE_URL ?? fallback);

/** The checkout. Its variable holds a host; only a development server is reached without TLS. */
export const checkoutUrl = new URL(`${siteUrl.protocol}//${process.env.NEXT_PUBLIC_APP_DOMAIN ?? siteUrl.host}`);

export const shopName = process.env.NEXT_PUBLIC_SHOP_NAME ?? "Bookshop";
