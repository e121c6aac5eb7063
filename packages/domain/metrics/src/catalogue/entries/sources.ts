/** Sources that entries rest on, by their number in endpoints.md section 12; those without a number were not re-read [L]. */
export const SOURCE = {
  c1: 'NCT02621931, registry results',
  c2: 'van der Arend et al., Cephalalgia 2023, and Leiden thesis',
  c6: 'ICHD-3 definition of terms, Cephalalgia 2018;38:1',
  c7: 'ICHD-3 8.2',
  c8: 'ICHD-3 8.2.5',
  c20: 'Dworkin et al., J Pain 2008;9:105',
  c21: 'Farrar et al., Pain 2001;94:149',
  ihs: 'IHS guidelines: Tassorelli 2018, Diener 2020',
  definitions: (section: number): string => `endpoints.md section ${section}`,
} as const

/** `endpoints.md section 3; NCT02621931, registry results [C1]` */
export const sourced = (section: number, ...more: readonly string[]): string =>
  [SOURCE.definitions(section), ...more].join('; ')
