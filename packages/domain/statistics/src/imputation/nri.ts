export interface ImputedResponse {
  /** 1 responder, 0 not. */
  readonly responder: Uint8Array
  /** 1 where the answer was missing: DTYPE is NRI there. */
  readonly imputed: Uint8Array
  readonly dtype: 'NRI'
}

/** How a responder flag is coded. */
export const RESPONSE = { no: 0, yes: 1, missing: 2 } as const

/**
 * Non-responder imputation. Legacy: for sensitivity only.
 *
 * Definition  a missing response counts as none; the denominator is all subjects of the set.
 * Input       responses coded as RESPONSE.
 * Source      endpoints 10, NRI.
 */
export function nri(responses: Uint8Array): ImputedResponse {
  return {
    responder: responses.map((response) => (response === RESPONSE.yes ? 1 : 0)),
    imputed: responses.map((response) => (response === RESPONSE.missing ? 1 : 0)),
    dtype: 'NRI',
  }
}
