type ArrayOn = Pick<ArrayBufferView, 'buffer' | 'byteOffset' | 'byteLength'>

/**
 * `make`, which is called once for arrays of one kind that are the same memory: columns without values share one array of zeros, columns
 * that are there together share their mask.
 */
export function sharing<A extends ArrayOn, R>(make: (array: A) => R): (array: A) => R {
  const made = new Map<ArrayBufferLike, Map<string, R>>()
  return (array) => {
    const { buffer, byteOffset, byteLength } = array
    const onBuffer = made.get(buffer) ?? new Map<string, R>()
    made.set(buffer, onBuffer)
    const key = `${array.constructor.name} ${byteOffset} ${byteLength}`
    const known = onBuffer.get(key)
    if (known !== undefined) return known
    const result = make(array)
    onBuffer.set(key, result)
    return result
  }
}
