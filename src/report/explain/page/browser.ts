/**
 * The parts of a browser that the page of errors uses; see `../../page/dom.ts` for why they are written out.
 */
export interface Element {
  textContent: string | null;
  className: string;
  hidden: boolean;
  disabled: boolean;
  checked: boolean;
  value: string;
  id: string;
  href: string;
  download: string;
  src: string;
  scrollTop: number;
  tabIndex: number;
  readonly tagName: string;
  readonly clientHeight: number;
  readonly clientWidth: number;
  readonly offsetTop: number;
  readonly isContentEditable: boolean;
  readonly style: { setProperty(name: string, value: string): void };
  readonly dataset: Record<string, string | undefined>;
  append(...children: readonly (Element | string)[]): void;
  replaceChildren(...children: readonly (Element | string)[]): void;
  replaceWith(other: Element): void;
  remove(): void;
  click(): void;
  focus(options?: { readonly preventScroll: boolean }): void;
  select(): void;
  scrollIntoView(options?: { readonly block: string }): void;
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
  closest(selector: string): Element | null;
  querySelector(selector: string): Element | null;
  querySelectorAll(selector: string): Iterable<Element>;
  getBoundingClientRect(): { readonly left: number; readonly top: number; readonly width: number };
  addEventListener(type: string, listener: (event: UserEvent) => void): void;
  getContext(kind: '2d'): DrawingContext;
}

export interface AudioElement extends Element {
  currentTime: number;
  readonly duration: number;
  readonly paused: boolean;
  play(): Promise<void>;
  pause(): void;
}

export interface CanvasElement extends Element {
  width: number;
  height: number;
}

export interface DrawingContext {
  createImageData(width: number, height: number): { readonly data: Uint8ClampedArray };
  putImageData(image: object, x: number, y: number): void;
}

export interface UserEvent {
  readonly key: string;
  readonly clientX: number;
  readonly target: Element;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  preventDefault(): void;
}

/** Samples of decoded audio. */
export interface DecodedClip {
  readonly duration: number;
  readonly sampleRate: number;
  getChannelData(channel: number): Float32Array;
}

/** The page's global object. */
export interface Browser {
  readonly document: {
    readonly body: Element;
    readonly activeElement: Element | null;
    createElement(tag: string): Element;
    getElementById(id: string): Element | null;
  };
  readonly location: { hash: string };
  readonly history: { replaceState(state: null, title: string, address: string): void };
  readonly innerWidth: number;
  readonly devicePixelRatio: number;
  readonly Blob: new (parts: readonly (string | Uint8Array)[], options: { readonly type: string }) => BinaryLargeObject;
  readonly URL: { createObjectURL(blob: object): string; revokeObjectURL(url: string): void };
  readonly Response: new (body: unknown) => { json(): Promise<unknown> };
  readonly DecompressionStream: new (format: 'gzip') => object;
  readonly OfflineAudioContext: new (
    channels: number,
    length: number,
    sampleRate: number,
  ) => { decodeAudioData(bytes: ArrayBufferLike): Promise<DecodedClip> };
  readonly ResizeObserver: new (callback: () => void) => { observe(element: Element): void };
  matchMedia(query: string): { readonly matches: boolean };
  requestAnimationFrame(callback: () => void): number;
  atob(base64: string): string;
  setTimeout(callback: () => void, milliseconds: number): number;
  clearTimeout(timer: number): void;
  addEventListener(type: string, listener: (event: UserEvent) => void): void;
}

interface BinaryLargeObject {
  stream(): { pipeThrough(stream: object): unknown };
}
