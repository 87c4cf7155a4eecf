/**
 * The few parts of a browser that the page's scripts use. The project's type library has no browser in it, because
 * everything else runs without one.
 */
export interface PageElement {
  textContent: string | null;
  className: string;
  hidden: boolean;
  disabled: boolean;
  href: string;
  download: string;
  value: string;
  readonly dataset: Record<string, string | undefined>;
  readonly style: { left: string; top: string };
  readonly children: Iterable<PageElement> & { readonly length: number };
  readonly offsetWidth: number;
  readonly offsetHeight: number;
  append(...children: readonly PageElement[]): void;
  click(): void;
  closest(selector: string): PageElement | null;
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
  querySelector(selector: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement>;
  addEventListener(type: string, listener: (event: PageEvent) => void): void;
  focus(): void;
  getBoundingClientRect(): { readonly left: number; readonly top: number; readonly bottom: number };
}

/** An event, with the key for one of the keyboard. */
export interface PageEvent {
  readonly key?: string;
  preventDefault(): void;
}

export interface PagePointer {
  readonly clientX: number;
  readonly clientY: number;
}

/** A picture that is drawn onto a canvas. */
export interface PageImage {
  src: string;
  readonly naturalWidth: number;
  readonly naturalHeight: number;
  decode(): Promise<void>;
}

export interface PageCanvas extends PageElement {
  width: number;
  height: number;
  getContext(kind: '2d'): { drawImage(image: PageImage, x: number, y: number, width: number, height: number): void };
  toBlob(receive: (blob: object) => void, type: string): void;
}

/** A view of the Vega runtime, as far as the page uses it. */
export interface PlotView {
  width(pixels: number): PlotView;
  /** Lays the plot out anew at the next run. */
  resize(): PlotView;
  tooltip(handler: (handler: unknown, event: PagePointer, item: unknown, value: unknown) => void): PlotView;
  runAsync(): Promise<PlotView>;
  toSVG(): Promise<string>;
}

/** The page's global object. */
export interface PageWindow {
  readonly document: PageElement & {
    readonly body: PageElement;
    createElement(tag: string): PageElement;
    getElementById(id: string): PageElement | null;
  };
  readonly innerWidth: number;
  readonly vega: {
    readonly View: new (runtime: unknown, options: object) => PlotView;
    parse(spec: unknown, config: object | undefined, options: { readonly ast: true }): unknown;
  };
  readonly vegaExpressionInterpreter: unknown;
  readonly IntersectionObserver: new (
    callback: (entries: readonly { readonly isIntersecting: boolean; readonly target: PageElement }[]) => void,
    options: { readonly rootMargin: string },
  ) => { observe(element: PageElement): void; unobserve(element: PageElement): void };
  readonly Image: new () => PageImage;
  readonly Blob: new (parts: readonly unknown[], options: { readonly type: string }) => object;
  readonly URL: { createObjectURL(blob: object): string; revokeObjectURL(url: string): void };
  addEventListener(type: string, listener: () => void): void;
  setTimeout(callback: () => void, milliseconds: number): unknown;
}
