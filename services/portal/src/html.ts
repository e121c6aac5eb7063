/** A piece of HTML; everything put into a template that is not one is escaped. */
export interface Html {
  readonly html: string
}

type Part = Html | string | number | null | readonly Part[]

export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  let out = texts[0] as string
  parts.forEach((part, i) => {
    out += render(part) + (texts[i + 1] as string)
  })
  return { html: out }
}

function render(part: Part): string {
  if (part === null) return ''
  if (typeof part === 'string' || typeof part === 'number') return escapeText(String(part))
  if ('html' in part) return part.html
  return part.map(render).join('')
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escapeText = (text: string): string => text.replace(/[&<>"']/g, (char) => ESCAPES[char] as string)

/** A whole page. `trail` leads back up: address and text of each step above. */
export function page(title: string, trail: readonly (readonly [string, string])[], body: Html): string {
  const steps = trail.map(([address, text]) => html`<a href="${address}">${text}</a> / `)
  return `<!doctype html>\n${
    html`<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} - Afferent</title><link rel="stylesheet" href="/style.css"></head>
<body><header><nav aria-label="Where you are">${steps}<span aria-current="page">${title}</span></nav></header>
<main><h1>${title}</h1>
${body}
</main></body></html>
`.html
  }`
}
