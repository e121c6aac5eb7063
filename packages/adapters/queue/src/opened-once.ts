/** Opens something when first asked for and keeps it; an opening that failed is tried again by the next who asks. */
export class OpenedOnce<T extends { close(): Promise<unknown> }> {
  private readonly open: () => Promise<T>
  private opening: Promise<T> | null = null

  constructor(open: () => Promise<T>) {
    this.open = open
  }

  get(): Promise<T> {
    if (this.opening !== null) return this.opening
    const opening = this.open()
    this.opening = opening
    opening.catch(() => {
      this.opening = null
    })
    return opening
  }

  async close(): Promise<void> {
    const it = await this.opening?.catch(() => null)
    await it?.close()
  }
}
