export { ARMS, type Arm, SCENARIOS, type ScenarioName, type SimulationOptions } from './options.ts'
export {
  type ArmTruth,
  type SimulatedFile,
  type Simulation,
  type SubjectTruth,
  simulate,
  type Truth,
} from './simulate.ts'
