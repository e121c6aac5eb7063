import type { MedicationClass } from '@afferent/records'

/** Acute medications by substance or common name; a proposal starts from them, the study's author decides. */
const PRODUCTS: Readonly<Partial<Record<MedicationClass, string>>> = {
  triptan:
    'sumatriptan rizatriptan zolmitriptan eletriptan naratriptan almotriptan frovatriptan imigran imitrex maxalt relpax',
  ergot: 'ergotamine ergotamin dihydroergotamine dhe',
  opioid: 'tramadol codeine codein oxycodone morphine tilidin tilidine hydrocodone',
  combination: 'excedrin thomapyrin fioricet co-codamol',
  paracetamol: 'paracetamol acetaminophen tylenol doliprane panadol',
  asa: 'aspirin asa ass acetylsalicylic',
  nsaid: 'ibuprofen naproxen diclofenac ketoprofen indomethacin ketorolac advil nurofen aleve',
  gepant: 'ubrogepant rimegepant nurtec ubrelvy',
  ditan: 'lasmiditan reyvow',
  device: 'gammacore cefaly nerivio',
  oxygen: 'oxygen sauerstoff',
}

const CLASSES = new Map(
  Object.entries(PRODUCTS).flatMap(([name, words]) => words.split(' ').map((word) => [word, name as MedicationClass])),
)

/** Class of a product by any word of its name; null when none is known. */
export function knownProduct(name: string): MedicationClass | null {
  for (const word of name.toLowerCase().split(/[^\p{L}-]+/u)) {
    const found = CLASSES.get(word)
    if (found !== undefined) return found
  }
  return null
}
