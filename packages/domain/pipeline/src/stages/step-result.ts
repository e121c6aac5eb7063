/** How a step ended. `obsolete`: what it was to make is no longer asked for; the next look says what is. */
export type StepResult = { readonly kind: 'done' | 'already' | 'obsolete' }

export const DONE: StepResult = { kind: 'done' }
export const ALREADY: StepResult = { kind: 'already' }
export const OBSOLETE: StepResult = { kind: 'obsolete' }
