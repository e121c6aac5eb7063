/**
 * What a file that is no text looks like, by its first bytes; null: nothing speaks against text.
 * The name of a file is never asked: a workbook renamed to .csv is still a workbook.
 */
export function binaryKind(head: Uint8Array): string | null {
  for (const { kind, bytes } of MAGIC) {
    if (bytes.length <= head.length && bytes.every((byte, i) => byte < 0 || head[i] === byte)) return kind
  }
  return null
}

const ascii = (text: string): number[] => [...text].map((c) => c.charCodeAt(0))

/** -1: any byte. */
const MAGIC: readonly { readonly kind: string; readonly bytes: readonly number[] }[] = [
  { kind: 'a ZIP archive or an Excel workbook', bytes: [0x50, 0x4b, 0x03, 0x04] },
  { kind: 'an empty ZIP archive', bytes: [0x50, 0x4b, 0x05, 0x06] },
  { kind: 'an Excel 97 or password-protected workbook', bytes: [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1] },
  { kind: 'a PNG picture', bytes: [0x89, 0x50, 0x4e, 0x47] },
  { kind: 'a JPEG picture', bytes: [0xff, 0xd8, 0xff] },
  { kind: 'a GIF picture', bytes: [...ascii('GIF8'), -1, 0x61] },
  { kind: 'a PDF document', bytes: ascii('%PDF-') },
  { kind: 'a gzip archive', bytes: [0x1f, 0x8b] },
  { kind: 'a 7z archive', bytes: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c] },
  { kind: 'a RAR archive', bytes: [...ascii('Rar!'), 0x1a, 0x07] },
  { kind: 'a bzip2 archive', bytes: [...ascii('BZh'), -1, 0x31, 0x41, 0x59] },
  { kind: 'an xz archive', bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a] },
  { kind: 'a zstd archive', bytes: [0x28, 0xb5, 0x2f, 0xfd] },
  { kind: 'a Parquet file', bytes: [...ascii('PAR1'), 0x15] },
  { kind: 'an Arrow file', bytes: [...ascii('ARROW1'), 0, 0] },
  { kind: 'an SQLite database', bytes: ascii('SQLite format 3') },
  { kind: 'a SAS transport file', bytes: ascii('HEADER RECORD*******') },
  { kind: 'a SAS data set', bytes: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xc2, 0xea, 0x81, 0x60] },
  { kind: 'an SPSS file', bytes: ascii('$FL2@(#)') },
  { kind: 'a saved web page', bytes: ascii('<!DOCTYPE') },
  { kind: 'a saved web page', bytes: ascii('<!doctype') },
  { kind: 'a saved web page', bytes: ascii('<html') },
  { kind: 'a saved web page', bytes: ascii('<HTML') },
  { kind: 'an XML document', bytes: ascii('<?xml') },
  { kind: 'a program', bytes: [0x7f, 0x45, 0x4c, 0x46] },
  { kind: 'RTF text', bytes: ascii('{\\rtf') },
]
