import { readChartRuntime } from './chart-runtime.ts';
import { contentSecurityPolicy, hashText } from './content-security.ts';
import { type Markup, html, jsonElement, rawElement } from './markup.ts';
import { pageScript } from './page/page-script.ts';
import { lightColors, styleSheet } from './style-sheet.ts';

/** A part of a page that its navigation leads to; without content it is left out. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly content: Markup | null;
}

interface Page {
  readonly title: string;
  /** What stands over the navigation. */
  readonly opening: Markup;
  /** The first one is where the link for keyboards leads. */
  readonly sections: readonly Section[];
  readonly earshotVersion: string;
  /** What the page's scripts read, by the id of its element. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** A page that needs no network and no other file, and admits no script but its own. */
export async function renderPage({ title, opening, sections: all, earshotVersion, data }: Page): Promise<string> {
  const sections = all.filter(({ content }) => content !== null);
  const [bundle, style] = await Promise.all([readChartRuntime(), hashText(styleSheet())]);
  const scripts = await Promise.all([...bundle, pageScript()].map(hashText));
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy(scripts, [style])}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>${title}</title>
        ${rawElement('style', style.text)}
      </head>
      <body>
        <a class="skip" href="#${sections[0]?.id}">Skip to the results</a>
        <header>
          ${opening}
          <nav aria-label="Sections">
            <ul>
              ${sections.map(({ id, title: name }) => html`<li><a href="#${id}">${name}</a></li>`)}
            </ul>
          </nav>
        </header>
        <main>
          ${sections.map(
            ({ id, title: name, content }) =>
              html`<section id="${id}" aria-labelledby="${id}-title">
                <h2 id="${id}-title">${name}</h2>
                ${content}
              </section>`,
          )}
        </main>
        <footer>Made by Earshot ${earshotVersion}. This page loads nothing from anywhere.</footer>
        ${Object.entries({ ...data, 'light-colors': lightColors() }).map(([id, value]) => jsonElement(id, value))}
        ${scripts.map(({ text }) => rawElement('script', text))}
      </body>
    </html> `;
  return page.toString();
}
