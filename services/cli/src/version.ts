/** Version of Afferent as a whole; package.json at the root says the same, and a test compares them. */
export const VERSION = '0.1.0'
