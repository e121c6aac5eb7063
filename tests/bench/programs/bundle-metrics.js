import { makeBundle } from '../../../services/cli/src/bundle/make-bundle.ts'
import { trialOf400 } from '../trials/data.ts'

/** Makes the bundle that product-metrics.js runs, of the sources as they are, tried out on a small trial. */
const { study, diary, subjects } = await trialOf400()
await makeBundle(new URL('../dist/', import.meta.url), {
  name: 'metrics',
  source: 'tests/bench/programs/metrics.ts',
  tryOut: ({ metricsOf }) => metricsOf(study, [diary, subjects]),
})
