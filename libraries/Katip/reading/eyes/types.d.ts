// What the parts that are evaluated in the page hand to each other, and what a look sends to Python.

/** An element, a text or a document of whatever kind: which properties it has depends on its tag. */
export type AnyElement = any;

/** A rectangle in the document's window, in CSS pixels. */
export interface Edges {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** A scroll container or a clipping shape around an element, and the one around that. */
export interface Clip {
  box: Edges;
  up: Clip | null;
  /** How what it hides sideways can be brought into sight: by hand, by the page's script, or not at all. */
  x: '' | 'hand' | 'script';
  /** The same from top to bottom. */
  y: '' | 'hand' | 'script';
  /** Where its scrolled content begins. */
  startX: number;
  startY: number;
}

/** What is behind the words of an element. */
export interface Ground {
  /** Red, green and blue; null where the styles do not say. */
  colour: number[] | null;
  /** True if a filter or a blend changes it. */
  distorted: boolean;
}

/** What an element inherits from those around it. */
export interface WalkState {
  /** The index of the nearest recorded element around it; -1 for none. */
  parent: number;
  opacity: number;
  cursor: string;
  pointerEvents: string;
  clip: Clip | null;
  /** The clip of what is placed absolutely: that of the nearest positioned element. */
  outerClip: Clip | null;
  /** True inside an element with a message role. */
  tells: boolean;
  /** What is behind it; null where no colours are looked at. */
  ground: Ground | null;
  /** The colour behind a text: red, green, blue, opacity; null where it is not one colour. */
  behind: number[] | null;
  /** True if texts are struck through. */
  struck: boolean;
  /** True if letters may be drawn in another order than they are written. */
  turned: boolean;
  /** True if a background is painted into the letters. */
  paints: boolean;
  /** True inside a clipping shape that is not known. */
  shaped: boolean;
  /** How it is turned in the third dimension, or null. */
  facing: DOMMatrix | null;
}

/** What is needed of one element more than once. */
export interface Facts {
  element: any;
  /** The element, or for a form what its fields hide by their names. */
  face: any;
  /** The tag's name in capitals. */
  tag: string;
  style: CSSStyleDeclaration;
  /** Of its style; each reading of a style costs time. */
  display: string;
  position: string;
  transform: string;
  box: DOMRect;
  opacity: number;
  /** Its place in the order of the walk. */
  order: number;
  checkable: boolean;
  /** True if it has no box of its own (`display: contents`). */
  contents: boolean;
  isInline: boolean;
  visible: boolean;
  hasBox: boolean;
  clip: Clip | null;
  /** True if the pointer becomes a hand on it, and was none around it. */
  pointer: boolean;
  /** True if it has any attribute. */
  named: boolean;
  disabled: string;
  /** True if it takes pointer events again inside an element that takes none. */
  reachable: boolean;
  control: boolean;
  /** True for a picture. */
  replaced: boolean;
  scrolls: boolean;
  /** True for a sample of a legend's colour. */
  sample: boolean;
  /** True if something about it is worth a record even if it has no text of its own. */
  telling: boolean;
  /** True if it reacts to a click, as far as tag, role and pointer say. */
  acts: boolean;
  /** True if texts before, inside and after it are on lines of their own. */
  boundary: boolean;
  /** What the elements and texts inside it inherit. */
  inner: WalkState;
}

/** Something of which it is asked whether anything covers it. */
export interface Candidate {
  record: NodeRecord;
  element: any;
  box: DOMRect;
  order: number;
  last: number;
}

/** An element that can overlap others. */
export interface Layer {
  box: DOMRect;
  order: number;
  last: number;
}

/** A frame's element, and where its content begins in the page. */
export interface Holder {
  holder: any;
  x: number;
  y: number;
}

/** One element or one run of text, as it is sent. Flags are 1 or absent. */
export interface NodeRecord {
  /** The index of the record around it; -1 for none. */
  p: number;
  /** Left, top, width, height. */
  b: number[];
  /** The tag's name; absent for a run of text. */
  t?: string;
  /** The characters of a run of text. */
  x?: string;
  /** The number of the line that a text or a field is on. */
  l?: number;
  /** 1: scrolling brings it into sight; 2: nothing does; 3: only the page's script does. */
  o?: number;
  /** Covered by something else. */
  c?: 1;
  /** An icon drawn by a font. */
  ic?: 1;
  /** The number of the look that saw a message's text first. */
  fs?: number;
  /** How a page number or a letter is painted. */
  st?: string;
  /** The pointer becomes a hand on it. */
  cu?: 1;
  /** How a dot of a row of dots is painted. */
  dt?: string;
  /** By which sign it is disabled. */
  d?: string;
  /** It takes pointer events again. */
  pe?: 1;
  /** The colour behind it, where colours are looked at. */
  bg?: string;
  /** A sample of a legend's colour. */
  sm?: 1;
  /** A control that is drawn by something else. */
  gh?: 1;
  /** A block. */
  bl?: 1;
  /** scrollLeft, scrollTop, scrollWidth, scrollHeight, clientWidth, clientHeight. */
  s?: number[];
  /** Only the page's script scrolls it sideways. */
  sh?: 1;
  /** Only the page's script scrolls it down. */
  sv?: 1;
  /** The ARIA role. */
  r?: string;
  /** `aria-label`. */
  a?: string;
  /** The text of what `aria-labelledby` names. */
  by?: string;
  /** `title`. */
  ti?: string;
  /** A picture's name. */
  alt?: string;
  /** Text that is not seen: CSS content, or for screen readers. */
  hx?: string;
  /** Selected, checked or pressed. */
  se?: 1;
  /** 1: expanded; 0: collapsed; by ARIA, else by the mark that its style draws. */
  ex?: 0 | 1;
  /** `aria-level`. */
  lv?: number;
  /** `aria-current`. */
  cur?: 1;
  /** It opens a menu or a list. */
  hp?: 1;
  /** Something is being loaded. */
  wt?: 1;
  /** `aria-rowindex`. */
  ri?: number;
  /** Modal. */
  mo?: 1;
  /** A link's address. */
  hr?: string;
  /** It listens to clicks. */
  on?: 1;
  /** It can be focused. */
  tb?: 1;
  /** Its text can be edited. */
  ed?: 1;
  /** The type of a field or button. */
  ty?: string;
  /** The text of its `<label>`. */
  lb?: string;
  /** `placeholder`. */
  ph?: string;
  /** `min` and `max`. */
  mi?: string;
  ma?: string;
  /** Read-only. */
  ro?: 1;
  /** A check box or radio button. */
  ck?: 1;
  /** The options of a list. */
  op?: string[];
  /** The value of a field. */
  v?: string;
  /** 1: a password is typed; 0: none. */
  pw?: 0 | 1;
}
