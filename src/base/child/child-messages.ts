/** What parent and child say to each other over IPC: questions, and answers matched by id. */
export interface Question<Command> {
  readonly id: number;
  readonly command: Command;
}

export type Answer =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: { readonly message: string; readonly code: string | null } };
