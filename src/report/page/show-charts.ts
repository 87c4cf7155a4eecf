import type { PageCanvas, PageElement, PageWindow, PlotView } from './dom.ts';

interface Plot {
  readonly vega: Record<string, unknown>;
  readonly vegaLite: { readonly width?: unknown };
}

/**
 * Draws each plot when it comes near the visible part of the page, and serves the download buttons.
 * Runs in the page: it may use nothing but its parameter.
 */
export function showCharts(page: PageWindow): void {
  const { document, vega } = page;
  const read = (id: string): unknown => JSON.parse(document.getElementById(id)?.textContent ?? '{}');
  const plots = read('plots') as Record<string, Plot>;
  const lightColors = read('light-colors') as Record<string, string>;
  const drawn = new Set<PageElement>();
  const views: PlotView[] = [];

  const note = document.createElement('div');
  note.className = 'tooltip';
  note.hidden = true;
  // The same words stand in the table under each chart.
  note.setAttribute('aria-hidden', 'true');
  document.body.append(note);

  const viewOf = (spec: unknown, options: object): PlotView =>
    new vega.View(vega.parse(spec, undefined, { ast: true }), { expr: page.vegaExpressionInterpreter, ...options });

  const draw = (element: PageElement): void => {
    const plot = plots[element.dataset['plot'] ?? ''];
    if (!plot || drawn.has(element)) return;
    drawn.add(element);
    const view = viewOf(plot.vega, { renderer: 'svg', container: element, hover: true });
    views.push(view);
    void view
      .tooltip((_handler, event, _item, value) => {
        note.hidden = typeof value !== 'string' || value === '';
        if (typeof value !== 'string') return;
        note.textContent = value;
        const left = Math.min(event.clientX + 12, page.innerWidth - note.offsetWidth - 8);
        const above = event.clientY - note.offsetHeight - 12;
        note.style.left = `${Math.max(8, left)}px`;
        note.style.top = `${above < 8 ? event.clientY + 16 : above}px`;
      })
      .runAsync()
      // What a plot has room for decides how many rows its legend has, and these how high it is.
      .then(() => view.resize().runAsync())
      .then(() => element.setAttribute('data-drawn', ''));
  };

  const save = (name: string, blob: object): void => {
    const link = document.createElement('a');
    link.href = page.URL.createObjectURL(blob);
    link.download = name;
    link.click();
    page.setTimeout(() => page.URL.revokeObjectURL(link.href), 1000);
  };

  /** In the colors of light paper: the page's style properties mean nothing outside of it. */
  const svgOf = async ({ vega: spec, vegaLite }: Plot): Promise<string> => {
    const literal = JSON.stringify({ ...spec, background: lightColors['--paper'] }).replace(
      /var\((--[a-z0-9-]+)\)/g,
      (reference, property: string) => lightColors[property] ?? reference,
    );
    const view = viewOf(JSON.parse(literal), { renderer: 'none' });
    await view.runAsync();
    // A plot that asks for its container's width has none here, and takes another only when it has run once.
    return vegaLite.width === 'container' ? (await view.width(640).runAsync()).toSVG() : view.toSVG();
  };

  const saveAs: Record<string, (name: string, plot: Plot) => Promise<void>> = {
    svg: async (name, plot) => {
      save(`${name}.svg`, new page.Blob([await svgOf(plot)], { type: 'image/svg+xml' }));
    },
    png: async (name, plot) => {
      const image = new page.Image();
      image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(await svgOf(plot))}`;
      await image.decode();
      const canvas = document.createElement('canvas') as PageCanvas;
      // Two pixels for one, so that it is sharp on dense screens.
      canvas.width = 2 * image.naturalWidth;
      canvas.height = 2 * image.naturalHeight;
      canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob((blob) => save(`${name}.png`, blob), 'image/png');
    },
    json: (name, { vegaLite }) => {
      save(`${name}.vl.json`, new page.Blob([JSON.stringify(vegaLite, null, 2)], { type: 'application/json' }));
      return Promise.resolve();
    },
  };

  for (const button of document.querySelectorAll('button[data-save]')) {
    button.disabled = false;
    button.addEventListener('click', () => {
      const name = button.dataset['of'] ?? '';
      const plot = plots[name];
      if (plot) void saveAs[button.dataset['save'] ?? '']?.(name, plot);
    });
  }

  const elements = [...document.querySelectorAll('[data-plot]')];
  const observer = new page.IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        observer.unobserve(target);
        draw(target);
      }
    },
    { rootMargin: '600px' },
  );
  for (const element of elements) observer.observe(element);
  // After the plots have taken their new widths.
  page.addEventListener('resize', () =>
    page.setTimeout(() => views.forEach((view) => void view.resize().runAsync()), 0),
  );
  page.addEventListener('beforeprint', () => elements.forEach(draw));
}
