import type { ReactElement } from "react";
import { ChatButton } from "./messenger/chat-button";
import { checkoutUrl, germanSiteUrl, shopName } from "./site";

const books = [
  { title: "The Allowed Domain", author: "A. Host", price: "€ 18.00", about: "One entry, and all who live below it." },
  {
    title: "A Plan Without Changes",
    author: "T. Former",
    price: "€ 21.50",
    about: "What it looks like when all agrees.",
  },
  { title: "Drift", author: "D. Hand", price: "€ 15.00", about: "Someone edited it by hand. Who puts it back?" },
];

export default function Storefront(): ReactElement {
  return (
    <main>
      <header>
        <h1>{shopName}</h1>
        <nav>
          <a href={checkoutUrl.href}>Checkout</a>
          <a href={germanSiteUrl.href} hrefLang="de" lang="de">
            Deutsch
          </a>
        </nav>
      </header>
      <ul className="books">
        {books.map(({ title, author, price, about }) => (
          <li key={title}>
            <h2>{title}</h2>
            <p className="author">{author}</p>
            <p>{about}</p>
            <p className="price">{price}</p>
          </li>
        ))}
      </ul>
      <aside>
        <p>Not sure which one?</p>
        <ChatButton />
      </aside>
    </main>
  );
}
