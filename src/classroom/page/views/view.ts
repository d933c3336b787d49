/** What a view is to the page: an element, and what happens when it is looked at or the language has changed. */
export interface View {
  readonly root: HTMLElement;
  readonly shown?: () => void;
  readonly renewed?: () => void;
}
