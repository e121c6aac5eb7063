declare module '*/Arrow.esnext.min.js' {
  const bundle: typeof import('apache-arrow')
  export default bundle
}
