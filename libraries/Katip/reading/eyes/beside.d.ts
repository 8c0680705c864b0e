// What the parts that run beside the page, in Node, hand to each other, and what Python asks of them.

import type { CDPSession, Dialog, Frame, Page, Request } from 'playwright-core';

/** A connection that a page holds open to hear news (long polling). */
export interface Line {
  /** How often in a row it was held open. */
  held: number;
  since: number;
  /** `Infinity` while it is open. */
  ended: number;
  request: Request;
}

/** What a frame shows; without `nodes` only where it is hidden. */
export interface FrameSeen {
  /** The number of the look. */
  n: number;
  hidden?: boolean;
  /** What is too much to be read, in words. */
  exceeded?: string;
  nodes: import('./types').NodeRecord[];
  /** Where it begins in the page's window; null where another origin's page holds it. */
  x: number | null;
  y: number | null;
  title: string;
  ready: string;
}

/** A frame as it is sent: with its number, that of the frame around it, and its address. */
export interface FrameSent extends FrameSeen {
  i: number;
  up: number;
  url: string;
}

/** How a frame moves. */
export interface Moving {
  /** The number of the last movement; 0 where it is not known. */
  calm: number;
  /** The same of the part that is waited for; 0 where that is not in this frame, or is gone. */
  inPart: number;
  movedAt: number;
  /** How often the document has noticed a change; -1 where it does not tell. */
  times: number;
  /** 1 if the last movement is drawn. */
  isDrawn: number;
}

/** A frame that was looked at, and how it moves. */
export interface Move extends Moving {
  frame: Frame;
}

/** All that is seen, as it is sent. */
export interface Seen {
  url: string;
  opener?: string;
  lost?: string;
  title: string;
  status?: number;
  pages: number;
  clocks?: Record<string, number>;
  frames: FrameSent[];
  exceeded?: string;
}

/** One look: what is seen, and how each visible frame moves. */
export interface Looked {
  seen: Seen;
  moves: Move[];
}

/** What is remembered of a browser's context between two calls. */
export interface Memory {
  /** The name of the selector engine that reads its documents. */
  engine: string;
  /** The origins of which alone a document is read; absent for all. */
  only?: string[];
  pages: Page[];
  page: Page | null;
  dialog: Dialog | null;
  wakeDialog: (() => void) | null;
  /** The requests that are under way, and since when. */
  inFlight: Map<Request, number>;
  lines: Map<string, Line>;
  started: number;
  failed: number;
  status: WeakMap<Frame, number>;
  seen: WeakMap<Frame, FrameSeen>;
  sessions: WeakMap<Page, CDPSession>;
  /** Pixels of a picture for a CSS pixel, as the last picture of a page had them. */
  ratios: WeakMap<Page, number>;
  /** The address that a page could not be loaded from. */
  lost: WeakMap<Page, string>;
  frames: Frame[];
  /** How far this machine's clock is ahead of each origin's, in ms. */
  clocks: Record<string, number>;
  /** The signature of the last look, and of the last one that was sent. */
  looked: string | null;
  reported: string | null;
  reportedDialog: Dialog | null;
  calm: { around: string; calm: number[] } | null;
  changedAt: number;
  /** True if colours are looked at. */
  colours?: boolean;
  /** What the last look saw, as far as news of it are waited for. */
  watched?: { page: Page | null; moves: Move[]; outside: string };
  /** The requests at the last look. */
  traffic?: string;
}

/** Something that a look has seen: frame, number of the look, number of the node, and of the control whose words it is. */
export interface Place {
  frame: number;
  look: number;
  node: number;
  owner?: number;
}

/** A node of a frame that is known: number of the look, of the node, and of its control. */
export type Wanted = (number | undefined)[];

export interface LookRequest {
  /** Return once something differs from the last look. */
  changed?: boolean;
  /** Return once nothing has moved for so many ms. */
  still?: number;
  /** The part of the page that has to be still. */
  part?: Place;
  /** ms. */
  patience?: number;
  colours?: boolean;
  /** True if the caller has the last answer, and needs no second copy of it. */
  known?: boolean;
}

export interface ClickRequest extends Place {
  /** ms. */
  timeout: number;
  /** True if nothing beside the control may lie there. */
  strict?: boolean;
  /** The fields in which a secret was typed. */
  typed?: Wanted[];
  /** The origins of which page and frame have to be, and to which a form may be sent. */
  only?: string[];
  /** What else must still read as it was seen, as [look, node]. */
  kept?: number[][];
  byPlace?: boolean;
  count?: number;
  /** False to leave out the comparison with a picture of the window. */
  compared?: boolean;
}

export interface FillRequest extends Place {
  timeout: number;
  only?: string[];
  value: string;
  option?: number;
  check?: boolean;
  press?: string;
}

export interface PictureRequest {
  path: string;
  timeout: number;
  secrets?: string[];
  /** The origins on whose pages every field is covered. */
  wholeOn?: string[];
}

/** Where to press: a point in the window (`hand`), or an offset from the element's corner; `taker`: what else would take the press, in words. */
export interface Aimed {
  dx: number;
  dy: number;
  taker: string;
  hand: { x: number; y: number } | null;
}

/** What the listeners of a press have seen: whether it began on the control, what else got an event, where else a form is sent. */
export interface PressState {
  down: boolean;
  stray: string;
  sent: string;
}

/** What is needed to press a control. */
export interface Hand {
  frame: Frame;
  element: () => Promise<import('playwright-core').ElementHandle<any>>;
  aim: () => Promise<Aimed>;
  arm: () => Promise<Frame[]>;
  disarm: (frames: Frame[]) => Promise<PressState[]>;
}
